import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OfficeEvent } from '../../contract/office.ts'
import { bangkokDay, buddhistYear } from '../../thai/dates.ts'
import { firstBrokenLink } from '../eventChain.ts'
import { directoryOf } from '../organisation.ts'
import { hasExpired } from '../retention.ts'
import type { OfficeBody } from './decideOffice.ts'
import { disposalStage, membersOf } from './disposal.ts'
import { daysAfter } from './periods.ts'
import { type PureOffice, pureOffice, storedLetter } from './testing/pureOffice.ts'

const people = ['head', 'chief', 'clerk', 'admin', 'one', 'two', 'three'] as const
const disposals = [1, 2].map((digit) => `0199a0b0-0000-7000-8000-00000000000${digit}`)

/** Something that somebody tries, rightly or not. `actor` null is whoever may. */
const attempt = fc.record({
  act: fc.constantFrom(
    ...(['assign', 'end', 'appoint', 'dismiss', 'delegate', 'end-delegation'] as const),
    ...(['reserve', 'cancel', 'expire', 'later'] as const),
    ...(['list', 'committee', 'view', 'view', 'view', 'approve', 'answer', 'carry-out'] as const),
    ...Array.from({ length: 8 }, () => 'onward' as const),
  ),
  actor: fc.option(fc.constantFrom(...people), { nil: null, freq: 2 }),
  person: fc.constantFrom(...people),
  other: fc.constantFrom(...people),
  position: fc.constantFrom('general', 'director'),
  from: fc.integer({ min: -2, max: 12 }),
  days: fc.option(fc.integer({ min: -3, max: 20 }), { nil: null }),
  nth: fc.nat(5),
})
type Attempt = typeof attempt extends fc.Arbitrary<infer Value> ? Value : never

/** The step that comes next in a disposal, by who has to take it. */
function onward(office: PureOffice, disposalId: string, letterIds: readonly string[]): [string, OfficeBody] {
  const disposal = office.disposal(disposalId)
  const head = directoryOf(office.organisation()).holder('general', office.now)?.id ?? 'head'
  const year = buddhistYear(bangkokDay(office.now))
  switch (disposal && disposalStage(disposal)) {
    case undefined:
      return ['clerk', { type: 'list-expired', disposalId, unitId: 'fund', year, letterIds: [...letterIds] }]
    case 'listed':
      return [
        head,
        {
          ...{ type: 'appoint-committee', disposalId, positionId: 'general' },
          ...{ chair: 'one', members: ['two', 'three'] },
        },
      ]
    case 'examined': {
      const spoken = disposal?.views.map(({ personId }) => personId) ?? []
      const next = disposal && membersOf(disposal).find((member) => !spoken.includes(member))
      return [next ?? 'one', { type: 'give-view', disposalId, keep: [], note: '' }]
    }
    case 'viewed':
      return [head, { type: 'approve-disposal', disposalId, positionId: 'general', note: '' }]
    case 'approved':
      return ['clerk', { type: 'record-archives-answer', disposalId, wanted: [], note: '' }]
    default:
      return [disposal?.committee?.chair ?? 'one', { type: 'carry-out', disposalId, note: '' }]
  }
}

/** What is tried, and who would be right to. */
function tried(
  office: PureOffice,
  { act, person, other, position, from, days, nth }: Attempt,
): [string, OfficeBody] {
  const today = bangkokDay(office.now)
  const begin = daysAfter(today, from)
  const period = { from: begin, to: days === null ? null : daysAfter(begin, days) }
  const { assignments, duties, delegations } = office.organisation()
  const disposalId = disposals[nth % 2] ?? ''
  const letterIds = [...office.letters.keys()].filter((_, index) => index % (nth + 1) === 0)
  const year = buddhistYear(today)
  const number = { registerId: 'send', buddhistYear: year, serial: nth + 1 }
  switch (act) {
    case 'assign': {
      const assignment = { positionId: position, personId: person, role: 'holder' as const, ...period }
      return ['admin', { type: 'assign', assignment }]
    }
    case 'end': {
      const found = assignments[nth % assignments.length]
      const ended = found ?? { positionId: position, personId: person, role: 'holder' as const, from: begin }
      return ['admin', { ...ended, type: 'end-assignment', to: period.to ?? begin }]
    }
    case 'appoint':
      return [
        'admin',
        { type: 'appoint', duty: { role: 'administrator', personId: person, unitId: 'fund', ...period } },
      ]
    case 'dismiss': {
      const found = duties[nth % duties.length]
      const ended = found ?? { role: 'clerk' as const, personId: person, unitId: 'fund', from: begin }
      return ['admin', { ...ended, type: 'end-duty', to: period.to ?? begin }]
    }
    case 'delegate': {
      const order = { id: `order-${nth}`, orderNumber: '1/2570', orderDate: today, ownPositionId: null }
      const scope = { kinds: null, unitIds: null, ceiling: null }
      const whole = { ...period, to: period.to ?? begin }
      const delegation = {
        ...order,
        kind: 'acting' as const,
        positionId: position,
        personId: person,
        ...whole,
        scope,
      }
      return ['admin', { type: 'delegate', delegation }]
    }
    case 'end-delegation':
      return ['admin', { type: 'end-delegation', delegationId: delegations[0]?.id ?? 'none', to: begin }]
    case 'reserve':
      return ['clerk', { type: 'reserve-number', registerId: 'send', owner: 'ผอ.', reason: 'รอลงนาม' }]
    case 'cancel':
      return ['clerk', { type: 'cancel-reservation', ...number, reason: 'ไม่ใช้' }]
    case 'expire':
      return ['server', { type: 'expire-reservation', ...number }]
    case 'list':
      return ['clerk', { type: 'list-expired', disposalId, unitId: 'fund', year, letterIds }]
    case 'committee': {
      const members = [person, other, ...(nth > 2 ? [] : ['two'])]
      return ['head', { type: 'appoint-committee', disposalId, positionId: 'general', chair: 'one', members }]
    }
    case 'view': {
      const members = ['one', 'two', ...(office.disposal(disposalId)?.committee?.members ?? [])]
      return [
        members[nth % members.length] ?? 'one',
        { type: 'give-view', disposalId, keep: nth === 5 ? letterIds.slice(0, 1) : [], note: 'เห็นควร' },
      ]
    }
    case 'approve':
      return ['head', { type: 'approve-disposal', disposalId, positionId: 'general', note: '' }]
    case 'answer':
      return [
        'clerk',
        { type: 'record-archives-answer', disposalId, wanted: letterIds.slice(0, nth), note: '' },
      ]
    case 'onward': {
      const over = [...office.letters.values()].filter((letter) => hasExpired(letter, year))
      return onward(
        office,
        disposals[0] ?? '',
        over.map(({ id }) => id),
      )
    }
    case 'carry-out':
    case 'later':
      return ['one', { type: 'carry-out', disposalId, note: '' }]
  }
}

/** On every day that is planned for, a position has one holder at most, and somebody administers. */
function expectPosts(office: PureOffice): void {
  const { assignments, positions } = office.organisation()
  const directory = directoryOf(office.organisation())
  for (let ahead = 0; ahead < 40; ahead += 1) {
    const day = daysAfter(bangkokDay(office.now), ahead)
    for (const { id } of positions) {
      const holders = assignments.filter(
        ({ positionId, role, from, to }) =>
          positionId === id && role === 'holder' && from <= day && (to === null || to >= day),
      )
      expect(holders.length).toBeLessThanOrEqual(1)
    }
    const noon = `${day}T05:00:00.000Z`
    expect(people.some((person) => directory.isAdministrator(person, noon))).toBe(true)
  }
}

/** Numbers run from 1 and none is given twice. */
function expectNumbers(log: readonly OfficeEvent[]): void {
  const serials = log.flatMap(({ body }) =>
    body.type === 'number-reserved' ? [`${body.buddhistYear} ${body.serial}`] : [],
  )
  expect(new Set(serials).size).toBe(serials.length)
}

/** A disposal's log has everything that ข้อ 66–69 ask for before a letter is destroyed. */
function expectLawful(office: PureOffice, log: readonly OfficeEvent[]): number {
  const last = log.at(-1)
  if (last?.body.type !== 'disposal-carried-out') return 0
  const { destroyed, handedOver } = last.body
  const of = <Type extends OfficeEvent['body']['type']>(type: Type) =>
    log.flatMap(({ body, actor, serverTime }) =>
      body.type === type
        ? [{ ...(body as Extract<OfficeEvent['body'], { type: Type }>), actor, serverTime }]
        : [],
    )
  const [list] = of('disposal-listed')
  const [committee] = of('committee-appointed')
  const [approval] = of('disposal-approved')
  const [answer] = of('archives-answered')
  const members = committee ? [committee.chair, ...committee.members] : []
  const views = of('view-given')
  expect(new Set(members).size).toBeGreaterThanOrEqual(3)
  expect(views.map(({ actor }) => actor).toSorted()).toEqual(members.toSorted())
  expect(approval?.positionId).toBe('general')
  const waited = daysAfter(bangkokDay(approval?.serverTime ?? ''), 60) < bangkokDay(last.serverTime)
  expect(answer !== undefined || waited).toBe(true)
  const kept = new Set(views.flatMap(({ keep }) => keep))
  for (const id of destroyed) {
    const letter = office.letters.get(id)
    expect(letter && hasExpired(letter, list?.year ?? 0)).toBe(true)
    expect(kept.has(id) || handedOver.includes(id)).toBe(false)
  }
  for (const id of handedOver) expect(answer?.wanted.includes(id) && !kept.has(id)).toBe(true)
  return destroyed.length
}

test('whatever is asked of the office: one holder at a time, no number twice, nothing destroyed unlawfully', () => {
  let destroyed = 0
  const accepted = new Set<string>()
  fc.assert(
    fc.property(fc.array(attempt, { minLength: 20, maxLength: 120 }), (attempts) => {
      const office = pureOffice('2027-01-10T03:00:00.000Z')
      for (const until of [2560, 2569, 2569, 2575, null]) {
        const letter = storedLetter(until)
        office.letters.set(letter.id, letter)
      }
      for (const one of attempts) {
        if (one.act === 'later') {
          const days = one.nth === 5 ? 61 : 1
          office.now = new Date(Date.parse(office.now) + days * 24 * 3600 * 1000).toISOString()
        }
        const [right, body] = tried(office, one)
        if (office.ask(one.act === 'onward' ? right : (one.actor ?? right), body).ok) accepted.add(body.type)
        expectPosts(office)
      }
      for (const [stream, log] of office.logs) {
        expect(firstBrokenLink(log)).toBeUndefined()
        if (stream.startsWith('register:')) expectNumbers(log)
        if (stream.startsWith('disposal:')) destroyed += expectLawful(office, log)
      }
    }),
    { numRuns: 200, interruptAfterTimeLimit: 12_000 },
  )
  // The property says nothing unless much of this came about.
  expect([...accepted]).toEqual(
    expect.arrayContaining([
      'assign',
      'end-assignment',
      'end-duty',
      'delegate',
      'cancel-reservation',
      'carry-out',
    ]),
  )
  expect(destroyed).toBeGreaterThan(0)
})
