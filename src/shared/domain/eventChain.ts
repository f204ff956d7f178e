import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Command, LetterEvent, ServerCommand } from '../contract/letter.ts'
import type { DecidedEvent } from './asked.ts'

/** Where and when events are recorded. */
export interface Recording {
  readonly command: Command | ServerCommand
  /** The letter whose log it is; the command's own unless another is named. */
  readonly letterId?: string
  readonly actor: string
  readonly device: string
  /** ISO instant of the server's clock. */
  readonly serverTime: string
}

/**
 * Turns decided events into log entries that follow `previous`: versions without gaps, each hash over the event
 * and the hash before it, so that nobody can change, drop or reorder an entry unnoticed.
 */
export function chainEvents(
  previous: LogEnd | undefined,
  decided: readonly DecidedEvent[],
  recording: Recording,
): LetterEvent[] {
  const { command, actor, device, serverTime } = recording
  const letterId = recording.letterId ?? command.letterId
  const recorded = {
    letterId,
    commandId: command.id,
    clientTime: command.clientTime,
    actor,
    device,
    serverTime,
  }
  return chained(
    previous,
    decided.map(({ body, positionId, onBehalfOf, delegationId }) => ({
      ...recorded,
      ...{ body, positionId, onBehalfOf, delegationId },
    })),
  )
}

/** What is known of the end of a log. */
export interface LogEnd {
  readonly version: number
  readonly hash: string
}

/** Entries of any log as they follow `previous`, the end of it so far: with version, hash and the hash before. */
export function chained<Entry extends object>(
  previous: LogEnd | undefined,
  entries: readonly Entry[],
): (Entry & ChainedEvent)[] {
  let version = previous?.version ?? 0
  let previousHash = previous?.hash ?? null
  return entries.map((entry) => {
    version += 1
    const unsealed = { ...entry, version, previousHash }
    const hash = eventHash(unsealed)
    previousHash = hash
    return { ...unsealed, hash }
  })
}

/** The hash of an event: SHA-256 over its JSON with sorted keys, `hash` itself left out. */
const eventHash = (event: Omit<ChainedEvent, 'hash'>): string =>
  bytesToHex(sha256(utf8ToBytes(sortedJson(event))))

/** An entry of any log whose entries are chained. */
interface ChainedEvent {
  readonly version: number
  readonly previousHash: string | null
  readonly hash: string
}

/** The version of the first event of a log that does not fit the chain, or undefined when all do. */
export function firstBrokenLink(events: readonly ChainedEvent[]): number | undefined {
  let previousHash: string | null = null
  for (const [index, event] of events.entries()) {
    const { hash, ...unsealed } = event
    const fits = event.version === index + 1 && event.previousHash === previousHash
    if (!fits || eventHash(unsealed) !== hash) return index + 1
    previousHash = hash
  }
  return undefined
}

/** JSON with object keys in code-unit order, so that equal values have equal text. */
export function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${sortedJson(member)}`).join(',')}}`
  }
  return JSON.stringify(value)
}
