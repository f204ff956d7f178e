import type { BoundNumber, Leg, LetterStage, RecordedSignature } from '../domain/letter.ts'
import type { Refusal } from '../outcome.ts'
import type { CommandBody, LetterEvent, LetterKind, Revision, Secrecy, Urgency } from './letter.ts'
import type { Mark, Snippet } from './search.ts'
import type { Sender } from './shapes.ts'

/** Who is signed in on this device. */
export interface Account {
  readonly personId: string
  readonly name: string
  readonly unitId: string
  readonly unitName: string
  readonly held: readonly { positionId: string; title: string; executive: boolean }[]
  readonly served: readonly { positionId: string; title: string }[]
  /** Signed in without the server; numbers and dispatch wait. */
  readonly offline: boolean
}

/** One pile of letters with its count: a position's tray, or one's own letters (positionId null). */
export interface Tray {
  readonly positionId: string | null
  /** The position's title; empty for one's own letters, which the screens name. */
  readonly title: string
  readonly role: 'holder' | 'delegate' | 'secretary' | 'author'
  readonly counts: Readonly<Record<'to-sign' | 'followed' | 'drafts' | 'returned' | 'signed', number>>
}

/** A line of a list. */
export interface LetterRow {
  readonly letterId: string
  readonly subject: string
  readonly urgency: Urgency
  readonly stage: LetterStage
  /** The whole number in Arabic digits, or null when none is bound. */
  readonly number: string | null
  readonly date: string | null
  readonly from: string
  /** The position that has the letter now, or null. */
  readonly withPosition: string | null
  readonly signatures: number
  readonly changedAt: string
  /** The name of the person who made the last change. */
  readonly changedBy: string
  readonly secrecy: Secrecy
  /** When it has to be dealt with, and whether somebody is late with it. */
  readonly dueAt: string | null
  readonly overdue: boolean
  readonly unread: boolean
  /** Commands of this device about the letter that the server has not answered. */
  readonly waiting: number
}

/** A line of what was found. */
export interface FoundLetter extends LetterRow {
  /** The number in the receiving register, or null. */
  readonly receiptNumber: string | null
  readonly subjectMarks: readonly Mark[]
  /** Why it was found, where the subject does not say it all; otherwise null. */
  readonly snippet: Snippet | null
}

/** A page of what was found, newest change first. */
export interface FoundLetters {
  readonly letters: readonly FoundLetter[]
  /** How many there are in all, counted up to one more than MOST_COUNTED; null on later pages. */
  readonly total: number | null
  /** What to ask the next page with; null after the last one. */
  readonly next: number | null
  /** Letters that cannot be found yet, because the index is still being made. */
  readonly unindexed: number
}

/** Everything that the reader shows of one letter. */
export interface LetterDetail {
  readonly letterId: string
  readonly kind: LetterKind
  readonly subject: string
  readonly addressee: string
  readonly urgency: Urgency
  readonly secrecy: Secrecy
  readonly stage: LetterStage
  /** Who writes: the unit, or whoever sent a letter from elsewhere. */
  readonly from: string
  readonly authorName: string
  readonly number: BoundNumber | null
  /** What a letter from elsewhere carries of its sender; null for one's own. */
  readonly sender: Sender | null
  /** Null while a registered letter has no image yet. */
  readonly revision: Revision | null
  readonly pageCount: number
  readonly signatures: readonly (RecordedSignature & { personName: string; positionTitle: string })[]
  readonly legs: readonly Leg[]
  /** The events that the server has confirmed, oldest first, with names filled in. */
  readonly timeline: readonly TimelineEntry[]
  readonly waiting: readonly WaitingCommand[]
  /** Whether the current revision's bytes are on this device. */
  readonly fileHere: boolean
  /** What the signed-in person may do now, and for which position. */
  readonly may: {
    readonly propose: boolean
    readonly sign: string | null
    readonly return: string | null
    readonly forward: string | null
  }
}

/** One confirmed event with names. */
export interface TimelineEntry {
  readonly event: LetterEvent
  readonly actorName: string
  readonly positionTitle: string | null
  readonly onBehalfOfName: string | null
  readonly toTitle: string | null
  readonly copyNames: readonly string[]
}

/** A command that has not been accepted. `sent` means sent with the answer unknown: it is asked for, not done twice. */
export interface WaitingCommand {
  readonly commandId: string
  readonly letterId: string
  readonly type: CommandBody['type']
  readonly subject: string
  readonly state: 'waiting' | 'sent' | 'refused'
  readonly since: string
  readonly refusal: Refusal | null
  /** What the user typed, kept when the command is refused. */
  readonly text: string
}

/** A PDF that was chosen, dropped or composed, checked and kept, but not yet a letter. */
export interface ImportedFile {
  readonly sha256: string
  readonly name: string
  readonly bytes: number
  readonly pageCount: number
  readonly signatures: number
}

/** A token (โทเคน) that is plugged in. */
export interface TokenState {
  readonly serial: string
  readonly label: string
  readonly manufacturer: string
  readonly pinState: 'ok' | 'low' | 'final-try' | 'locked' | 'not-initialised'
  readonly pinMinimum: number
  readonly pinMaximum: number
  /** The PIN is typed on the reader's own PIN pad. */
  readonly protectedPath: boolean
  readonly certificates: readonly TokenCertificate[]
  /** None is shown before the PIN is entered, which may show one: `certificates` is empty. */
  readonly certificatesNeedPin: boolean
}

/** A certificate on a token, and whether it may sign. */
export interface TokenCertificate {
  readonly id: string
  readonly commonName: string
  readonly email: string | null
  readonly issuer: string
  readonly notBefore: string
  readonly notAfter: string
  readonly keyType: string
  readonly unfit: Refusal | null
}

/** What the sign dialog says before the PIN is asked for. */
export interface SigningPlan {
  readonly subject: string
  readonly fileName: string
  readonly pageCount: number
  readonly revisionNumber: number
  readonly sha256: string
  /** The number in Thai digits and the date as printed, or null when the server issues them on signing. */
  readonly number: string | null
  readonly date: string | null
  readonly writesNumber: boolean
  /** Whether the date that is written is earlier than the day of signing. */
  readonly datedEarlier: boolean
  readonly block: { page: number; place: { x: number; y: number; width: number; height: number } }
  /** Whether the block's place covers something that is printed there. */
  readonly overlaps: boolean
  readonly pages: readonly { width: number; height: number }[]
  readonly signerName: string
  readonly signerPosition: string
}

export type SigningStep = 'number' | 'prepare' | 'token' | 'embed' | 'check' | 'keep' | 'send'

export interface SigningProgress {
  readonly letterId: string
  readonly step: SigningStep
}

/** A finished signature. `sent` is false when the server could not be reached: the letter waits in the outbox. */
export interface SignatureResult {
  readonly number: string
  readonly sha256: string
  readonly sent: boolean
}

/** The one truth about connection and waiting work. */
export interface SyncState {
  readonly connection: 'online' | 'offline' | 'connecting'
  readonly lastSync: string | null
  readonly waiting: number
  readonly refused: number
  readonly oldestWaiting: string | null
  /** Milliseconds that the last answer took, or null. */
  readonly roundTrip: number | null
}
