import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { v7 as uuid } from 'uuid'
import { type AugmentedLevel, SERVER_ACTOR, type ServerCommand } from '../../shared/contract/letter.ts'
import type { Outcome, Refusal } from '../../shared/outcome.ts'
import type { CommandQueue } from '../commands/queue.ts'
import type { Tables } from '../database/tables.ts'
import { keepFile } from '../files/keepFile.ts'
import type { FileStore } from '../files/store.ts'
import { type RestingLetter, restingLetters } from './restingLetters.ts'

/** Raises the level of a file's signatures (ETSI EN 319 142-1, 5.4 and 5.5); the file stays as its beginning. */
export type Augment = (file: Uint8Array) => Promise<Outcome<{ bytes: Uint8Array; level: AugmentedLevel }>>

/** What the work is done with. */
export interface AugmentationParts {
  readonly database: Kysely<Tables>
  readonly store: FileStore
  readonly queue: CommandQueue
  readonly clock: () => Date
  readonly augment: Augment
  /** How long a signed letter rests before evidence is added, in milliseconds: another signer may follow at once. */
  readonly restMs: number
  /** Told of a letter whose evidence could not be had, for the log; server-fault when its file could not be read. */
  readonly refused: (letterId: string, refusal: Refusal) => void
}

const LONGEST_LOOK_MS = 30_000
const SHORTEST_LOOK_MS = 1000
const ROUND = 20
const FIRST_PAUSE_MS = 60_000
const LONGEST_PAUSE_MS = 6 * 3600 * 1000

/** Work in the background that goes on until it is stopped. */
export interface Augmentation {
  stop(): Promise<void>
}

/**
 * Adds evidence to the signatures of letters that came to rest after the last signer, so that they can be verified
 * when certificates have expired and services are gone. What cannot be had now is tried again, ever less often.
 */
export function startAugmentation(parts: AugmentationParts): Augmentation {
  const lookEveryMs = Math.min(Math.max(parts.restMs, SHORTEST_LOOK_MS), LONGEST_LOOK_MS)
  const pauses = new Map<string, { until: number; lengthMs: number }>()
  const stopping = new AbortController()

  const pause = (letterId: string) => {
    const before = pauses.get(letterId)?.lengthMs
    const lengthMs = before === undefined ? FIRST_PAUSE_MS : Math.min(before * 2, LONGEST_PAUSE_MS)
    pauses.set(letterId, { until: parts.clock().getTime() + lengthMs, lengthMs })
  }

  const round = async (): Promise<void> => {
    const now = parts.clock().getTime()
    const paused = [...pauses].flatMap(([letterId, { until }]) => (until > now ? [letterId] : []))
    const rested = new Date(now - parts.restMs)
    for (const letter of await restingLetters(parts.database, rested, paused, ROUND)) {
      if (stopping.signal.aborted) return
      const refusal = await addEvidence(parts, letter).catch(faulty)
      if (refusal === undefined) pauses.delete(letter.letterId)
      else {
        pause(letter.letterId)
        parts.refused(letter.letterId, refusal)
        // It would meet every further letter as well.
        if (refusal.code === 'timestamp-unavailable') return
      }
    }
  }

  const work = async () => {
    while (!stopping.signal.aborted) {
      // The database may be away for a moment; the next look finds what this one missed.
      await round().catch(() => undefined)
      await wait(lookEveryMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined)
    }
  }
  const working = work()
  return {
    stop: async () => {
      stopping.abort()
      await working
    },
  }
}

/** A fault with one letter, such as a file that the disk has lost, must not keep the others from their evidence. */
const faulty = (): Refusal => ({ code: 'server-fault' })

async function addEvidence(
  { database, store, queue, clock, augment }: AugmentationParts,
  { letterId, revision }: RestingLetter,
): Promise<Refusal | undefined> {
  const augmented = await augment(await store.bytes(revision.sha256))
  if (!augmented.ok) return augmented.refusal
  const { bytes, level } = augmented.value
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await keepFile(store, database, { bytes, sha256 })
  const command: ServerCommand = {
    id: uuid(),
    letterId,
    positionId: null,
    clientTime: clock().toISOString(),
    body: { type: 'augment', revision: { sha256, bytes: bytes.length, extends: revision.sha256 }, level },
  }
  const [result] = await queue.submit([{ command, actor: SERVER_ACTOR, device: SERVER_ACTOR }])
  // Someone got the letter meanwhile: it comes to rest again after the next signature.
  return result?.outcome === 'refused' ? (result.refusal as Refusal) : undefined
}
