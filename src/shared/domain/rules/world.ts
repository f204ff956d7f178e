import type { BodyOf, Command, CommandBody, LetterEvent, ServerCommand } from '../../contract/letter.ts'
import type { Organisation, Policy } from '../../contract/organisation.ts'
import { accept, type Outcome } from '../../outcome.ts'
import { letterDate } from '../../thai/dates.ts'
import { numberWithLabel } from '../../thai/letterNumber.ts'
import { type NumberSource, ordinaryFacts } from '../asked.ts'
import { maySee, tokensOf } from '../audience.ts'
import { decide, numberNeeded, type RevisionEvidence } from '../decide.ts'
import { chainEvents } from '../eventChain.ts'
import { evolve } from '../evolve.ts'
import { currentRevision, type Letter } from '../letter.ts'
import { directoryOf } from '../organisation.ts'
import { office } from './office.ts'

/** A hash that stands for a file. */
const hash = (name: string): string =>
  [...name]
    .map((character) => character.charCodeAt(0).toString(16))
    .join('')
    .padEnd(64, '0')
    .slice(-64)

const idOf = (kind: string, count: number) => `0199a0b0-0000-7000-${kind}-${String(count).padStart(12, '0')}`

/** What is said of a command besides who does what. */
interface Besides {
  readonly clientTime?: string
  readonly evidence?: Partial<RevisionEvidence> & { readonly email?: string }
  readonly reservation?: NumberSource['reservation']
  readonly registeredAs?: string
}

/** A server in small: logs, counters and a clock, for trying rules on. */
export function world(changes: Partial<Organisation> = {}, policy: Partial<Policy> = {}) {
  const organisation = { ...office, ...changes, policy: { ...office.policy, ...policy } }
  const directory = directoryOf(organisation)
  const logs = new Map<string, LetterEvent[]>()
  const letters = new Map<string, Letter>()
  const counters = new Map<string, number>()
  let letterCount = 0
  let commandCount = 0
  let fileCount = 0

  const self = {
    organisation,
    directory,
    logs,
    /** Monday 23 November 2569, ten in the morning in Bangkok. */
    now: '2026-11-23T03:00:00.000Z',
    letter: (letterId: string): Letter => {
      const letter = letters.get(letterId)
      if (!letter) throw new Error(`there is no letter ${letterId}`)
      return letter
    },
    find: (letterId: string): Letter | undefined => letters.get(letterId),
    events: (letterId: string): LetterEvent[] => logs.get(letterId) ?? [],
    newId: (): string => idOf('8000', ++letterCount),
    /** A new file; one that extends the current revision of a letter where it is named. */
    file: (letterId?: string) => ({
      sha256: hash(`file ${++fileCount}`),
      bytes: 1000,
      extends: letterId === undefined ? null : (currentRevision(self.letter(letterId))?.sha256 ?? null),
    }),
    sees: (personId: string, letterId: string): boolean =>
      maySee(self.letter(letterId), tokensOf(personId, directory, self.now)),

    /** `teerawat@deputy` acts for a position, `somying` for nobody. Returns 'accepted' or the refusal's code. */
    act(
      who: string,
      letterId: string,
      body: CommandBody | ServerCommand['body'],
      besides: Besides = {},
    ): string {
      const [actor = '', positionId = null] = who.split('@')
      const letter = self.find(letterId)
      const clientTime = besides.clientTime ?? self.now
      const command = { id: idOf('9000', ++commandCount), letterId, positionId, clientTime, body } as Command
      const counter = numberNeeded(letter, command, directory, self.now)
      const key = `${counter?.registerId} ${counter?.period}`
      const { reservation, registeredAs } = besides
      const decided = decide(letter, command, {
        ...{ directory, actor, now: self.now },
        letters,
        ...(counter && {
          numbers: { nextSerial: (counters.get(key) ?? 0) + 1, ...(reservation && { reservation }) },
        }),
        ...(registeredAs !== undefined && { registeredAs }),
        evidence: evidenceOf(actor, letter, besides.evidence),
      })
      if (!decided.ok) return decided.refusal.code
      for (const [id, events] of Map.groupBy(decided.value, (each) => each.letterId ?? letterId)) {
        const recording = { command, letterId: id, actor, device: 'เครื่องทดสอบ', serverTime: self.now }
        const chained = chainEvents(self.find(id), events, recording)
        const after = chained.reduce<Letter | undefined>(
          (before, event) => evolve(before, event),
          self.find(id),
        )
        if (after) letters.set(id, after)
        logs.set(id, [...self.events(id), ...chained])
      }
      if (counter && decided.value.some(({ body: { type } }) => numbering.has(type))) {
        counters.set(key, Math.max(counters.get(key) ?? 0, serialOf(decided.value.map((each) => each.body))))
      }
      return 'accepted'
    },
    /** The same, where it has to be accepted for the story to go on. */
    must(
      who: string,
      letterId: string,
      body: CommandBody | ServerCommand['body'],
      besides: Besides = {},
    ): void {
      const outcome = self.act(who, letterId, body, besides)
      if (outcome !== 'accepted') throw new Error(`${who} ${body.type}: ${outcome}`)
    },

    // How stories begin
    draft(who = 'somying', facts: Partial<BodyOf<'draft'>> = {}): string {
      const letterId = self.newId()
      self.must(who, letterId, self.drafting(facts))
      return letterId
    },
    drafting: (facts: Partial<BodyOf<'draft'>> = {}): BodyOf<'draft'> => ({
      ...ordinaryFacts,
      ...{ type: 'draft', kind: 'internal', subject: 'ขออนุมัติจัดประชุมชี้แจงหลักเกณฑ์', addressee: 'รองเลขาธิการ' },
      ...{
        unitId: 'fund',
        registerId: 'send-fund',
        fileName: 'บันทึก.pdf',
        pageCount: 1,
        revision: self.file(),
      },
      ...facts,
    }),
    proposed(to = 'deputy', facts: Partial<BodyOf<'draft'>> = {}, who = 'somying'): string {
      const letterId = self.draft(who, facts)
      self.must(who, letterId, { type: 'propose', to, note: '' })
      return letterId
    },
    signed(facts: Partial<BodyOf<'draft'>> = {}, signer = 'teerawat@deputy'): string {
      const letterId = self.proposed(signer.split('@')[1], facts)
      self.must(signer, letterId, { type: 'bind-number' })
      self.must(signer, letterId, { type: 'sign', revision: self.file(letterId) })
      return letterId
    },
    /** By paper: printed, numbered by the clerk, signed by hand, scanned. */
    onPaper(facts: Partial<BodyOf<'draft'>> = { matter: 'procurement' }, who = 'wichai'): string {
      const letterId = self.draft(who, facts)
      self.must('ratana', letterId, { type: 'bind-number' })
      self.must('ratana', letterId, self.scanning())
      return letterId
    },
    scanning: (more: Partial<BodyOf<'sign-on-paper'>> = {}): BodyOf<'sign-on-paper'> => ({
      ...{ type: 'sign-on-paper', fileName: 'สแกน.pdf', pageCount: 1, revision: self.file() },
      ...{ signedFor: 'director-fund', signedOn: '2026-11-23' },
      ...more,
    }),
    registering: (more: Partial<BodyOf<'register'>> = {}): BodyOf<'register'> => ({
      ...ordinaryFacts,
      ...{ type: 'register', kind: 'external', subject: 'ขอความอนุเคราะห์วิทยากร', addressee: 'เลขาธิการ' },
      ...{ unitId: 'registry', registerId: 'receive-registry', way: 'email', paperAt: '', defect: '' },
      sender: {
        from: 'คณะแพทยศาสตร์ มหาวิทยาลัยเชียงใหม่',
        agencyId: null,
        number: 'อว ๘๓๙๓(๘)/๑',
        date: '2026-11-20',
      },
      ...{ arrivedAt: self.now, despiteDuplicate: false, exchangeItemId: null },
      file: { fileName: 'หนังสือ.pdf', pageCount: 1, revision: self.file() },
      ...more,
    }),
    registered(more: Partial<BodyOf<'register'>> = {}, who = 'pimjai'): string {
      const letterId = self.newId()
      self.must(who, letterId, self.registering(more))
      return letterId
    },
    delivering: (...to: string[]): BodyOf<'deliver'> => ({
      ...{ type: 'deliver', to, objective: 'for-action', note: '', dueAt: null },
    }),
    /** Takes a delivery of a letter to a unit into its register; returns the receiving unit's own letter. */
    receiving: (letterId: string, unitId: string, registerId = `receive-${unitId}`): BodyOf<'receive'> => {
      const { deliveries } = self.letter(letterId)
      const deliveryId = deliveries.findLast(({ toUnitId }) => toUnitId === unitId)?.id ?? 'none'
      return { type: 'receive', from: { letterId, deliveryId }, unitId, registerId }
    },
    received(letterId: string, unitId: string, clerk: string): string {
      const own = self.newId()
      self.must(clerk, own, self.receiving(letterId, unitId))
      return own
    },
    ordering: (text = 'อนุมัติ', to: string | null = null, letterId?: string): BodyOf<'endorse'> => ({
      ...{ type: 'endorse', act: 'order', text, to, dueAt: null },
      signature:
        letterId === undefined
          ? { method: 'electronic', look: 'typed' }
          : { method: 'digital', revision: self.file(letterId) },
    }),
    opining: (text = 'เห็นควรอนุมัติ'): BodyOf<'endorse'> => ({
      ...{ type: 'endorse', act: 'opinion', text, to: null, dueAt: null },
      signature: { method: 'electronic', look: 'typed' },
    }),
  }

  function evidenceOf(
    actor: string,
    letter: Letter | undefined,
    { email, ...given }: NonNullable<Besides['evidence']> = {},
  ): Outcome<RevisionEvidence> {
    const name = directory.person(actor)?.name ?? actor
    const signer = {
      ...{ commonName: name, email: email ?? `${actor}@saraban.example` },
      ...{ serial: '01', fingerprint: hash('f') },
    }
    const numberText = letter?.number ? numberWithLabel(letter.number.text) : null
    const dateText = letter?.number ? letterDate(letter.number.date) : null
    return accept({ signer, numberText, dateText, ...given })
  }

  return self
}

export type World = ReturnType<typeof world>

const numbering: ReadonlySet<string> = new Set(['number-bound', 'registered', 'received'])

function serialOf(bodies: readonly LetterEvent['body'][]): number {
  const serials = bodies.map((body) => {
    if (body.type === 'registered' || body.type === 'received') return body.receipt.serial
    return body.type === 'number-bound' ? body.serial : 0
  })
  return Math.max(0, ...serials)
}

/** One rule of the field: where it stands and what it says, what is done, and what has to come of it. */
export interface Rule {
  readonly says: string
  readonly tried: (world: World) => unknown
  readonly gives: unknown
  /** In which organisation, where that is not the usual one. */
  readonly where?: () => World
}

/** A rule that can fail: `says` names its clause or slide. */
export const rule = (
  says: string,
  tried: (world: World) => unknown,
  gives: unknown,
  where?: () => World,
): Rule => ({ says, tried, gives, ...(where && { where }) })
