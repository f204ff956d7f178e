import type { Outcome } from '../../shared/outcome.ts'
import type { Intake, ReceivedFile } from './intake.ts'
import type { ExchangeMessage, LetterName, NoticeKind } from './message.ts'

/** How letters go to another agency. */
export type ExchangeWay = 'e-cms' | 'e-mail'

/**
 * A way between agencies. What an adapter cannot do is null in it, so that whoever uses it has to decide: e-mail has
 * no status of what was sent and nothing to withdraw, and its confirmations are replies by people (trap 25).
 *
 * Refusals of all: exchange-unreachable and exchange-node-fault, which may pass and leave open whether the message was
 * taken; exchange-refused, which says that it was not; exchange-answer-odd.
 */
export interface ExchangeGateway {
  readonly way: ExchangeWay
  /** Notices that it carries by itself; the others are a person's to write. */
  readonly notices: readonly NoticeKind[]
  /** How long one question may take, in milliseconds. */
  readonly patienceMs: number
  /** Hands a message over; returns what the exchange calls it from then on. Refuses file-missing as well. */
  send(message: ExchangeMessage): Promise<Outcome<SentReceipt>>
  /** The next item that waits for us, its bytes put into `intake`; null when none waits. Asking again gives it again. */
  poll(intake: Intake): Promise<Outcome<IncomingItem | null>>
  /** Tells that an item is stored here for good: the exchange forgets it. */
  acknowledge(receipt: string): Promise<Outcome<null>>
  /** What the exchange knows of what was sent; null where nobody can be asked. */
  readonly sentItems: (() => Promise<Outcome<SentItem[]>>) | null
  /** Takes back a letter that was rejected or invalid, so that it can be sent again; null where sent is sent. */
  readonly withdraw: ((letter: SentLetter) => Promise<Outcome<null>>) | null
  /** Ends questions that wait for an answer: each is refused as exchange-unreachable. */
  close(): void
}

/** What the exchange calls a message that it took. */
interface SentReceipt {
  /** ProcessID, or a mail's Message-ID. */
  readonly receipt: string
}

/** One message that the exchange took from us. */
export interface SentItem extends SentReceipt {
  readonly letterNumber: string
  /** In the exchange's own words, which nobody has explained. */
  readonly status: string
}

/** A letter of ours at another agency. */
export interface SentLetter extends Pick<LetterName, 'number' | 'date'> {
  readonly receiverDepartmentId: string
}

/** An item that waited for us. */
export interface IncomingItem {
  /** What acknowledges it. */
  readonly receipt: string
  /** Just what came, every byte of it up to the limit: the evidence, whatever the rest makes of it. */
  readonly evidence: ReceivedFile
  /** Files taken out of it; those that its letter names are among them. */
  readonly files: readonly ReceivedFile[]
  /** What it says, or why nobody may use it: exchange-item-malformed, exchange-item-too-large. */
  readonly message: Outcome<ExchangeMessage>
}
