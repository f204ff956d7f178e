import { z } from 'zod'

/** An organisation-wide identifier chosen by the administrator, such as `bureau-fund` or `somchai`. */
const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
const day = z.iso.date()

/** A unit (ส่วนงาน): a bureau, region or group. `code` is its part of a letter's number, in Arabic digits. */
const unitSchema = z.object({ id: key, name: z.string().min(1), code: z.string(), phone: z.string() })

/** A position (ตำแหน่ง). Letters are addressed to positions; people hold them for a time. */
const positionSchema = z.object({
  id: key,
  title: z.string().min(1),
  unitId: key,
  /** An executive position may order and sign (สั่งการ ลงนาม); others propose and give opinions. */
  executive: z.boolean(),
})

/** A person with an account. `name` is title, given and family name as printed: นางสาวกมลชนก แก้วประเสริฐ. */
const personSchema = z.object({
  id: key,
  name: z.string().min(1),
  email: z.email(),
  unitId: key,
})

/** Who holds a position, or serves it as secretary (หน้าห้อง), from a day to a day (Bangkok, inclusive). */
const assignmentSchema = z.object({
  positionId: key,
  personId: key,
  role: z.enum(['holder', 'secretary']),
  from: day,
  to: day.nullable(),
})

/** A register of outgoing letters (ทะเบียนหนังสือส่ง) and how its numbers are written. */
const registerSchema = z.object({
  id: key,
  unitId: key,
  title: z.string().min(1),
  /** The number's text with {code} and {serial}, in Arabic digits: `สปสช {code}/{serial}`. */
  template: z.string().includes('{serial}'),
})

/** The organisation's own rules: data with defaults, never constants in code. */
const policySchema = z.object({
  /** A letter sent to an executive goes to the secretary too, so that none is lost. */
  copyToSecretary: z.boolean(),
  maximumFileBytes: z.number().int().positive(),
})

/** Everything that clients and server must agree on about people, places and rules. */
export const organisationSchema = z.object({
  version: z.number().int().nonnegative(),
  name: z.string().min(1),
  /** The agency's short name as numbers begin with it: `สปสช`. */
  agencyCode: z.string().min(1),
  units: z.array(unitSchema),
  positions: z.array(positionSchema),
  people: z.array(personSchema),
  assignments: z.array(assignmentSchema),
  registers: z.array(registerSchema),
  policy: policySchema,
})

export type Unit = z.infer<typeof unitSchema>
export type Position = z.infer<typeof positionSchema>
export type Person = z.infer<typeof personSchema>
export type Assignment = z.infer<typeof assignmentSchema>
export type Register = z.infer<typeof registerSchema>
export type Organisation = z.infer<typeof organisationSchema>
