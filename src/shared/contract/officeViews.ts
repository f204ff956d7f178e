import { z } from 'zod'
import { officeEventSchema } from './office.ts'
import { registerUseSchema } from './organisation.ts'
import { boundNumberSchema, daySchema, momentSchema, waySchema } from './shapes.ts'

/** A register as its keepers see it in the list of registers. */
const registerViewSchema = z.object({
  id: z.string(),
  title: z.string(),
  unitId: z.string(),
  use: registerUseSchema,
  secret: z.boolean(),
  /** Whether the reader keeps it, and so may read its entries; the central registry knows of all. */
  mine: z.boolean(),
  /** The period that it is in now, as a Buddhist year; 0 where its numbers never begin again. */
  buddhistYear: z.number().int(),
  /** Every period in which it has given numbers, the latest first. */
  years: z.array(z.number().int()),
})
export const registerListSchema = z.object({ registers: z.array(registerViewSchema) })

/** การปฏิบัติ: what was done with a letter after it was registered, in the order in which it was done. */
const practiceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('delivered'),
    at: momentSchema,
    unitId: z.string(),
    state: z.enum(['sent', 'received', 'recalled', 'returned']),
    /** The receiving unit's number. */
    receipt: boundNumberSchema.nullable(),
  }),
  z.object({
    kind: z.literal('dispatched'),
    at: momentSchema,
    way: waySchema,
    recipient: z.string(),
    /** What the recipient said last, with its number where it gave one. */
    confirmed: z.object({ state: z.string(), number: z.string(), at: momentSchema }).nullable(),
    withdrawn: z.boolean(),
  }),
  /** The letter by which it was answered (ข้อ 38). */
  z.object({ kind: z.literal('answered'), letterId: z.uuid(), number: z.string(), date: daySchema }),
  z.object({ kind: z.literal('gone'), how: z.enum(['destroyed', 'handed-to-archives']) }),
  /** As an older system's register said it. */
  z.object({ kind: z.literal('written'), text: z.string() }),
])

/** A row of a register (แบบที่ 13, 14), cancelled and reserved numbers among them. */
const registerEntrySchema = z.object({
  serial: z.number().int(),
  number: z.string(),
  date: daySchema,
  /** `expired` for a reserved number that ran out and is about to be cancelled. */
  state: z.enum(['issued', 'cancelled', 'reserved', 'expired']),
  /** Why it was cancelled. */
  reason: z.string(),
  letterId: z.uuid().nullable(),
  /** จาก, ที่, ลงวันที่ of what was received; จาก is the unit's name for what was sent. */
  from: z.string(),
  senderNumber: z.string(),
  senderDate: daySchema.nullable(),
  to: z.string(),
  /** Masked for whoever is not cleared for it. */
  subject: z.string(),
  practice: z.array(practiceSchema),
  remarks: z.string(),
  /** For whom, by whom, why and until when a number is set aside. */
  reserved: z
    .object({ owner: z.string(), by: z.string(), reason: z.string(), until: momentSchema })
    .nullable(),
})
export const registerPageSchema = z.object({
  entries: z.array(registerEntrySchema),
  /** The serial after which to read on; null at the end. */
  next: z.number().int().nullable(),
})

/** A page of one of the office's logs. */
export const officeLogSchema = z.object({
  events: z.array(officeEventSchema),
  next: z.number().int().nullable(),
})

const disposalViewSchema = z.object({
  id: z.uuid(),
  unitId: z.string(),
  year: z.number().int(),
  stage: z.enum(['listed', 'examined', 'viewed', 'approved', 'answered', 'carried-out']),
  listedAt: momentSchema,
  letters: z.number().int(),
})
export const disposalListSchema = z.object({ disposals: z.array(disposalViewSchema) })

/** A letter that is over, or 20 years old, as it stands on บัญชีหนังสือขอทำลาย (แบบที่ 25). */
const disposalLetterSchema = z.object({
  id: z.uuid(),
  number: z.string(),
  date: daySchema.nullable(),
  subject: z.string(),
  classId: z.string(),
  keptUntil: z.number().int().nullable(),
  /** Whether it may be destroyed, or is only offered to the National Archives (ข้อ 58). */
  fate: z.enum(['destroy', 'offer']),
  /** What became of it, once it was carried out. */
  gone: z.enum(['destroyed', 'handed-to-archives']).nullable(),
})
export const candidatesSchema = z.object({
  letters: z.array(disposalLetterSchema),
  /** The days by which the survey (ข้อ 66) and the offer to the National Archives (ข้อ 58) are due. */
  surveyDue: daySchema,
  archivesDue: daySchema,
  /** The letter after which to read on; null at the end. */
  next: z.uuid().nullable(),
})

const person = z.object({ personId: z.string(), at: momentSchema, note: z.string() })
export const disposalSchema = z.object({
  ...disposalViewSchema.omit({ letters: true }).shape,
  listedBy: z.string(),
  committee: z.object({ chair: z.string(), members: z.array(z.string()) }).nullable(),
  views: z.array(person.extend({ keep: z.array(z.uuid()) })),
  approved: person.extend({ positionId: z.string(), archivesUntil: daySchema }).nullable(),
  wanted: z.array(z.uuid()).nullable(),
  carriedOut: z.object({ personId: z.string(), at: momentSchema }).nullable(),
  letters: z.array(disposalLetterSchema),
})

export type RegisterView = z.infer<typeof registerViewSchema>
export type Practice = z.infer<typeof practiceSchema>
export type RegisterEntryView = z.infer<typeof registerEntrySchema>
export type DisposalLetterView = z.infer<typeof disposalLetterSchema>
export type DisposalView = z.infer<typeof disposalViewSchema>
export type DisposalDetail = z.infer<typeof disposalSchema>
