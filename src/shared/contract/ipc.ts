import { z } from 'zod'
import type { Outcome } from '../outcome.ts'
import { plainText } from '../thai/plainText.ts'
import {
  letterKindSchema,
  lineSchema,
  noteSchema,
  reasonSchema,
  sha256Schema,
  urgencySchema,
} from './letter.ts'
import type { Organisation } from './organisation.ts'
import { searchFiltersSchema } from './search.ts'
import type {
  Account,
  FoundLetters,
  ImportedFile,
  LetterDetail,
  LetterRow,
  SignatureResult,
  SigningPlan,
  SigningProgress,
  SyncState,
  TokenState,
  Tray,
  WaitingCommand,
} from './views.ts'

const nothing = z.undefined().or(z.null()).optional()
const letterId = z.uuid()

const languageSchema = z.enum(['th', 'en'])
export const settingsSchema = z.object({
  language: languageSchema,
  /** Digits in lists and counts; paper always has Thai digits. */
  digits: z.enum(['arabic', 'thai']),
  /** 1 is 100 %. */
  zoom: z.number().min(0.8).max(2),
})

/** A folder of the in-tray or of one's own letters. */
const folderSchema = z.enum(['to-sign', 'followed', 'drafts', 'returned', 'signed'])

/** A rectangle on a page in points, origin lower left of the page as shown. */
const rectangleSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
})

/**
 * Every request that the renderer may make of the main process: its input's shape. The gateway refuses what does
 * not fit, and any sender but the app's own page. Answers are typed in IpcAnswers.
 */
export const ipcInputs = {
  'session.state': nothing,
  'session.sign-in': z.object({
    username: z.string().trim().min(1).max(64),
    password: z.string().min(1).max(256),
  }),
  'session.sign-out': nothing,
  'settings.get': nothing,
  'settings.set': settingsSchema.partial(),
  'organisation.get': nothing,
  'trays.list': nothing,
  'letters.list': z.object({
    folder: folderSchema,
    /** The position whose tray it is; null for one's own letters. */
    positionId: z.string().nullable(),
  }),
  'letters.get': z.object({ letterId }),
  /** Opens the system's file dialog; null when it was closed without a choice. */
  'files.choose': nothing,
  /** A file that was dropped on the window. */
  'files.drop': z.object({ name: z.string().min(1).max(255), bytes: z.instanceof(Uint8Array) }),
  /** Composes บันทึกข้อความ as a PDF from its parts. */
  'files.compose-memo': z.object({
    subject: lineSchema(500),
    addressee: lineSchema(300),
    paragraphs: z.array(z.string().overwrite(plainText).max(5000)).min(1).max(50),
    signerPositionId: z.string(),
  }),
  'letters.draft': z.object({
    fileSha256: sha256Schema,
    kind: letterKindSchema,
    subject: lineSchema(500),
    addressee: lineSchema(300),
    // ด่วนภายใน needs its day and time as well.
    urgency: urgencySchema.exclude(['within']),
  }),
  'letters.propose': z.object({ letterId, to: z.string(), note: noteSchema }),
  'letters.return': z.object({
    letterId,
    positionId: z.string(),
    reason: reasonSchema,
  }),
  'letters.forward': z.object({
    letterId,
    positionId: z.string(),
    to: z.string(),
    note: noteSchema,
  }),
  'letters.save-copy': z.object({ letterId }),
  'tokens.list': nothing,
  'signing.plan': z.object({ letterId, positionId: z.string() }),
  'signing.sign': z.object({
    letterId,
    positionId: z.string(),
    tokenSerial: z.string(),
    /** Absent when it is shown only after the PIN (TokenState.certificatesNeedPin). */
    certificateId: z.string().optional(),
    /** Absent when it is typed on the reader (TokenState.protectedPath). */
    pin: z.string().max(256).optional(),
    /** The hash that the plan showed; another current file is refused. */
    sha256: sha256Schema,
    block: z.object({ page: z.number().int().positive(), place: rectangleSchema }).nullable(),
  }),
  'signing.cancel': nothing,
  'sync.state': nothing,
  'sync.now': nothing,
  'outbox.list': nothing,
  /** Gives up a refused command; its text stays in the list of what was refused until then. */
  'outbox.discard': z.object({ commandId: z.uuid() }),
  /** Letters on this device that have every word and pass the filters; `before` is the `next` of the page before. */
  'search.find': z.object({
    text: z.string().max(200),
    filters: searchFiltersSchema,
    before: z.number().int().nullable(),
  }),
  /** What was searched for on this device; it never leaves it. */
  'search.recent': nothing,
  'search.remember': z.object({ text: z.string().max(200) }),
  'search.forget': nothing,
} as const satisfies Record<string, z.ZodType>

export type IpcChannel = keyof typeof ipcInputs
export type IpcInput<Channel extends IpcChannel> = z.infer<(typeof ipcInputs)[Channel]>
export type Settings = z.infer<typeof settingsSchema>
export type Folder = z.infer<typeof folderSchema>

/** What each request answers. */
export interface IpcAnswers {
  'session.state': { serverName: string; account: Account | null }
  'session.sign-in': Outcome<Account>
  'session.sign-out': Outcome<null>
  'settings.get': Settings
  'settings.set': Settings
  'organisation.get': Organisation | null
  'trays.list': Tray[]
  'letters.list': LetterRow[]
  'letters.get': Outcome<LetterDetail>
  'files.choose': Outcome<ImportedFile | null>
  'files.drop': Outcome<ImportedFile>
  'files.compose-memo': Outcome<ImportedFile>
  'letters.draft': Outcome<{ letterId: string }>
  'letters.propose': Outcome<null>
  'letters.return': Outcome<null>
  'letters.forward': Outcome<null>
  'letters.save-copy': Outcome<{ saved: boolean }>
  'tokens.list': Outcome<TokenState[]>
  'signing.plan': Outcome<SigningPlan>
  'signing.sign': Outcome<SignatureResult>
  'signing.cancel': null
  'sync.state': SyncState
  'sync.now': null
  'outbox.list': WaitingCommand[]
  'outbox.discard': Outcome<null>
  'search.find': FoundLetters
  'search.recent': string[]
  'search.remember': string[]
  'search.forget': string[]
}

/** What the main process tells the renderer unasked. */
export interface IpcPushes {
  /** Letters, trays or the organisation changed: queries are stale. */
  changed: { letterIds: string[] }
  'sync.state': SyncState
  'signing.progress': SigningProgress
  'tokens.changed': null
  /** The session ended (sign-out, revoked device). */
  'session.ended': null
}

export type IpcPush = keyof IpcPushes

/** The bridge that preload puts on `window.saraban`. */
export interface SarabanBridge {
  call<Channel extends IpcChannel>(channel: Channel, input?: IpcInput<Channel>): Promise<IpcAnswers[Channel]>
  /** Listens to a push; returns how to stop. */
  on<Push extends IpcPush>(push: Push, listener: (message: IpcPushes[Push]) => void): () => void
}

/** Where the renderer reads a file's bytes: the app's own scheme, answered from the encrypted store. */
export const fileUrl = (sha256: string): string => `app://saraban/file/${sha256}`
