import { createHash } from 'node:crypto'
import { decideGroup, type GroupState } from '../../../../src/server/commands/decideGroup.ts'
import type { FeedRow } from '../../../../src/server/feed/feedRows.ts'
import type { Command, LetterEvent } from '../../../../src/shared/contract/letter.ts'
import type {
  CommandResult,
  FeedEntry,
  FeedPage,
  SnapshotPage,
} from '../../../../src/shared/contract/sync.ts'
import { maySee, tokensOf } from '../../../../src/shared/domain/audience.ts'
import type { Letter } from '../../../../src/shared/domain/letter.ts'
import { directory } from './office.ts'

/** Pages so small that a few letters need several. */
const PAGE = 3
const EPOCH = '0b7f4f5e-6a1d-4b64-9a55-0d0c6b1f0a11'
const START = Date.parse('2026-10-01T02:00:00Z')

/** An entry about a letter: the office's own logs are no part of this. */
type LetterRow = FeedRow & { readonly letterId: string }

/**
 * The central server without its database: the very decisions and feed entries that it writes, kept in memory, and read
 * by the rules of readFeed and readSnapshot. Each method is one committed transaction.
 */
export interface SimulatedServer {
  readonly letters: ReadonlyMap<string, Letter>
  readonly logs: ReadonlyMap<string, readonly LetterEvent[]>
  readonly answers: GroupState['answers']
  /** The feed's end. */
  head(): number
  /** The feed's entries that concern somebody, with the place of each. */
  entriesFor(personId: string): readonly { readonly seq: number; readonly row: LetterRow }[]
  /** Letters that a person may see now. */
  permitted(personId: string): readonly Letter[]
  handle(personId: string, commands: readonly Command[]): CommandResult[]
  feed(personId: string, after: number): FeedPage
  snapshot(personId: string, open: boolean, before: string | null): SnapshotPage
  file(sha256: string): Buffer | undefined
  /** Takes a whole file; false when its bytes are not those of its name. */
  receiveFile(sha256: string, bytes: Buffer): boolean
  moveClock(minutes: number): void
}

export function simulatedServer(): SimulatedServer {
  let now = START
  const files = new Map<string, Buffer>()
  const logs = new Map<string, LetterEvent[]>()
  const rows: LetterRow[] = []
  const kept = {
    answers: new Map(),
    letters: new Map<string, Letter>(),
    serials: new Map(directory.organisation.registers.map(({ id }) => [id, 0])),
    reservations: new Map(),
    registered: new Map(),
  } satisfies Partial<GroupState>
  const tokens = (personId: string): readonly string[] =>
    tokensOf(personId, directory, new Date(now).toISOString())
  const permitted = (personId: string) =>
    [...kept.letters.values()].filter((letter) => maySee(letter, tokens(personId)))

  const entriesFor = (personId: string) => {
    const carried = tokens(personId)
    return rows.flatMap((row, index) =>
      row.audience.some((token) => carried.includes(token)) ? [{ seq: index + 1, row }] : [],
    )
  }
  const entryOf = ({ seq, row }: { seq: number; row: LetterRow }): FeedEntry =>
    row.kind === 'retract'
      ? { seq, kind: 'retract', letterId: row.letterId }
      : {
          ...{ seq, kind: 'events', letterId: row.letterId },
          events: (logs.get(row.letterId) ?? []).slice((row.fromVersion ?? 1) - 1, row.toVersion ?? 0),
        }

  return {
    letters: kept.letters,
    logs,
    answers: kept.answers,
    head: () => rows.length,
    entriesFor,
    permitted,
    handle: (actor, commands) => {
      now += 1000
      const submissions = commands.map((command) => ({
        ...{ command, actor, device: 'simulated' },
        ...(command.body.type === 'draft' && !files.has(command.body.revision.sha256)
          ? { fileRefusal: { code: 'file-missing' as const } }
          : {}),
      }))
      const decision = decideGroup(submissions, { ...kept, directory, now: new Date(now).toISOString() })
      for (const event of decision.events) {
        logs.set(event.letterId, [...(logs.get(event.letterId) ?? []), event])
      }
      rows.push(
        ...decision.feed.flatMap((row) =>
          row.letterId === null ? [] : [{ ...row, letterId: row.letterId }],
        ),
      )
      return decision.results
    },
    feed: (personId, after) => {
      const seen = new Set(permitted(personId).map(({ id }) => id))
      const entries = entriesFor(personId)
        .filter(({ seq, row }) => seq > after && seen.has(row.letterId) === (row.kind === 'events'))
        .slice(0, PAGE)
      const head = rows.length
      const last = entries[entries.length - 1]
      const next = last && entries.length === PAGE ? last.seq : Math.max(head, after)
      return { epoch: EPOCH, entries: entries.map(entryOf), next, head }
    },
    snapshot: (personId, open, before) => {
      const letters = permitted(personId)
        .filter((letter) => before === null || letter.id < before)
        .filter((letter) => !open || letter.legs.some(({ outcome }) => outcome === 'open'))
        .sort((one, other) => (one.id < other.id ? 1 : -1))
        .slice(0, PAGE)
        .map(({ id }) => ({ letterId: id, events: logs.get(id) ?? [] }))
      const next = letters.length === PAGE ? (letters[PAGE - 1]?.letterId ?? null) : null
      return { epoch: EPOCH, letters, next, head: rows.length }
    },
    file: (sha256) => files.get(sha256),
    receiveFile: (sha256, bytes) => {
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) return false
      files.set(sha256, bytes)
      return true
    },
    moveClock: (minutes) => {
      now += minutes * 60_000
    },
  }
}
