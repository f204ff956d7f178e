import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Command,
  type CommandBody,
  commandSchema,
  type LetterEvent,
  type ServerCommand,
} from '../contract/letter.ts'
import type { Organisation } from '../contract/organisation.ts'
import { accept, type Outcome } from '../outcome.ts'
import { ordinaryFacts } from './asked.ts'
import { audienceOf, maySee, tokensOf } from './audience.ts'
import { decide, numberNeeded, type RevisionEvidence } from './decide.ts'
import { defaultPolicy } from './defaultPolicy.ts'
import { chainEvents, firstBrokenLink } from './eventChain.ts'
import { foldLetter } from './evolve.ts'
import { currentRevision, openLeg, stageOf } from './letter.ts'
import { directoryOf } from './organisation.ts'

const since = { from: '2024-10-01', to: null }
const unit = (id: string, name: string, code: string) => ({
  ...{ id, name, code, phone: '', parentId: null, mailbox: null },
})
const position = (id: string, title: string, unitId: string, executive: boolean) => ({
  ...{ id, title, unitId, executive, rank: 'bureau' as const, superiorId: null },
})
const person = (id: string, name: string, unitId: string) => ({
  ...{ id, name, unitId, email: `${id}@saraban.example`, clearance: 'none' as const },
})
const organisation: Organisation = {
  version: 1,
  name: 'สำนักงานตัวอย่าง',
  agencyCode: 'สปสช',
  units: [unit('fund', 'สำนักบริหารงบกองทุน', '5.30'), unit('legal', 'สำนักกฎหมาย', '3.15')],
  positions: [
    position('deputy', 'รองเลขาธิการ', 'fund', true),
    position('general', 'เลขาธิการ', 'fund', true),
    position('vacant', 'ผู้อำนวยการสำนักกฎหมาย', 'legal', true),
    position('clerk', 'หัวหน้างานสารบรรณกลาง', 'legal', false),
  ],
  people: [
    person('staff', 'นางสาวสมหญิง ใจดี', 'fund'),
    person('boss', 'นายธีรวัฒน์ ศรีสุขสันต์', 'fund'),
    person('chief', 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์', 'fund'),
    person('aide', 'นางสาวกมลชนก แก้วประเสริฐ', 'fund'),
    person('lawyer', 'นางสาวอรอุมา ทองดี', 'legal'),
  ],
  assignments: [
    { positionId: 'deputy', personId: 'boss', role: 'holder', ...since },
    { positionId: 'deputy', personId: 'aide', role: 'secretary', ...since },
    { positionId: 'general', personId: 'chief', role: 'holder', ...since },
    { positionId: 'clerk', personId: 'lawyer', role: 'holder', ...since },
    { positionId: 'vacant', personId: 'lawyer', role: 'holder', from: '2024-10-01', to: '2025-09-30' },
  ],
  agencyRoman: 'NHSO',
  registryUnitId: 'legal',
  duties: [],
  delegations: [],
  registers: [
    {
      ...{ id: 'send-fund', unitId: 'fund', title: 'ทะเบียนหนังสือส่ง', template: '{agency} {code}/{serial}' },
      ...{ use: 'send', forms: [], period: 'calendar-year', secret: false },
    },
  ],
  agencies: [],
  holidays: [],
  links: [],
  policy: defaultPolicy,
}
const directory = directoryOf(organisation)
const letterId = '0199a0b0-0000-7000-8000-000000000001'
const hash = (digit: string) => digit.repeat(64)
const now = '2026-11-23T03:00:00.000Z'

const draft: CommandBody = {
  ...ordinaryFacts,
  type: 'draft',
  kind: 'internal',
  subject: 'ขออนุมัติจัดประชุมเชิงปฏิบัติการชี้แจงหลักเกณฑ์กองทุน',
  addressee: 'รองเลขาธิการ',
  urgency: 'urgent',
  unitId: 'fund',
  registerId: 'send-fund',
  fileName: 'บันทึก.pdf',
  pageCount: 1,
  revision: { sha256: hash('a'), bytes: 1000, extends: null },
}
const signOn = (extended: string, result: string): CommandBody => ({
  type: 'sign',
  revision: { sha256: hash(result), bytes: 2000, extends: hash(extended) },
})
const augmentOn = (extended: string, result: string): ServerCommand['body'] => ({
  type: 'augment',
  revision: { sha256: hash(result), bytes: 3000, extends: hash(extended) },
  level: 'B-LTA',
})
const evidenceOf = (
  person: string,
  number = '๕.๓๐/๑',
  date = '๒๓ พฤศจิกายน ๒๕๖๙',
): Outcome<RevisionEvidence> =>
  accept({
    signer: { commonName: person, email: `${person}@saraban.example`, serial: '01', fingerprint: hash('f') },
    numberText: number,
    dateText: date,
  })

/** A server in small: a log that takes commands. */
function log() {
  const events: LetterEvent[] = []
  let serial = 0
  let sent = 0
  return {
    events,
    letter: () => foldLetter(events),
    do(
      actor: string,
      positionId: string | null,
      body: CommandBody | ServerCommand['body'],
      evidence?: Outcome<RevisionEvidence>,
    ) {
      sent += 1
      const facts = {
        id: `0199a0b0-0000-7000-9000-${String(sent).padStart(12, '0')}`,
        letterId,
        positionId,
        clientTime: now,
      }
      const command = { ...facts, body } as Command | ServerCommand
      const letter = foldLetter(events)
      const counter = numberNeeded(letter, command, directory, now)
      const decided = decide(letter, command, {
        directory,
        actor,
        now,
        ...(counter ? { numbers: { nextSerial: serial + 1 } } : {}),
        ...(evidence ? { evidence } : {}),
      })
      if (!decided.ok) return decided.refusal.code
      if (counter) serial += 1
      events.push(
        ...chainEvents(letter, decided.value, { command, actor, device: 'เครื่องทดสอบ', serverTime: now }),
      )
      return 'accepted'
    },
  }
}
function proposed() {
  const letters = log()
  letters.do('staff', null, draft)
  letters.do('staff', null, { type: 'propose', to: 'deputy', note: '' })
  return letters
}
function signed() {
  const letters = proposed()
  letters.do('boss', 'deputy', { type: 'bind-number' })
  letters.do('boss', 'deputy', signOn('a', 'b'), evidenceOf('boss'))
  return letters
}

describe('proposing', () => {
  it('brings the letter to the executive and copies the secretary (หน้าห้อง)', () => {
    const letter = proposed().letter()!
    expect(openLeg(letter)?.to).toBe('deputy')
    expect(letter.copies).toEqual(['aide'])
    expect(stageOf(letter)).toBe('proposed')
  })
  it('only the author proposes, and not while the letter is with somebody', () => {
    const letters = log()
    letters.do('staff', null, draft)
    expect(letters.do('lawyer', null, { type: 'propose', to: 'deputy', note: '' })).toBe('letter-elsewhere')
    letters.do('staff', null, { type: 'propose', to: 'deputy', note: '' })
    expect(letters.do('staff', null, { type: 'propose', to: 'general', note: '' })).toBe('letter-elsewhere')
  })
  it('a vacant position cannot be addressed', () => {
    const letters = log()
    letters.do('staff', null, draft)
    expect(letters.do('staff', null, { type: 'propose', to: 'vacant', note: '' })).toBe('position-unknown')
  })
  it('nobody drafts for another unit', () => {
    expect(log().do('lawyer', null, draft)).toBe('unit-not-own')
  })
})

describe('numbers', () => {
  it('are bound once, with the date of Bangkok', () => {
    const letters = proposed()
    expect(letters.do('boss', 'deputy', { type: 'bind-number' })).toBe('accepted')
    expect(letters.letter()!.number).toMatchObject({
      text: 'สปสช 5.30/1',
      buddhistYear: 2569,
      date: '2026-11-23',
    })
    expect(letters.do('boss', 'deputy', { type: 'bind-number' })).toBe('number-bound-already')
  })
  it('come only from the server', () => {
    const letters = proposed()
    const command: Command = {
      id: '0199a0b0-0000-7000-9000-00000000ffff',
      letterId,
      positionId: 'deputy',
      clientTime: now,
      body: { type: 'bind-number' },
    }
    const decided = decide(letters.letter(), command, { directory, actor: 'boss', now })
    expect(decided).toMatchObject({ ok: false, refusal: { code: 'number-needs-server' } })
  })
})

describe('signing', () => {
  it('the holder signs the current revision', () => {
    const letter = signed().letter()!
    expect(stageOf(letter)).toBe('signed')
    expect(currentRevision(letter)?.sha256).toBe(hash('b'))
    expect(letter.signatures).toHaveLength(1)
  })
  it('a secretary prepares and returns, but never signs', () => {
    const letters = proposed()
    expect(letters.do('aide', 'deputy', { type: 'bind-number' })).toBe('secretary-cannot-sign')
    expect(letters.do('aide', 'deputy', signOn('a', 'b'), evidenceOf('aide'))).toBe('secretary-cannot-sign')
  })
  it.each([
    ['without a number', 'number-missing', 'a', undefined, false],
    ['on another revision', 'revision-not-current', 'c', undefined, true],
    ['with another person’s certificate', 'signer-not-actor', 'a', evidenceOf('chief'), true],
    ['with a number of one’s own', 'number-mark-wrong', 'a', evidenceOf('boss', '๕.๓๐/๙'), true],
    [
      'with a date of one’s own',
      'number-mark-wrong',
      'a',
      evidenceOf('boss', '๕.๓๐/๑', '๑ มกราคม ๒๕๖๙'),
      true,
    ],
  ])('%s is refused', (_, code, revision, evidence, numbered) => {
    const letters = proposed()
    if (numbered) letters.do('boss', 'deputy', { type: 'bind-number' })
    expect(letters.do('boss', 'deputy', signOn(revision, 'b'), evidence ?? evidenceOf('boss'))).toBe(code)
    expect(letters.letter()!.signatures).toHaveLength(0)
  })
  it('the second device that signs the same letter learns who signed first', () => {
    expect(signed().do('boss', 'deputy', signOn('a', 'd'), evidenceOf('boss'))).toBe('letter-signed-already')
  })
  it('who holds a position that gives no orders may return and forward, but neither number nor sign', () => {
    const letters = log()
    letters.do('staff', null, draft)
    letters.do('staff', null, { type: 'propose', to: 'clerk', note: 'เพื่อโปรดตรวจ' })
    expect(letters.do('lawyer', 'clerk', { type: 'bind-number' })).toBe('position-not-held')
    expect(letters.do('lawyer', 'clerk', signOn('a', 'b'), evidenceOf('lawyer'))).toBe('position-not-held')
    expect(letters.do('lawyer', 'clerk', { type: 'forward', to: 'deputy', note: 'ตรวจแล้ว' })).toBe('accepted')
  })
  it('another executive signs after forwarding, on top of the first signature', () => {
    const letters = signed()
    expect(letters.do('boss', 'deputy', { type: 'forward', to: 'general', note: 'เพื่อโปรดลงนาม' })).toBe(
      'accepted',
    )
    expect(letters.do('chief', 'general', signOn('b', 'c'), evidenceOf('chief'))).toBe('accepted')
    expect(letters.letter()!.signatures.map((signature) => signature.personId)).toEqual(['boss', 'chief'])
  })
})

describe('evidence for later years', () => {
  it('is added to the current revision when nobody has the letter', () => {
    const letters = signed()
    expect(letters.do('server', null, augmentOn('a', 'c'))).toBe('revision-not-current')
    expect(letters.do('server', null, augmentOn('b', 'c'))).toBe('accepted')
    expect(currentRevision(letters.letter()!)?.sha256).toBe(hash('c'))
    expect(letters.letter()).toMatchObject({ augmented: { level: 'B-LTA' }, signatures: [{}] })
  })
  it('never comes between a signer and the revision that is being signed', () => {
    const letters = signed()
    letters.do('boss', 'deputy', { type: 'forward', to: 'general', note: '' })
    expect(letters.do('server', null, augmentOn('b', 'c'))).toBe('revision-not-current')
    expect(proposed().do('server', null, augmentOn('a', 'c'))).toBe('revision-not-current')
  })
  it('is asked for anew by the next signature, which stands on top of it', () => {
    const letters = signed()
    letters.do('server', null, augmentOn('b', 'c'))
    letters.do('boss', 'deputy', { type: 'forward', to: 'general', note: '' })
    expect(letters.do('chief', 'general', signOn('c', 'd'), evidenceOf('chief'))).toBe('accepted')
    expect(letters.letter()!.augmented).toBeNull()
  })
  it('is nothing that a client may ask for', () => {
    const command = { id: letterId, letterId, positionId: null, clientTime: now, body: augmentOn('b', 'c') }
    expect(commandSchema.safeParse(command).success).toBe(false)
  })
})

describe('returning', () => {
  it('a secretary returns on behalf of the holder, and the log says so', () => {
    const letters = proposed()
    expect(letters.do('aide', 'deputy', { type: 'return', reason: 'ขาดกำหนดการวันที่สอง' })).toBe('accepted')
    expect(letters.events.at(-1)).toMatchObject({ actor: 'aide', onBehalfOf: 'boss' })
    expect(stageOf(letters.letter()!)).toBe('returned')
  })
  it('the author proposes a returned letter again', () => {
    const letters = proposed()
    letters.do('boss', 'deputy', { type: 'return', reason: 'แก้ยอดรวม' })
    expect(letters.do('staff', null, { type: 'propose', to: 'deputy', note: 'แก้แล้ว' })).toBe('accepted')
  })
  it('people elsewhere cannot return it', () => {
    expect(proposed().do('chief', 'general', { type: 'return', reason: 'x' })).toBe('letter-elsewhere')
    expect(proposed().do('chief', 'deputy', { type: 'return', reason: 'x' })).toBe('position-not-held')
  })
})

describe('who sees a letter', () => {
  it('author, positions it has been with, their secretaries; nobody else', () => {
    const letter = proposed().letter()!
    const sees = (person: string) => maySee(letter, tokensOf(person, directory, now))
    expect(['staff', 'boss', 'aide', 'chief', 'lawyer'].map(sees)).toEqual([true, true, true, false, false])
    expect(audienceOf(letter)).toContain('position:deputy')
  })
})

describe('the log', () => {
  it('any change to any entry breaks the chain at that entry', () => {
    const { events } = signed()
    expect(firstBrokenLink(events)).toBeUndefined()
    fc.assert(
      fc.property(fc.nat(events.length - 1), (index) => {
        const changed = structuredClone(events)
        changed[index]!.actor = 'mallory'
        return firstBrokenLink(changed) === index + 1
      }),
    )
    expect(firstBrokenLink(events.toSpliced(1, 1))).toBe(2)
  })
  it('no sequence of commands gives two open legs, two numbers or a lost revision', () => {
    const step = fc.record({
      actor: fc.constantFrom('staff', 'boss', 'chief', 'aide', 'lawyer'),
      position: fc.constantFrom(null, 'deputy', 'general'),
      body: fc.constantFrom<CommandBody>(
        draft,
        { type: 'propose', to: 'deputy', note: '' },
        { type: 'propose', to: 'general', note: '' },
        { type: 'bind-number' },
        signOn('a', 'b'),
        signOn('b', 'c'),
        signOn('c', 'd'),
        { type: 'return', reason: 'แก้ไข' },
        { type: 'forward', to: 'general', note: '' },
        { type: 'forward', to: 'deputy', note: '' },
      ),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const letters = log()
        for (const { actor, position, body } of steps) letters.do(actor, position, body, evidenceOf(actor))
        const letter = letters.letter()
        if (!letter) return letters.events.length === 0
        const bound = letters.events.filter((event) => event.body.type === 'number-bound').length
        const open = letter.legs.filter((leg) => leg.outcome === 'open').length
        const chained = letter.revisions.every(
          (revision, index) => revision.extends === (letter.revisions[index - 1]?.sha256 ?? null),
        )
        return bound <= 1 && open <= 1 && chained && firstBrokenLink(letters.events) === undefined
      }),
      { numRuns: 300 },
    )
  })
})
