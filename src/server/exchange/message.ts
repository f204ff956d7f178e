import { z } from 'zod'
import { sha256Schema } from '../../shared/contract/letter.ts'
import { plainLine, plainText } from '../../shared/thai/plainText.ts'

const line = (maximum: number) => z.string().overwrite(plainLine).trim().max(maximum)
const text = (maximum: number) => z.string().overwrite(plainText).trim().max(maximum)

/**
 * What other agencies compare letter by letter: it is kept as it came, and refused where it holds what is no text, so
 * that a confirmation names the letter by the very number that its sender gave it.
 */
const exact = (maximum: number) =>
  z
    .string()
    .min(1)
    .max(maximum)
    .refine((value) => plainLine(value).trim() === value)

/** A code of the exchange: a ministry, a department, a class of secrecy or speed. */
const code = z.string().regex(/^[0-9A-Za-z._-]{1,30}$/)

/** No letter was written before this Gregorian year, and from the next on a year is of the Buddhist era (trap 1). */
const years = { first: 1900, last: 2399 }

/** A day of the Gregorian calendar, `2012-09-07`; a Buddhist year is refused, never guessed at. */
const day = z.iso.date().refine((value) => {
  const year = Number(value.slice(0, 4))
  return year >= years.first && year <= years.last
})

/** Who sends or gets a letter: a person in a position, in a department (กรม) of a ministry (กระทรวง). */
const partySchema = z.object({
  givenName: line(200),
  familyName: line(200),
  jobTitle: line(300),
  /** Such as `11`. Never the department's. */
  ministryId: code,
  /** Such as `11008`. */
  departmentId: code,
})

/** A file of a letter; its bytes lie in the file store. */
const fileSchema = z.object({
  /** `application/pdf`, in lower case. */
  mimeType: z
    .string()
    .max(100)
    .regex(/^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/),
  sha256: sha256Schema,
  bytes: z.number().int().positive(),
})

/** What names a letter among agencies. */
const letterNameSchema = z.object({
  /** The sender's letter number (ที่), such as `อก 0905/0007`. */
  number: exact(100),
  /** The letter's date (ลงวันที่). */
  date: day,
  subject: line(1000).min(1),
})

/** A letter between agencies, with the fields of e-CMS (TH e-GIF, CorrespondenceLetter). */
export const exchangeLetterSchema = letterNameSchema.extend({
  kind: z.literal('letter'),
  /** Class of secrecy (ชั้นความลับ) by the exchange's own list, such as `001`. */
  secrecyCode: code,
  /** Class of speed (ชั้นความเร็ว) by the exchange's own list, such as `001`. */
  speedCode: code,
  sender: partySchema,
  receiver: partySchema,
  /** อ้างถึง. */
  references: z.array(z.object({ number: line(100), date: line(30), subject: line(1000) })).max(50),
  /** สิ่งที่ส่งมาด้วย, as words. */
  enclosures: text(2000),
  /** When it was sent, as the sender wrote it. */
  sendDate: line(40),
  description: text(4000),
  main: fileSchema,
  attachments: z.array(fileSchema).max(50),
  /** Who signed, as the sender says; nothing proves it. */
  signer: z
    .object({
      typeCode: line(30),
      givenName: line(200),
      familyName: line(200),
      title: line(300),
      ministryId: line(30),
      departmentId: line(30),
    })
    .nullable(),
})

/**
 * What one agency tells another about a letter: arrived (3.2.2, หนังสือตอบรับ), registered with a receive number
 * (3.2.3, หนังสือแจ้งเลขรับ), rejected (3.2.4), invalid letter (3.2.5) from the receiver; number-invalid (3.2.6,
 * the receive number is wrong) from the sender.
 */
export const noticeKindSchema = z.enum(['arrived', 'registered', 'rejected', 'invalid', 'number-invalid'])

/** A notice; `receiveNumber` is there for registered and number-invalid. */
export const exchangeNoticeSchema = z
  .object({
    kind: noticeKindSchema,
    letter: letterNameSchema,
    /** เลขรับ (AcceptID). */
    receiveNumber: exact(100).nullable(),
    /** The department that tells it; null where the message does not say. */
    fromDepartmentId: code.nullable(),
  })
  .refine(
    ({ kind, receiveNumber }) =>
      receiveNumber !== null || (kind !== 'registered' && kind !== 'number-invalid'),
    { path: ['receiveNumber'] },
  )

export type ExchangeParty = z.infer<typeof partySchema>
export type ExchangeFile = z.infer<typeof fileSchema>
export type LetterName = z.infer<typeof letterNameSchema>
export type ExchangeLetter = z.infer<typeof exchangeLetterSchema>
export type ExchangeNotice = z.infer<typeof exchangeNoticeSchema>
export type NoticeKind = z.infer<typeof noticeKindSchema>
/** All that goes between agencies. */
export type ExchangeMessage = ExchangeLetter | ExchangeNotice
