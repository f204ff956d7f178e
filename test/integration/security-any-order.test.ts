import { expect, test } from 'vitest'
import { decideGroup, type GroupState } from '../../src/server/commands/decideGroup.ts'
import { letterRows } from '../../src/server/projections/letterRows.ts'
import { sampleOrganisation } from '../../src/server/sampleOrganisation.ts'
import { commandBodySchema } from '../../src/shared/contract/commands.ts'
import {
  type Command,
  type CommandBody,
  type LetterEvent,
  letterEventSchema,
} from '../../src/shared/contract/letter.ts'
import type { RevisionEvidence } from '../../src/shared/domain/asked.ts'
import { maySee, tokensOf } from '../../src/shared/domain/audience.ts'
import { firstBrokenLink } from '../../src/shared/domain/eventChain.ts'
import { isSigned, type Letter, openLeg } from '../../src/shared/domain/letter.ts'
import { directoryOf } from '../../src/shared/domain/organisation.ts'
import { clearanceLevel, secrecyLevel } from '../../src/shared/domain/secrecy.ts'
import { letterDate } from '../../src/shared/thai/dates.ts'
import { numberWithLabel } from '../../src/shared/thai/letterNumber.ts'
import { bodyFor, chance, type World } from '../support/hostile/anyCommand.ts'

const NOW = '2026-11-23T03:00:00.000Z'
const organisation = {
  ...sampleOrganisation,
  people: sampleOrganisation.people.map((person, index) => ({
    ...person,
    clearance: (['secret', 'none', 'secret', 'confidential'] as const)[index % 4] ?? 'none',
  })),
  policy: { ...sampleOrganisation.policy, secretOnPaper: false },
}
const directory = directoryOf(organisation)
const people = [
  'somying',
  'wanwipa',
  'teerawat',
  'kamonchanok',
  'prawit',
  'nittaya',
  'surachai',
  'orauma',
  'pimjai',
  'darunee',
]
const positions = [
  'deputy',
  'secretary-general',
  'director-fund',
  'director-legal',
  'clerk-registry',
  'director-comms',
]
const units = ['fund', 'legal', 'executive', 'registry']
const types = commandBodySchema.options.map((option) => option.shape.type.value)

const freshState = (): GroupState => ({
  answers: new Map(),
  letters: new Map(),
  serials: new Map(organisation.registers.map(({ id }) => [id, 0])),
  reservations: new Map(),
  registered: new Map(),
  directory,
  now: NOW,
})

type Luck = ReturnType<typeof chance>

/** Who asks: often the one whose turn it is, so that letters get on. */
function asker(letter: Letter | undefined, luck: Luck): { actor: string; positionId: string | null } {
  const leg = letter && openLeg(letter)
  const last = leg?.to ?? letter?.legs.at(-1)?.to
  const acting =
    last === undefined
      ? undefined
      : (directory.delegationsOf(last, NOW)[0]?.personId ?? directory.holder(last, NOW)?.id)
  if (acting && last && luck.often(0.4)) return { actor: acting, positionId: last }
  const post = luck.one(positions)
  const holder = directory.holder(post, NOW)?.id
  if (holder && luck.often(0.25)) return { actor: holder, positionId: post }
  const clerks = letter ? directory.clerks(letter.unitId, NOW).map(({ id }) => id) : []
  const actor = luck.one([...people, ...clerks, ...(letter ? [letter.authorId, letter.authorId] : [])])
  if (clerks.length > 0 && luck.often(0.3)) return { actor: luck.one(clerks), positionId: null }
  return { actor, positionId: luck.often(0.6) ? null : luck.one(positions) }
}

/** Acts that the state of a letter calls for, which mere chance would seldom come to. */
const calledFor = ({ dispatches, loans, number, keeping }: Letter): CommandBody['type'][] => [
  ...(dispatches.length > 0 ? (['withdraw-dispatch', 'confirm-dispatch'] as const) : []),
  ...(loans.length > 0 ? (['decide-loan', 'end-loan'] as const) : []),
  ...(number ? (['cancel-number', 'sign', 'sign-on-paper', 'dispatch'] as const) : []),
  ...(keeping ? (['borrow'] as const) : []),
]

const evidenceFor = (letter: Letter | undefined, actor: string): RevisionEvidence => ({
  signer: { commonName: actor, email: `${actor}@saraban.example`, serial: '01', fingerprint: '0'.repeat(64) },
  numberText: letter?.number ? numberWithLabel(letter.number.text) : null,
  dateText: letter?.number ? letterDate(letter.number.date) : null,
})

function chosen(letter: Letter | undefined, luck: Luck): CommandBody['type'] {
  const called = letter ? calledFor(letter) : []
  return called.length > 0 && luck.often(0.4) ? luck.one(called) : luck.one(types)
}

/** What has to hold after any command, whoever asked for it. */
function expectSound(
  before: Letter | undefined,
  after: Letter,
  events: readonly LetterEvent[],
  actor: string,
) {
  for (const event of events) {
    letterEventSchema.parse(event)
    expect(event.actor).toBe(actor)
    if (event.positionId !== null) {
      const own = [...directory.actsFor(actor, NOW), ...directory.served(actor, NOW)].map(({ id }) => id)
      expect(own).toContain(event.positionId)
    }
  }
  expect(
    before?.closed && events.some(({ body }) => body.type === 'signed' || body.type === 'number-bound'),
  ).not.toBe(true)
  if (before && isSigned(before)) {
    expect(isSigned(after)).toBe(true)
    expect(after.number).toEqual(before.number)
    expect(after.signatures.slice(0, before.signatures.length)).toEqual(before.signatures)
  }
  if (before) expect(after.revisions.slice(0, before.revisions.length)).toEqual(before.revisions)
  expect(after.legs.filter(({ outcome }) => outcome === 'open').length).toBeLessThanOrEqual(1)
  // Nobody sees a letter above what they are cleared for.
  for (const person of people) {
    const sees = maySee(after, tokensOf(person, directory, NOW))
    if (sees) expect(clearanceLevel(person, directory)).toBeGreaterThanOrEqual(secrecyLevel(after.secrecy))
  }
  letterRows(after)
}

test.each(Array.from({ length: 10 }, (_, seed) => seed))(
  'whatever people with accounts ask, in whatever order, is decided by the rules and never by a fault (%s)',
  (seed) => {
    const luck = chance(seed)
    const state = freshState()
    const logs = new Map<string, LetterEvent[]>()
    const accepted = new Set<string>()
    for (let step = 0; step < 3000; step += 1) {
      const letters = [...state.letters.values()].slice(-12)
      const known = letters.length > 0 && luck.often(0.97) ? luck.one(letters) : undefined
      const type = letters.length < 3 ? luck.one(['draft', 'register'] as const) : chosen(known, luck)
      const begins = type === 'draft' || type === 'register' || type === 'receive'
      const letterId = begins && luck.often(0.95) ? luck.id() : (known?.id ?? luck.id())
      const about = state.letters.get(letterId)
      const { actor, positionId } = asker(about ?? known, luck)
      const world: World = {
        organisation,
        people,
        positions,
        units:
          begins && luck.often(0.7)
            ? [directory.clerkOf(actor, NOW)[0]?.id ?? directory.person(actor)?.unitId ?? 'fund']
            : units,
        letters,
      }
      const body =
        known || begins ? bodyFor(type, known ?? emptyLetter, world, luck) : { type: 'take-up' as const }
      commandBodySchema.parse(body)
      const command: Command = { id: luck.id(), letterId, positionId, clientTime: NOW, body }
      const evidence = { ok: true as const, value: evidenceFor(about, actor) }
      const decision = decideGroup([{ command, actor, device: 'pc', evidence }], state)
      const [result] = decision.results
      if (result?.outcome !== 'accepted') continue
      accepted.add(type)
      if (about && !begins && type !== 'borrow')
        expect(maySee(about, tokensOf(actor, directory, NOW))).toBe(true)
      for (const [id, after] of decision.letters) {
        const events = decision.events.filter((event) => event.letterId === id)
        logs.set(id, [...(logs.get(id) ?? []), ...events])
        expectSound(
          letters.find((letter) => letter.id === id),
          after,
          events,
          actor,
        )
      }
    }
    for (const log of logs.values()) expect(firstBrokenLink(log)).toBeUndefined()
    reached.push(...accepted)
  },
)

const reached: string[] = []

test('among all those walks nearly every act was carried out', () => {
  const never = types.filter((type) => !reached.includes(type))
  expect(never.length, never.join()).toBeLessThanOrEqual(2)
})

/** Nothing to choose from yet. */
const emptyLetter = {
  legs: [],
  deliveries: [],
  dispatches: [],
  loans: [],
  revisions: [],
  origin: { kind: 'drafted' },
  id: '0198f1f0-0000-7000-8000-000000000009',
} as unknown as Letter
