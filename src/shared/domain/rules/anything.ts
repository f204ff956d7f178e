import fc from 'fast-check'
import { commandBodySchema } from '../../contract/commands.ts'
import type { CommandBody, ServerCommandBody } from '../../contract/letter.ts'
import { type Letter, openLeg } from '../letter.ts'
import { delegation, office } from './office.ts'
import { type World, world } from './world.ts'

/** Somebody tries something on a letter: which of the ways below, with what choices, some hours later. */
export interface Try {
  readonly who: string
  readonly letter: number
  readonly way: number
  readonly pick: number
  readonly hours: number
}

const places = [null, ...office.positions.map(({ id }) => id)]
const everybody = office.people.flatMap(({ id }) => places.map((place) => (place ? `${id}@${place}` : id)))
/** Those who have a right to something, tried more often, so that letters get far. */
const likely = [
  ...['somying', 'wichai', 'ratana', 'pimjai', 'orauma', 'malee', 'kamonchanok', 'server'],
  ...['teerawat@deputy', 'kamonchanok@deputy', 'wanwipa@deputy', 'wanwipa@director-fund', 'prawit@general'],
  ...['surachai@director-legal', 'orathai@director-legal', 'chaiwat@director-region', 'anan@head-finance'],
]

/** An organisation in which several people act for others. */
export const busyOffice = (secretOnPaper: boolean): World =>
  world(
    {
      delegations: [
        delegation('d1', { scope: { kinds: ['internal'], unitIds: null, ceiling: 1000 } }),
        delegation('d2', {
          kind: 'acting',
          positionId: 'director-legal',
          personId: 'orathai',
          to: '2026-11-24',
        }),
      ],
    },
    { secretOnPaper },
  )

const LETTERS = 4

/** Whoever has the letter, or whose desk it is on. */
const ITS_OWN = 'its own'

export const anyTry: fc.Arbitrary<Try> = fc.noBias(
  fc.record({
    who: fc.oneof(
      { weight: 6, arbitrary: fc.constant(ITS_OWN) },
      { weight: 4, arbitrary: fc.constantFrom(...likely) },
      { weight: 1, arbitrary: fc.constantFrom(...everybody) },
    ),
    letter: fc.nat(LETTERS - 1),
    way: fc.nat(9_999),
    pick: fc.nat(9_999),
    hours: fc.constantFrom(0, 0, 0, 0, 0, 1, 20, 24 * 39),
  }),
)

type Body = CommandBody | ServerCommandBody
type Way = (w: World, letter: Letter | undefined, pick: number) => Body | undefined

const from = <Item>(items: readonly Item[], pick: number): Item | undefined => items[pick % items.length]
const units = ['registry', 'fund', 'legal', 'region', 'executive']
const positions = office.positions.map(({ id }) => id)
const matters = ['general', 'procurement', 'litigation', 'discipline'] as const
const classes = ['none', 'confidential', 'secret'] as const
const drafting = (w: World, pick: number) => {
  const secrecy = from(['none', 'none', 'none', 'confidential', 'secret'] as const, pick) ?? 'none'
  return w.drafting({
    kind: from(['internal', 'external', 'stamped'] as const, pick >> 2) ?? 'internal',
    matter: from(['general', 'general', 'general', 'litigation'] as const, pick >> 4) ?? 'general',
    secrecy,
    registerId: secrecy === 'none' ? 'send-fund' : 'secret-fund',
    circular: pick % 7 === 0,
    amount: pick % 5 === 0 ? 5000 : null,
  })
}
const file = (w: World, letter: Letter | undefined, pick: number) =>
  w.file(letter && pick % 5 !== 0 ? letter.id : undefined)

/** Every command that there is, with choices that are sometimes right and sometimes wrong. */
const ways: readonly Way[] = [
  (w, _, pick) => drafting(w, pick),
  (w, letter, pick) => ({ ...drafting(w, pick), type: 'revise', revision: file(w, letter, pick) }),
  (w, _, pick) => {
    const unitId = from(['registry', 'legal', 'fund'], pick) ?? 'registry'
    const secrecy = unitId === 'fund' && pick % 2 === 0 ? 'confidential' : 'none'
    const registerId = secrecy === 'none' ? `receive-${unitId}` : 'secret-receive-fund'
    return w.registering({ unitId, registerId, secrecy, ...(pick % 4 === 0 && { file: null }) })
  },
  (_, letter, pick) => ({
    ...{ type: 'request-check', order: pick % 2 ? 'serial' : 'parallel', note: '' },
    reviewers: [from(['wichai', 'wanwipa', 'somying'], pick) ?? '', from(['orauma', 'wichai'], pick) ?? ''],
    ...(letter && {}),
  }),
  () => ({ type: 'pass-check', opinion: '' }),
  () => ({ type: 'return-check', reason: 'แก้' }),
  () => ({ type: 'comment', text: 'ตรวจย่อหน้าสอง', page: 1, place: null }),
  (_, __, pick) => ({
    type: 'propose',
    to: from(['deputy', 'deputy', 'director-fund', 'director-legal'], pick) ?? '',
    note: '',
  }),
  (_, __, pick) => ({ type: 'propose', to: from(positions, pick) ?? '', note: '' }),
  () => ({ type: 'take-up' }),
  (_, letter, pick) => {
    const parts = [...(letter?.legs ?? []), ...(letter?.deliveries ?? []), ...(letter?.checks ?? [])]
    return { type: 'recall', target: from(parts, pick)?.id ?? 'none', reason: 'ขอคืน' }
  },
  () => ({ type: 'return', reason: 'แก้' }),
  (_, __, pick) => ({ type: 'forward', to: from(positions, pick) ?? '', note: '' }),
  () => ({ type: 'bind-number' }),
  () => ({ type: 'bind-number' }),
  () => ({ type: 'cancel-number', reason: 'ผิด' }),
  (w, letter, pick) => ({ type: 'sign', revision: file(w, letter, pick) }),
  (w, letter, pick) => ({ type: 'sign', revision: file(w, letter, pick) }),
  (w, letter, pick) => w.scanning({ revision: file(w, letter, pick) }),
  (w, letter, pick) => w.ordering('อนุมัติ', pick % 2 ? null : (from(positions, pick) ?? null), letter?.id),
  (w) => w.opining(),
  (w, letter) => ({ ...w.opining(), signature: { method: 'digital', revision: w.file(letter?.id) } }),
  (w, _, pick) => w.delivering(from(units, pick) ?? '', from(units, pick >> 3) ?? ''),
  (w, _, pick) => {
    const sources = LETTER_IDS.filter((id) => w.find(id)?.deliveries.length)
    const source = from(sources, pick)
    const unitId = from(w.find(source ?? '')?.deliveries ?? [], pick >> 2)?.toUnitId
    if (!source || !unitId) return undefined
    const isSecret = unitId === 'region' && w.find(source)?.secrecy !== 'none'
    return w.receiving(source, unitId, isSecret ? 'secret-receive-region' : `receive-${unitId}`)
  },
  (_, letter) =>
    letter?.origin.kind === 'received'
      ? { type: 'return-delivery', source: letter.origin.source, reason: 'ไม่ใช่ของเรา' }
      : undefined,
  (w, letter, pick) => ({ type: 'attach', fileName: 'ก.pdf', pageCount: 1, revision: file(w, letter, pick) }),
  () => ({ type: 'correct', changes: { paperAt: 'ตู้ 2' }, reason: 'ย้าย' }),
  (_, __, pick) => ({
    ...{ type: 'reclassify', reason: 'ทบทวน' },
    secrecy: from(classes, pick) ?? 'none',
    matter: from(matters, pick >> 2) ?? 'general',
  }),
  (_, __, pick) => ({
    ...{
      type: 'dispatch',
      way: from(['email', 'post', 'hand', 'e-cms'] as const, pick) ?? 'post',
      evidence: '',
    },
    recipients: [
      { agencyId: from(['moph', 'boi', 'tambon', null], pick >> 2) ?? null, name: 'หน่วยงาน', address: '' },
    ],
  }),
  (_, letter, pick) => ({
    type: 'withdraw-dispatch',
    dispatchId: from(letter?.dispatches ?? [], pick)?.id ?? 'none',
    reason: 'ผิด',
  }),
  (w, letter, pick) => ({
    ...{
      type: 'confirm-dispatch',
      dispatchId: from(letter?.dispatches ?? [], pick)?.id ?? 'none',
      recipient: 0,
    },
    ...{ state: 'arrived', number: '', at: w.now, evidence: '' },
  }),
  () => ({ type: 'note', text: 'ส่วนตัว' }),
  () => ({ type: 'close', note: '' }),
  () => ({ type: 'reopen', reason: 'ต่อ' }),
  () => ({ type: 'cancel', reason: 'ซ้ำ' }),
  (_, __, pick) => ({
    type: 'store',
    classId: from(['general', 'routine', 'historical'], pick) ?? '',
    place: '',
  }),
  (w) => ({
    type: 'borrow',
    purpose: 'อ้างอิง',
    until: w.now.slice(0, 10).replace(/^2026|^2027|^2028/, '2029'),
  }),
  (_, letter, pick) => ({
    type: 'decide-loan',
    loanId: from(letter?.loans ?? [], pick)?.id ?? 'none',
    granted: pick % 3 !== 0,
    note: '',
  }),
  (_, letter, pick) => ({ type: 'end-loan', loanId: from(letter?.loans ?? [], pick)?.id ?? 'none' }),
  (w, letter, pick) => ({ type: 'augment', revision: file(w, letter, pick), level: 'B-LTA' }),
  () => ({ type: 'destroy', disposalId: '0199a0b0-0000-7000-a000-000000000001' }),
  () => ({ type: 'hand-to-archives', disposalId: '0199a0b0-0000-7000-a000-000000000001' }),
]

/**
 * How letters can stand when people begin to try: what is signed, on paper or on its way needs several right steps in a
 * row, which chance seldom finds.
 */
const beginnings: readonly ((w: World) => void)[] = [
  (w) => void w.draft('wichai'),
  (w) => void w.proposed(),
  (w) => void w.signed(),
  (w) => void w.signed({ kind: 'external' }),
  (w) => void w.onPaper({ kind: 'external', matter: 'litigation' }),
  (w) => void w.draft('wichai', { secrecy: 'secret', registerId: 'secret-fund' }),
  (w) => void w.registered(),
  (w) => w.must('pimjai', w.registered(), { type: 'propose', to: 'deputy', note: '' }),
  (w) => w.must('somying', w.signed(), w.delivering('legal', 'region')),
  (w) => w.must('teerawat@deputy', w.signed(), { type: 'forward', to: 'general', note: '' }),
  (w) => w.must('ratana', w.signed(), { type: 'store', classId: 'routine', place: '' }),
  (w) => {
    const letter = w.proposed()
    w.must('teerawat@deputy', letter, { type: 'bind-number' })
  },
  (w) => {
    const letter = w.signed()
    w.must('somying', letter, w.delivering('legal'))
    w.received(letter, 'legal', 'orauma')
  },
  (w) => w.must('ratana', w.draft('wichai', { matter: 'litigation' }), { type: 'bind-number' }),
  (w) => {
    const letter = w.signed()
    w.must('ratana', letter, { type: 'store', classId: 'routine', place: '' })
    w.must('orauma', letter, { type: 'borrow', purpose: 'อ้างอิง', until: '2026-12-01' })
  },
]

export const anyBeginning: fc.Arbitrary<number[]> = fc.array(fc.nat(beginnings.length - 1), {
  maxLength: LETTERS - 1,
})

/** Lets letters come to stand so. */
export const begin = (w: World, chosen: readonly number[]): void => {
  for (const each of chosen) beginnings[each]?.(w)
}

/** The letters that people try things on. */
export const LETTER_IDS = Array.from(
  { length: LETTERS },
  (_, index) => `0199a0b0-0000-7000-8000-00000000000${index + 1}`,
)

const ending: ReadonlySet<string> = new Set(['close', 'cancel', 'store', 'destroy', 'hand-to-archives'])

const isServers = (body: Body): boolean =>
  ['augment', 'report-dispatch', 'destroy', 'hand-to-archives'].includes(body.type)

/** Carries out a try. Returns who asked for what and what came of it; undefined where there was nothing to try. */
export function attempt(w: World, { who: named, letter: index, way, pick, hours }: Try) {
  w.now = new Date(Date.parse(w.now) + hours * 3600_000).toISOString()
  const letterId = LETTER_IDS[index] ?? ''
  const asked = from(ways, way)?.(w, w.find(letterId), pick)
  // What ends a letter is tried less, so that there is more to try on.
  if (!asked || (ending.has(asked.type) && pick % 4 !== 0)) return undefined
  const who = named === ITS_OWN ? ownerOf(w, w.find(letterId), asked, pick) : named
  if (isServers(asked) !== (who === 'server')) return undefined
  const body = isServers(asked) ? asked : commandBodySchema.parse(asked)
  return { who, letterId, body, outcome: w.act(who, letterId, body) }
}

function ownerOf({ directory, now }: World, letter: Letter | undefined, body: Body, pick: number): string {
  if (isServers(body)) return 'server'
  if ('unitId' in body && body.type !== 'draft') return directory.clerks(body.unitId, now)[0]?.id ?? 'none'
  if (!letter) return 'wichai'
  const leg = openLeg(letter)
  if (leg && pick % 5 !== 0) return `${directory.holder(leg.to, now)?.id}@${leg.to}`
  const waiting = letter.checks.flatMap(({ state, reviewers }) => (state === 'open' ? reviewers : []))
  const reviewer = waiting.find(({ state }) => state === 'waiting')?.personId
  if (reviewer && pick % 5 !== 0) return reviewer
  const asked = letter.loans.find(({ state }) => state === 'asked')
  if (body.type === 'decide-loan' && asked) return 'wanwipa@director-fund'
  const last = letter.legs.at(-1)?.to
  const desk = [letter.authorId, directory.clerks(letter.unitId, now)[0]?.id ?? 'none']
  return (pick % 3 === 2 && last ? `${directory.holder(last, now)?.id}@${last}` : desk[pick % 2]) ?? 'none'
}
