import { z } from 'zod'
import { plainFileName, plainLine, plainText } from '../thai/plainText.ts'

/** SHA-256 of a file or event, in lower-case hexadecimal. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)
const uuid = z.uuid()
const key = z.string().min(1).max(64)

/** A line that a person typed: a subject, an addressee. */
export const lineSchema = (maximum: number) => z.string().overwrite(plainLine).trim().min(1).max(maximum)
/** What a person wrote to others; it may be empty. */
export const noteSchema = z.string().overwrite(plainText).trim().max(2000)
/** Why a letter is returned. */
export const reasonSchema = noteSchema.min(1)

/** Urgency (ชั้นความเร็ว, ข้อ 28): ปกติ, ด่วน, ด่วนมาก, ด่วนที่สุด. */
export const urgencySchema = z.enum(['normal', 'urgent', 'very-urgent', 'most-urgent'])

/** Kind of letter (ข้อ 10). The walking parts need the internal memo and the external letter. */
export const letterKindSchema = z.enum(['internal', 'external'])

/** One revision of a letter's file: the untouched earlier bytes plus an appended part. */
const revisionSchema = z.object({
  sha256: sha256Schema,
  bytes: z.number().int().positive(),
  /** The revision that this one extends; null for the imported file. */
  extends: sha256Schema.nullable(),
})

const draft = z.object({
  type: z.literal('draft'),
  kind: letterKindSchema,
  subject: lineSchema(500),
  /** To whom the letter speaks (เรียน), as printed. */
  addressee: lineSchema(300),
  urgency: urgencySchema,
  unitId: key,
  registerId: key,
  fileName: z.string().overwrite(plainFileName).min(1).max(200),
  pageCount: z.number().int().positive(),
  revision: revisionSchema,
})
const propose = z.object({
  type: z.literal('propose'),
  to: key,
  note: noteSchema,
})
const bindNumber = z.object({ type: z.literal('bind-number') })
const sign = z.object({ type: z.literal('sign'), revision: revisionSchema })
const returnLetter = z.object({ type: z.literal('return'), reason: reasonSchema })
const forward = z.object({
  type: z.literal('forward'),
  to: key,
  note: noteSchema,
})

/** Levels to which a signature is raised (ETSI EN 319 142-1): its time proven, then its whole validity. */
export const augmentedLevelSchema = z.enum(['B-T', 'B-LT', 'B-LTA'])

/** What the server asks of itself: to put a longer-lived file in the place of the one that was signed last. */
const augment = z.object({
  type: z.literal('augment'),
  revision: revisionSchema,
  level: augmentedLevelSchema,
})

/** What a person asks for. */
const commandBodySchema = z.discriminatedUnion('type', [
  draft,
  propose,
  bindNumber,
  sign,
  returnLetter,
  forward,
])

/** A command as it waits in the outbox and reaches the server. `id` is a UUIDv7; sending it twice is harmless. */
export const commandSchema = z.object({
  id: uuid,
  letterId: uuid,
  /** The position acted for; null for staff acting as the author. */
  positionId: key.nullable(),
  /** The client's clock, corrected by nothing; kept as evidence only. */
  clientTime: z.iso.datetime(),
  body: commandBodySchema,
})

const leg = z.object({
  id: z.string(),
  from: key.nullable(),
  to: key,
  note: z.string(),
  /** People who see the letter because they serve the position addressed. */
  copies: z.array(z.object({ personId: key, reason: z.literal('secretary') })),
})

/** The certificate that a signature was made with, as the server saw it. */
const signerSchema = z.object({
  commonName: z.string(),
  email: z.string().nullable(),
  serial: z.string(),
  fingerprint: sha256Schema,
})

/** What happened. */
const eventBodySchema = z.discriminatedUnion('type', [
  draft.omit({ type: true }).extend({ type: z.literal('drafted') }),
  z.object({ type: z.literal('proposed'), leg }),
  z.object({
    type: z.literal('number-bound'),
    registerId: key,
    buddhistYear: z.number().int(),
    serial: z.number().int().positive(),
    /** The whole number in Arabic digits, `สปสช 5.30/1247`; printed in Thai digits. */
    text: z.string(),
    /** The letter's date in the Gregorian calendar, a day in Bangkok. */
    date: z.iso.date(),
  }),
  z.object({ type: z.literal('signed'), legId: z.string(), revision: revisionSchema, signer: signerSchema }),
  augment.extend({ type: z.literal('augmented') }),
  z.object({ type: z.literal('returned'), legId: z.string(), reason: z.string() }),
  z.object({ type: z.literal('forwarded'), fromLegId: z.string(), leg }),
])

/** An event in a letter's log: the audit trail and the timeline at once. `hash` chains to `previousHash`. */
export const letterEventSchema = z.object({
  letterId: uuid,
  /** 1 for the first event of a letter, then without gaps. */
  version: z.number().int().positive(),
  commandId: uuid,
  actor: key,
  positionId: key.nullable(),
  /** The holder for whom a secretary acted; null when people act for themselves. */
  onBehalfOf: key.nullable(),
  device: z.string(),
  clientTime: z.iso.datetime(),
  serverTime: z.iso.datetime(),
  body: eventBodySchema,
  previousHash: sha256Schema.nullable(),
  hash: sha256Schema,
})

export type Urgency = z.infer<typeof urgencySchema>
export type LetterKind = z.infer<typeof letterKindSchema>
export type Revision = z.infer<typeof revisionSchema>
export type CommandBody = z.infer<typeof commandBodySchema>
export type Command = z.infer<typeof commandSchema>
/** The actor of what the server does by itself. */
export const SERVER_ACTOR = 'server'
/** A command that no client may send: its body is no part of commandSchema. */
export type ServerCommand = Omit<Command, 'body'> & { readonly body: z.infer<typeof augment> }
export type AugmentedLevel = z.infer<typeof augmentedLevelSchema>
export type Signer = z.infer<typeof signerSchema>
export type EventBody = z.infer<typeof eventBodySchema>
export type LetterEvent = z.infer<typeof letterEventSchema>
