import { z } from 'zod'
import { plainFileName, plainLine, plainText } from '../thai/plainText.ts'
import { daySchema, momentSchema } from './times.ts'

/** SHA-256 of a file or event, in lower-case hexadecimal. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)
/**
 * What is known by an id of its own: a command, a letter, an item. One way of writing (RFC 9562 §4), since a database
 * takes `A0` and `a0` for the same id and a table in memory does not.
 */
export const idSchema = z.uuid().lowercase()
/** An identifier chosen by the administrator: of a person, a position, a unit, a register. */
export const keySchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)

/** A line that a person typed: a subject, an addressee. */
export const lineSchema = (maximum: number) => z.string().overwrite(plainLine).trim().min(1).max(maximum)
/** A line that may be left empty. */
export const emptyLineSchema = (maximum: number) => z.string().overwrite(plainLine).trim().max(maximum)
/** What a person wrote to others; it may be empty. */
export const noteSchema = z.string().overwrite(plainText).trim().max(2000)
/** Why something is returned, recalled, cancelled or corrected. */
export const reasonSchema = noteSchema.min(1)
/** A file's name without folders. */
const fileNameSchema = z.string().overwrite(plainFileName).min(1).max(200)

/**
 * Urgency (ชั้นความเร็ว, ข้อ 28): ปกติ, ด่วน, ด่วนมาก, ด่วนที่สุด, and ด่วนภายใน with a day and a time, which stands in
 * `dueAt`.
 */
export const urgencySchema = z.enum(['normal', 'urgent', 'very-urgent', 'most-urgent', 'within'])

/** The six kinds of letters (ข้อ 10): ภายนอก, ภายใน, ประทับตรา, สั่งการ, ประชาสัมพันธ์, ที่เจ้าหน้าที่ทำขึ้นหรือรับไว้เป็นหลักฐาน. */
export const letterKindSchema = z.enum([
  'external',
  'internal',
  'stamped',
  'directive',
  'publicity',
  'record',
])

/** The form within a kind (ข้อ 10–25): คำสั่ง ระเบียบ ข้อบังคับ, ประกาศ แถลงการณ์ ข่าว, หนังสือรับรอง รายงานการประชุม บันทึก. */
export const letterFormSchema = z.enum([
  'letter',
  'petition',
  'order',
  'regulation',
  'by-law',
  'announcement',
  'statement',
  'news',
  'certificate',
  'minutes',
  'note',
  'other',
])

/** Secrecy (ชั้นความลับ): none, ลับ, ลับมาก, ลับที่สุด. */
export const secrecySchema = z.enum(['none', 'confidential', 'secret', 'top-secret'])

/** What a letter is part of, where a rule depends on it: จัดซื้อจัดจ้าง, ดำเนินคดี, ดำเนินการทางวินัย. */
export const matterSchema = z.enum(['general', 'procurement', 'litigation', 'discipline'])

/**
 * Why a letter has to be kept in the system (slide วิธีการจัดส่งหนังสือ 1.1–1.3): หลักฐานทางการเงิน, หลักฐานทางกฎหมาย,
 * ข้อมูลกลางในการสืบค้น; or none of them.
 */
const evidenceClassSchema = z.enum(['financial', 'legal', 'reference', 'other'])

/** One revision of a letter's file: the untouched earlier bytes plus an appended part. */
export const revisionSchema = z.object({
  sha256: sha256Schema,
  bytes: z.number().int().positive(),
  /** The revision that this one extends; null for a file that begins a chain. */
  extends: sha256Schema.nullable(),
})

/** A letter referred to (อ้างถึง): which agency's, its number and date; `letterId` when it is in the system. */
const referenceSchema = z.object({
  agency: emptyLineSchema(200),
  number: lineSchema(100),
  date: daySchema.nullable(),
  letterId: idSchema.nullable(),
})

/** Something sent along (สิ่งที่ส่งมาด้วย): its name, how many, and its file where it has one. */
const enclosureSchema = z.object({
  title: lineSchema(300),
  quantity: z.number().int().min(1).max(9999),
  file: z
    .object({ sha256: sha256Schema, bytes: z.number().int().positive(), name: fileNameSchema })
    .nullable(),
})

/** What a letter says of itself (ข้อ 11–25), whoever wrote it. */
export const letterFactsSchema = z.object({
  kind: letterKindSchema,
  form: letterFormSchema,
  subject: lineSchema(500),
  /** To whom the letter speaks (เรียน, ถึง), as printed. */
  addressee: lineSchema(300),
  /** คำขึ้นต้น and คำลงท้าย; empty where the kind has none. */
  salutation: emptyLineSchema(100),
  closing: emptyLineSchema(200),
  urgency: urgencySchema,
  /** When it has to be dealt with: always there with `within`; otherwise where somebody set a day. */
  dueAt: momentSchema.nullable(),
  secrecy: secrecySchema,
  matter: matterSchema,
  evidenceClass: evidenceClassSchema,
  /** หนังสือเวียน: the number carries ว. */
  circular: z.boolean(),
  /** Money that the letter asks for or grants, in baht; what a delegate may sign can depend on it. */
  amount: z.number().nonnegative().max(1e12).nullable(),
  references: z.array(referenceSchema).max(50),
  /** The letter that this one answers, where it is in the system. */
  repliesTo: idSchema.nullable(),
  enclosures: z.array(enclosureSchema).max(100),
  /** สำเนาส่ง: who else gets a copy, as printed. */
  copiesTo: z.array(lineSchema(200)).max(100),
  /** เจ้าของเรื่อง with telephone and e-mail, as printed; empty for the unit's own. */
  contact: emptyLineSchema(300),
})

/** Pages of a file, or one of them. */
export const pageCountSchema = z.number().int().positive().max(1_000_000)

/** A letter's file as it begins. */
export const letterFileSchema = z.object({
  fileName: fileNameSchema,
  pageCount: pageCountSchema,
  revision: revisionSchema,
})

export type Urgency = z.infer<typeof urgencySchema>
export type LetterKind = z.infer<typeof letterKindSchema>
export type LetterForm = z.infer<typeof letterFormSchema>
export type Secrecy = z.infer<typeof secrecySchema>
export type Matter = z.infer<typeof matterSchema>
export type EvidenceClass = z.infer<typeof evidenceClassSchema>
export type Revision = z.infer<typeof revisionSchema>
export type LetterFacts = z.infer<typeof letterFactsSchema>
export type LetterFile = z.infer<typeof letterFileSchema>
