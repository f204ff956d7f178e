import type { Folder } from '../../../shared/contract/ipc.ts'
import type { Command, LetterEvent } from '../../../shared/contract/letter.ts'
import type { Organisation } from '../../../shared/contract/organisation.ts'
import type { SearchFilters } from '../../../shared/contract/search.ts'
import type { CommandResult, FeedEntry } from '../../../shared/contract/sync.ts'
import type { RevisionEvidence } from '../../../shared/domain/decide.ts'
import type { Letter } from '../../../shared/domain/letter.ts'
import type { Outcome, Refusal } from '../../../shared/outcome.ts'
import type { FoundPage } from './searchOperations.ts'

/** A file whose bytes are kept on this device. */
export interface KeptFile {
  readonly sha256: string
  readonly bytes: number
  readonly name: string
  readonly pageCount: number
  /** Signatures in it when it was imported. */
  readonly signatures: number
}

/** A command in the outbox. `sent` means sent with the answer unknown. */
export interface OutboxEntry {
  readonly command: Command
  readonly state: 'waiting' | 'sent' | 'refused'
  /** ISO instant of the command. */
  readonly since: string
  readonly refusal: Refusal | null
  /** Subject of its letter, as far as it is known here. */
  readonly subject: string
}

/** A line of a folder. */
export interface ListedLetter {
  readonly letter: Letter
  readonly unread: boolean
  /** Commands about it that the server has not answered. */
  readonly waiting: number
}

/** All that the store holds of one letter. */
export interface StoredLetter {
  readonly letter: Letter
  /** The confirmed events, oldest first. */
  readonly events: readonly LetterEvent[]
  readonly outbox: readonly OutboxEntry[]
  readonly fileHere: boolean
}

/** What a page of the feed, or answers to commands, changed. */
interface Changes {
  readonly letterIds: readonly string[]
}

/** A page of the snapshot: the one with what is with somebody now, or the page of all letters below an id. */
export type SnapshotPlace = { readonly open: true } | { readonly open: false; readonly before: string | null }

/** What became of a page of the snapshot. */
type SnapshotApplied = { readonly otherEpoch: string } | Changes

/** How much waits, and since when (ISO instant). */
interface OutboxSummary {
  readonly waiting: number
  readonly refused: number
  readonly oldest: string | null
}

/**
 * The typed operations of the store worker: what each takes and answers. Each is one transaction: all of it is
 * kept, or nothing.
 */
export interface StoreOperations {
  /** Opens the account's database. Refuses store-locked when the key (32 bytes) does not open it. */
  open(input: { path: string; key: Uint8Array; personId: string }): Outcome<null>
  close(): null

  organisation(): Organisation | null
  keepOrganisation(organisation: Organisation): null
  /** The feed's entry up to which everything has been applied. */
  cursor(): number
  /** The feed's epoch to which the cursor belongs; null before the first page. */
  epoch(): string | null
  /** Forgets every letter and begins at the start of the feed of another epoch. The outbox stays as it is. */
  beginEpoch(epoch: string): null
  /** Remembers the epoch of a cursor that has none yet. */
  keepEpoch(epoch: string): null
  letterCount(): number
  /** Which page of the snapshot to read next; null when the feed alone is to be read. */
  snapshotPlace(): SnapshotPlace | null
  /**
   * Reads a page of the snapshot, as it came, and keeps its letters and the place after it together; with the first
   * page also the cursor from which the feed goes on. Null when it is no page of ours; with the epoch alone, and nothing
   * kept, when that is not the one that is known.
   */
  applySnapshot(input: { page: Uint8Array; place: SnapshotPlace }): SnapshotApplied | null
  /** Applies feed entries and moves the cursor to `next`, together. */
  applyPage(input: { entries: FeedEntry[]; next: number; organisation: Organisation | null }): Changes

  /**
   * Puts a command into the outbox, with the file that it speaks of. Refuses what the letter's rules refuse already
   * here; then nothing is kept.
   */
  enqueue(input: {
    command: Command
    evidence: RevisionEvidence | null
    file: KeptFile | null
  }): Outcome<null>
  /** The commands to send next, in their order; those sent before without an answer come first. */
  toSend(limit: number): OutboxEntry[]
  /** Records that commands are about to be sent; returns those that never were before. */
  markSent(commandIds: string[]): string[]
  /** Takes that back for commands that certainly never left this device. */
  markUnsent(commandIds: string[]): null
  /** Takes the server's answers: accepted commands leave the outbox as events, refused ones stay with the reason. */
  settle(results: CommandResult[]): Changes
  /** Takes back a command that was never sent; false when it was. */
  withdraw(commandId: string): boolean
  /** Gives up a refused command. */
  discard(commandId: string): Changes
  outbox(): OutboxEntry[]
  outboxSummary(): OutboxSummary

  /** Counts of letters for each tray and folder that has any. */
  counts(): { tray: string; folder: Folder; count: number }[]
  letters(input: { tray: string; folder: Folder }): ListedLetter[]
  letter(letterId: string): StoredLetter | null
  markRead(letterId: string): null

  /** Letters that have every word of `text` and pass the filters, from the place `before` or the newest one on. */
  search(input: { text: string; filters: SearchFilters; before: number | null }): FoundPage
  /** What was searched for on this device, latest first. */
  recentSearches(): string[]
  keepRecentSearches(searches: string[]): null
  /** Keeps what a file says, so that its letters are found by it; empty when nothing could be read. */
  keepDocumentText(input: { sha256: string; text: string }): null
  /** Current files on this device whose text has not been read, those of the latest letters first. */
  documentsWanted(limit: number): string[]

  keepFile(file: KeptFile): null
  forgetFile(sha256: string): null
  file(sha256: string): KeptFile | null
  /** Current files of letters in this person's lists that are not on this device, latest first. */
  filesWanted(limit: number): string[]
}

export type StoreOperation = keyof StoreOperations
export type StoreInput<Name extends StoreOperation> = Parameters<StoreOperations[Name]>[0]
export type StoreAnswer<Name extends StoreOperation> = ReturnType<StoreOperations[Name]>

/** To the store worker; each request gets one reply with its id. */
export interface StoreRequest {
  readonly id: number
  readonly name: StoreOperation
  readonly input: unknown
}

/** From the store worker: an answer, a fault (a bug, without content), or a line for the log. */
export type StoreReply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly fault: Readonly<Record<string, string>> }
  | { readonly log: string; readonly facts: Readonly<Record<string, string | number | boolean>> }
