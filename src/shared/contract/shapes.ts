import { z } from 'zod'
import { emptyLineSchema, keySchema, lineSchema, sha256Schema } from './facts.ts'
import { daySchema, momentSchema } from './times.ts'

export { daySchema, momentSchema } from './times.ts'

/** What is made within a letter (a leg, a delivery, a dispatch) is known by the id of the command that made it. */
export const partIdSchema = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,127}$/)

/** Where a letter is filed from the beginning: the unit and the register that numbers it. */
export const filingShape = { unitId: keySchema, registerId: keySchema }

/** How an electronic signature looks (slide วิธีการกำหนดลายเซ็น). */
export const signatureLookSchema = z.enum(['typed', 'drawn', 'image'])
/** The ways in which letters come and go. */
export const waySchema = z.enum(['system', 'email', 'post', 'hand', 'e-cms'])

/** What the sender wrote on a letter from outside (แบบที่ 13). */
export const senderSchema = z.object({
  /** จาก: the position, agency or person. */
  from: lineSchema(300),
  agencyId: keySchema.nullable(),
  /** ที่; empty when it has none. */
  number: emptyLineSchema(100),
  /** ลงวันที่. */
  date: daySchema.nullable(),
})
/** What a recipient said: arrived, registered with its number, or that something is wrong. */
export const confirmationSchema = z.object({
  dispatchId: partIdSchema,
  recipient: z.number().int().min(0).max(500),
  state: z.enum(['arrived', 'registered', 'rejected', 'invalid']),
  number: emptyLineSchema(100),
  at: momentSchema,
  evidence: emptyLineSchema(300),
})
/** Levels to which a signature is raised (ETSI EN 319 142-1): its time proven, then its whole validity. */
export const augmentedLevelSchema = z.enum(['B-T', 'B-LT', 'B-LTA'])

/** A running number; what a register counts fits four bytes. */
export const serialSchema = z.number().int().positive().max(2_147_483_647)

/** A number that the server gave in a register, with its date. */
export const boundNumberSchema = z.object({
  registerId: keySchema,
  /** The Buddhist year of the register's period; 0 where its numbers never begin again. */
  buddhistYear: z.number().int(),
  serial: serialSchema,
  /** The whole number in Arabic digits, `สปสช 5.30/1247`; printed in Thai digits. */
  text: z.string(),
  date: daySchema,
})

/** The certificate that a signature was made with, as the server saw it. */
export const signerSchema = z.object({
  commonName: z.string(),
  email: z.string().nullable(),
  serial: z.string(),
  fingerprint: sha256Schema,
})

/** What a signature was given for (พ.ร.บ.ธุรกรรมทางอิเล็กทรอนิกส์ ม. 9: เจตนา). */
const intentSchema = z.enum(['propose', 'check', 'opinion', 'order', 'sign'])

/**
 * The three elements that make an electronic signature (ม. 9; slide ลายมือชื่ออิเล็กทรอนิกส์ 1–3): whose it is, with what
 * intent, by what method. `assurance` is its class by ขมธอ. 23-2563: 1 general, 3 by a certificate of a CA.
 */
export const signatureElementsSchema = z.object({
  who: z.object({ personId: keySchema, name: z.string(), positionId: keySchema.nullable() }),
  intent: intentSchema,
  method: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('electronic'), assurance: z.literal(1), look: signatureLookSchema }),
    z.object({ kind: z.literal('digital'), assurance: z.literal(3), signer: signerSchema }),
  ]),
})

export type SignatureLook = z.infer<typeof signatureLookSchema>
export type Way = z.infer<typeof waySchema>
export type Sender = z.infer<typeof senderSchema>
export type Confirmation = z.infer<typeof confirmationSchema>
export type AugmentedLevel = z.infer<typeof augmentedLevelSchema>
export type BoundNumber = z.infer<typeof boundNumberSchema>
export type Signer = z.infer<typeof signerSchema>
export type Intent = z.infer<typeof intentSchema>
export type SignatureElements = z.infer<typeof signatureElementsSchema>
