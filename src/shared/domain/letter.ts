import type {
  AugmentedLevel,
  BoundNumber,
  LetterFacts,
  Revision,
  SignatureElements,
} from '../contract/letter.ts'
import type { Confirmation, Sender, Signer, Way } from '../contract/shapes.ts'
import { isLater } from '../thai/dates.ts'

export type { BoundNumber } from '../contract/letter.ts'

/** One step of a letter's way (เส้นทาง): with one position at a time; legs are only ever appended and closed. */
export interface Leg {
  readonly id: string
  readonly from: string | null
  readonly to: string
  readonly note: string
  readonly openedAt: string
  readonly dueAt: string | null
  /** When the position took the letter up; until then it can be recalled. */
  readonly takenUpAt: string | null
  readonly outcome: 'open' | 'signed' | 'endorsed' | 'returned' | 'forwarded' | 'recalled'
  readonly closedAt: string | null
  /** Why the letter was returned or recalled; empty otherwise. */
  readonly reason: string
  /** Whether it came back here (ตีกลับ, ดึงคืน) rather than being sent: nobody sent it, so nobody pulls it back. */
  readonly cameBack: boolean
  /** People who see the letter because they serve the position addressed. */
  readonly copies: readonly string[]
}

/** A signature that the server has checked and recorded. */
export interface RecordedSignature {
  readonly personId: string
  readonly positionId: string
  readonly signedAt: string
  readonly revision: Revision
  readonly signer: Signer
}

/** Where a letter comes from: written here, registered from outside, or received from another unit. */
type Origin =
  | { readonly kind: 'drafted' }
  | {
      readonly kind: 'registered'
      readonly sender: Sender
      readonly way: Way
      readonly arrivedAt: string
      readonly deemedReceivedAt: string
      readonly exchangeItemId: string | null
    }
  | {
      readonly kind: 'received'
      readonly sender: Sender
      readonly source: { readonly letterId: string; readonly deliveryId: string; readonly unitId: string }
    }

/** A round of checking (ตรวจสอบ): the reviewers in their order and what each said. */
export interface Check {
  readonly id: string
  readonly order: 'serial' | 'parallel'
  readonly state: 'open' | 'passed' | 'returned' | 'recalled'
  readonly reviewers: readonly {
    readonly personId: string
    readonly state: 'waiting' | 'passed' | 'returned'
    readonly text: string
  }[]
}

/** A hand-over to a unit (ส่งหนังสือ), and what became of it. */
export interface Delivery {
  readonly id: string
  readonly toUnitId: string
  readonly fromUnitId: string
  readonly objective: 'for-action' | 'for-information' | 'for-approval'
  readonly note: string
  readonly dueAt: string | null
  readonly sentAt: string
  readonly sentBy: string
  readonly state: 'sent' | 'received' | 'recalled' | 'returned'
  /** The receiving unit's own letter and its number, once it is received. */
  readonly receivedAs: { readonly letterId: string; readonly receipt: BoundNumber } | null
  readonly reason: string
}

/** What somebody wrote on the letter (เกษียน): an opinion or an order. It never changes. */
interface Endorsement {
  readonly id: string
  readonly act: 'opinion' | 'order'
  readonly text: string
  readonly personId: string
  readonly positionId: string | null
  readonly at: string
  readonly elements: SignatureElements
  readonly to: string | null
  readonly dueAt: string | null
}

/** A dispatch to other agencies, with what each of them said. */
export interface Dispatch {
  readonly id: string
  readonly way: Way
  readonly at: string
  readonly by: string
  readonly keptInSystem: boolean
  readonly evidence: string
  readonly recipients: readonly {
    readonly agencyId: string | null
    readonly name: string
    readonly address: string
    readonly confirmations: readonly Confirmation[]
  }[]
  /** Why the dispatch was taken back in the register; null while it stands. */
  readonly withdrawn: string | null
}

/** A loan of a stored letter (ข้อ 62–65). */
export interface Loan {
  readonly id: string
  readonly personId: string
  readonly purpose: string
  readonly until: string
  /** The positions of which one decides. */
  readonly askedOf: readonly string[]
  readonly state: 'asked' | 'granted' | 'refused' | 'ended'
}

/** How a letter is kept (ข้อ 57), and what became of it in the end. */
interface Keeping {
  readonly classId: string
  readonly place: string
  readonly since: string
  /** The last Buddhist year for which it is kept; null for permanently. */
  readonly keptUntil: number | null
}

/** A letter (หนังสือ), folded from its events. */
export interface Letter extends LetterFacts {
  readonly id: string
  readonly version: number
  /** Hash of the latest event, to which the next one chains. */
  readonly hash: string
  readonly unitId: string
  readonly registerId: string
  readonly fileName: string
  /** 0 while there is no file. */
  readonly pageCount: number
  readonly authorId: string
  readonly draftedAt: string
  readonly changedAt: string
  /** Who made the change at `changedAt`. */
  readonly changedBy: string
  readonly origin: Origin
  /** Number and date of a letter of one's own. */
  readonly number: BoundNumber | null
  /** Numbers that were bound to it and cancelled: they stay in the register and are never given again. */
  readonly cancelledNumbers: readonly (BoundNumber & { readonly reason: string })[]
  /** The receive number of a letter from elsewhere. */
  readonly receipt: BoundNumber | null
  /** The last is the current revision; none while a registered letter has no image yet. */
  readonly revisions: readonly Revision[]
  readonly signatures: readonly RecordedSignature[]
  /** Signed by hand on paper, for the position and on the day given; null otherwise. */
  readonly signedOnPaper: { readonly positionId: string; readonly day: string } | null
  /** The level to which the server has raised the signatures, and the event by which; null when it has not. */
  readonly augmented: { readonly level: AugmentedLevel; readonly version: number } | null
  readonly checks: readonly Check[]
  readonly legs: readonly Leg[]
  readonly deliveries: readonly Delivery[]
  readonly endorsements: readonly Endorsement[]
  readonly dispatches: readonly Dispatch[]
  /** People who see the letter through copies. */
  readonly copies: readonly string[]
  /** Private notes: in the history, never on the PDF. */
  readonly notes: readonly { readonly personId: string; readonly at: string; readonly text: string }[]
  /** Where the paper is; empty when there is none. */
  readonly paperAt: string
  readonly closed: 'closed' | 'cancelled' | 'returned-to-sender' | null
  readonly keeping: Keeping | null
  readonly loans: readonly Loan[]
  /** The disposal that took the content away; what is left is a tombstone. */
  readonly gone: { readonly disposalId: string; readonly how: 'destroyed' | 'handed-to-archives' } | null
}

/** Where a letter stands, derived from its legs and signatures. */
export type LetterStage =
  | 'draft'
  | 'checking'
  | 'registered'
  | 'proposed'
  | 'signed'
  | 'ordered'
  | 'returned'
  | 'closed'
  | 'cancelled'
  | 'stored'
  | 'gone'

/** The leg that is open, if the letter is with a position now. */
export const openLeg = (letter: Letter): Leg | undefined => letter.legs.find((leg) => leg.outcome === 'open')

/** The round of checking that is open. */
export const openCheck = (letter: Letter): Check | undefined =>
  letter.checks.find((check) => check.state === 'open')

/** The reviewers of a round whose turn it is: the first who waits, or all who do where they check at once. */
export function reviewersNow(check: Check): string[] {
  const waiting = check.reviewers.filter(({ state }) => state === 'waiting').map(({ personId }) => personId)
  return check.order === 'serial' ? waiting.slice(0, 1) : waiting
}

/** The current revision of the letter's file; undefined while it has none. */
export const currentRevision = (letter: Letter): Revision | undefined =>
  letter.revisions[letter.revisions.length - 1]

/** จาก, ที่ and ลงวันที่ as a letter from elsewhere carries them; undefined for one's own. */
export const senderOf = ({ origin }: Letter): Sender | undefined =>
  origin.kind === 'drafted' ? undefined : origin.sender

/** Whether somebody has signed it, with a certificate or by hand. */
export const isSigned = (letter: Letter): boolean =>
  letter.signatures.length > 0 || letter.signedOnPaper !== null

/**
 * Whether what it says is fixed: it is signed, or an executive has ordered upon it (อนุมัติ, เห็นชอบ), which would otherwise
 * seem to be said of another text.
 */
export const isSettled = (letter: Letter): boolean =>
  isSigned(letter) || letter.endorsements.some(({ act }) => act === 'order')

/** The leg of the position that spoke last on a letter which is with nobody now; undefined when it came to nothing. */
export function lastWord(letter: Letter): Leg | undefined {
  const last = letter.legs[letter.legs.length - 1]
  return last?.outcome === 'signed' || last?.outcome === 'endorsed' ? last : undefined
}

/** Whether somebody is working on it: a position has it, or reviewers do. */
export const isInHand = (letter: Letter): boolean =>
  openLeg(letter) !== undefined || openCheck(letter) !== undefined

/** The stage of a letter. */
export function stageOf(letter: Letter): LetterStage {
  if (letter.gone) return 'gone'
  if (letter.keeping) return 'stored'
  if (letter.closed === 'cancelled') return 'cancelled'
  if (letter.closed === 'returned-to-sender') return 'returned'
  if (letter.closed) return 'closed'
  if (openCheck(letter)) return 'checking'
  if (openLeg(letter)) return 'proposed'
  const last = letter.legs[letter.legs.length - 1]
  if (last?.outcome === 'returned') return 'returned'
  if (last?.outcome === 'endorsed') return 'ordered'
  if (isSigned(letter)) return 'signed'
  return letter.origin.kind === 'drafted' ? 'draft' : 'registered'
}

/** Whether somebody is late with it at `now` (ISO instant): its own time, that of the open leg, or of a delivery. */
export function isOverdue(letter: Letter, now: string): boolean {
  if (letter.closed || letter.keeping || letter.gone) return false
  const leg = openLeg(letter)
  const waiting = letter.deliveries.filter(({ state }) => state === 'sent')
  const answered = isSigned(letter) || letter.endorsements.some(({ act }) => act === 'order')
  const times = [leg?.dueAt, ...waiting.map(({ dueAt }) => dueAt), answered && !leg ? null : letter.dueAt]
  return times.some((time) => time !== null && time !== undefined && isLater(now, time))
}

/** What is written on paper besides the letter itself: endorsements, in order; never a private note. */
export const textsForPaper = (letter: Letter): string[] => letter.endorsements.map(({ text }) => text)
