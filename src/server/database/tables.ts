import type { ColumnType, Generated } from 'kysely'
import type { LetterEvent } from '../../shared/contract/letter.ts'
import type { OfficeEvent } from '../../shared/contract/office.ts'
import type { Organisation } from '../../shared/contract/organisation.ts'
import type { AudienceToken } from '../../shared/domain/audience.ts'
import type { Letter, LetterStage } from '../../shared/domain/letter.ts'
import type { Disposal, DisposalStage } from '../../shared/domain/office/disposal.ts'
import type { Refusal } from '../../shared/outcome.ts'
import type { ExchangeWay } from '../exchange/gateway.ts'
import type { ExchangeLetter, ExchangeMessage, NoticeKind } from '../exchange/message.ts'

/** A jsonb column: read as a value, written as JSON text. */
type Json<Value> = ColumnType<Value, string, string>
type Moment = ColumnType<Date, Date | string, Date | string>

/** A person's account; `personId` is the user name and the person's id in the organisation. */
interface AccountTable {
  personId: string
  /** argon2id in PHC form. */
  passwordHash: string
}

/** Wrong passwords in a row for a user name, known or not. */
interface SignInFailureTable {
  username: string
  failures: number
  lockedUntil: Moment | null
}

interface DeviceTable {
  id: string
  personId: string
  name: string
  lastSignInAt: Moment
  revokedAt: Moment | null
}

interface SessionTable {
  id: string
  personId: string
  deviceId: string
  startedAt: Generated<Date>
  endedAt: Moment | null
}

/** Access and refresh tokens by their SHA-256; a refresh token is spent once. */
interface SessionTokenTable {
  hash: string
  sessionId: string
  kind: 'access' | 'refresh'
  expiresAt: Moment
  spentAt: Moment | null
}

/** Every command that was answered, so that sending it again gives the first answer. */
interface CommandTable {
  id: string
  bodyHash: string
  personId: string
  /** The letter, or the other log, that it was about. */
  letterId: string | null
  stream: string | null
  refusal: Json<Refusal> | null
  firstVersion: number | null
  lastVersion: number | null
  answeredAt: Moment
}

/** The log: the authority from which everything about letters can be made again. */
interface LetterEventTable {
  letterId: string
  version: number
  event: Json<LetterEvent>
}

/** Letters folded from the log, for queries. */
interface LetterTable {
  id: string
  version: number
  stage: LetterStage
  subject: string
  unitId: string
  registerId: string
  numberText: string | null
  numberDate: string | null
  changedAt: Moment
  /** Tokens of those who may see the letter now. */
  audience: string[]
  letter: Json<Letter>
}

/** Which files a letter's revisions are. */
interface LetterFileTable {
  letterId: string
  sha256: string
}

interface RegisterCounterTable {
  registerId: string
  buddhistYear: number
  lastSerial: number
}

/** The registers (ทะเบียน): a row for each number that a letter was given, sent or received, never removed. */
interface RegisterEntryTable {
  registerId: string
  buddhistYear: number
  serial: number
  number: string
  date: string
  /** Null for what an older system's register had. */
  letterId: string | null
  subject: string
  addressee: string
  state: 'issued' | 'cancelled'
  /** Why it was cancelled. */
  reason: string
  /** The class of secrecy as a number: above 0 the subject is masked for whoever is not cleared. */
  secrecy: number
  /** จาก, ที่ and ลงวันที่ of a letter that was received. */
  sender: string
  senderNumber: string
  senderDate: string | null
  /** Sender, number and date in one form, by which the same letter is found again. */
  senderKey: string | null
  /** การปฏิบัติ and หมายเหตุ, as an older system's register had them. */
  practice: string
  remarks: string
}

/** Numbers set aside (จองเลข), folded from the registers' own logs; a letter that took one has a register entry. */
interface ReservationTable {
  registerId: string
  buddhistYear: number
  serial: number
  number: string
  date: string
  until: Moment
  state: 'reserved' | 'cancelled'
  reservedBy: string
  owner: string
  reason: string
  cancelledFor: string
}

/** The logs of everything but letters: `organisation`, `register:ID`, `disposal:ID`. */
interface OfficeEventTable {
  stream: string
  version: number
  event: Json<OfficeEvent>
}

/** Disposals (ข้อ 66–70), folded from their logs. */
interface DisposalTable {
  id: string
  version: number
  unitId: string
  year: number
  stage: DisposalStage
  disposal: Json<Disposal>
}

interface FeedTable {
  seq: number
  kind: 'events' | 'retract' | 'organisation'
  letterId: string | null
  fromVersion: number | null
  toVersion: number | null
  audience: string[]
}

/** One row: the last entry of the feed. Whoever appends locks it, so the feed is dense and in commit order. */
interface FeedHeadTable {
  id: number
  seq: number
  /** Another one after each restore: cursors of an earlier epoch mean nothing. */
  epoch: Generated<string>
}

interface FileTable {
  sha256: string
  bytes: number
  storedAt: Generated<Date>
  /** What reading it as a PDF gave: null for not looked at yet. */
  reading: Json<{ refusal: Refusal | null }> | null
}

/** People who brought a whole file themselves, and so may use it. */
interface FileUploaderTable {
  sha256: string
  personId: string
  /** When they brought it last. */
  broughtAt: Generated<Date>
}

interface OrganisationTable {
  id: number
  version: number
  organisation: Json<Organisation>
}

/** Certificates that signatures must chain to. */
interface TrustTable {
  pem: string
}

/** The tokens that a person carried when the feed was last made complete for them. */
interface PersonTokensTable {
  personId: string
  tokens: string[]
}

/** What other agencies sent: letters that the registry clerk registers or rejects, and what could not be read. */
interface ExchangeItemTable {
  id: string
  way: ExchangeWay
  /** What the exchange calls it. */
  receipt: string
  state: 'arrived' | 'registered' | 'rejected' | 'invalid' | 'quarantined'
  /** Null for what could not be read or was no letter. */
  letter: Json<ExchangeLetter> | null
  /** SHA-256 over what it says, by which two deliveries of the same are known. */
  fingerprint: string
  senderDepartment: string | null
  letterNumber: string | null
  letterDate: string | null
  /** Why it is in quarantine. */
  refusal: Json<Refusal> | null
  receiveNumber: string | null
  /** When the sender said that the receive number is wrong. */
  numberDisputedAt: Moment | null
  /** The clerks of the central registry who may see it: all, or those who are cleared for its class. */
  audience: AudienceToken
  /** The bytes as they came. */
  evidenceSha256: string
  arrivedAt: Moment
  settledAt: Moment | null
}

/** The files of a letter that another agency sent, and who may use them. */
interface ExchangeItemFileTable {
  sha256: string
  itemId: string
  audience: AudienceToken
}

/** Dispatches by the exchange, written with the event that records them and queued soon after. */
interface ExchangeDispatchTable {
  dispatchId: string
  letterId: string
  /** Why it could not be queued. */
  refusal: Json<Refusal> | null
  settledAt: Moment | null
}

/** What goes to other agencies: letters, and notices about items. */
interface ExchangeOutboxTable {
  id: string
  way: ExchangeWay
  kind: ExchangeMessage['kind']
  /** Our letter, for a letter. */
  letterId: string | null
  /** The dispatch in the letter's log, and which of its recipients this is. */
  dispatchId: string | null
  recipient: number | null
  /** The item that a notice is about. */
  itemId: string | null
  letterNumber: string
  letterDate: string
  /** The department that gets it. */
  department: string
  message: Json<ExchangeMessage>
  /** The row that was rejected and in whose place this one is sent. */
  replaces: string | null
  /** `doubtful`: perhaps sent, and nobody can be asked; a person decides. */
  state: 'waiting' | 'sent' | 'refused' | 'doubtful' | 'replaced'
  /** Whether it may have been sent: an attempt has begun and its end is unknown. */
  uncertain: boolean
  attempts: number
  /** Also how long nobody else may try while an attempt is under way. */
  nextAttemptAt: Moment
  receipt: string | null
  /** The exchange's own words on it. */
  status: string | null
  refusal: Json<Refusal> | null
  queuedAt: Moment
  sentAt: Moment | null
}

/** What other agencies said about our letters. */
interface ExchangeConfirmationTable {
  id: string
  outboxId: string
  kind: NoticeKind
  /** The receive number; empty for the kinds that have none. */
  number: string
  at: Moment
  /** When the domain was told; null while it has to be. */
  toldAt: Moment | null
  evidenceSha256: string
}

/** The database's tables, as Kysely sees them (camelCase here, snake_case in SQL). */
export interface Tables {
  account: AccountTable
  signInFailure: SignInFailureTable
  device: DeviceTable
  session: SessionTable
  sessionToken: SessionTokenTable
  command: CommandTable
  letterEvent: LetterEventTable
  letter: LetterTable
  letterFile: LetterFileTable
  registerCounter: RegisterCounterTable
  registerEntry: RegisterEntryTable
  reservation: ReservationTable
  officeEvent: OfficeEventTable
  disposal: DisposalTable
  feed: FeedTable
  feedHead: FeedHeadTable
  file: FileTable
  fileUploader: FileUploaderTable
  organisation: OrganisationTable
  trust: TrustTable
  personTokens: PersonTokensTable
  exchangeItem: ExchangeItemTable
  exchangeItemFile: ExchangeItemFileTable
  exchangeDispatch: ExchangeDispatchTable
  exchangeOutbox: ExchangeOutboxTable
  exchangeConfirmation: ExchangeConfirmationTable
}
