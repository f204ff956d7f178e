import { z } from 'zod'
import {
  emptyLineSchema,
  keySchema as key,
  letterFormSchema,
  letterKindSchema,
  lineSchema,
  matterSchema,
  secrecySchema,
} from './facts.ts'
import { daySchema as day } from './times.ts'

const title = lineSchema(300)
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const email = z.email().max(254)

/**
 * A unit (ส่วนงาน): a bureau, region or group. `code` is its part of a letter's number, in Arabic digits: `5.30`.
 * `mailbox` is its central e-mail address (saraban@, saraban1@ …), or null where it has none of its own.
 */
export const unitSchema = z.object({
  id: key,
  name: title,
  code: emptyLineSchema(20),
  phone: emptyLineSchema(100),
  /** The unit above; null at the top. */
  parentId: key.nullable(),
  mailbox: email.nullable(),
})

/** How high a position stands: of the agency, of a bureau (กอง), of a group (แผนก), or none of these. */
const rankSchema = z.enum(['agency', 'bureau', 'group', 'staff'])

/** A position (ตำแหน่ง). Letters are addressed to positions; people hold them for a time. */
export const positionSchema = z.object({
  id: key,
  title,
  unitId: key,
  /** An executive position may order and sign (สั่งการ ลงนาม); others propose and give opinions. */
  executive: z.boolean(),
  rank: rankSchema,
  /** The position above, to whom letters go up; null at the top. */
  superiorId: key.nullable(),
})

/** A person with an account. `name` is title, given and family name as printed: นางสาวกมลชนก แก้วประเสริฐ. */
export const personSchema = z.object({
  id: key,
  name: title,
  email: email,
  unitId: key,
  /** The highest class of secrecy (ชั้นความลับ) that the person is appointed for (ข้อ 35, 41). */
  clearance: secrecySchema.exclude(['top-secret']),
})

const period = { from: day, to: day.nullable() }

/** Who holds a position, or serves it as secretary (หน้าห้อง), from a day to a day (Bangkok, inclusive). */
export const assignmentSchema = z.object({
  positionId: key,
  personId: key,
  role: z.enum(['holder', 'secretary']),
  ...period,
})

/**
 * What people do besides holding positions: `clerk` is ธุรการ/สารบรรณ of a unit; `administrator` keeps people, places
 * and rules (of the whole organisation, whatever `unitId` says).
 */
export const dutySchema = z.object({
  role: z.enum(['clerk', 'administrator']),
  personId: key,
  unitId: key,
  ...period,
})

/**
 * Who acts in another's place, and by which order: รักษาการแทน (`acting`: the post is vacant or its holder cannot work),
 * ปฏิบัติการแทน (`delegated`: by the holder, who stays in office), ปฏิบัติงานแทน (`on-duty`).
 */
export const delegationSchema = z.object({
  id: key,
  kind: z.enum(['acting', 'delegated', 'on-duty']),
  positionId: key,
  personId: key,
  /** The delegate's own position, as the signature block names it; null where there is none. */
  ownPositionId: key.nullable(),
  orderNumber: title,
  orderDate: day,
  ...period,
  to: day,
  /** What it covers; null for no limit. */
  scope: z.object({
    kinds: z.array(letterKindSchema).max(10).nullable(),
    unitIds: z.array(key).max(500).nullable(),
    /** The highest amount in baht. */
    ceiling: z.number().nonnegative().max(1e12).nullable(),
  }),
})

/** What a register is for: ทะเบียนส่ง, ทะเบียนรับ, หนังสือเวียน, คำสั่ง, ประกาศ, หนังสือรับรอง and others. */
export const registerUseSchema = z.enum(['send', 'receive', 'circular', 'form'])

/**
 * A register (ทะเบียน) and how its numbers are written. The template has {agency}, {code}, {circular} (ว, only on
 * circulars), {serial} or {serial:6} (padded), {year}, {yy}; digits are Arabic here and Thai on paper.
 */
export const registerSchema = z.object({
  id: key,
  unitId: key,
  title,
  template: lineSchema(100).regex(/\{serial(:\d)?\}/),
  use: registerUseSchema,
  /** Which forms it numbers, where `use` is `form`: คำสั่ง n/ปี, ประกาศ, หนังสือรับรอง. */
  forms: z.array(letterFormSchema).max(20),
  /** When its numbers begin at 1 again, at midnight in Bangkok. */
  period: z.enum(['calendar-year', 'fiscal-year', 'never']),
  /** ทะเบียนลับ: for letters of these classes only. */
  secret: z.boolean(),
})

/** Another agency and where letters reach it; its central e-mail address comes from DGA's list. */
export const agencySchema = z.object({
  id: key,
  name: title,
  /** The published central address (saraban@…); null where it has published none. */
  mailbox: email.nullable(),
  postalAddress: emptyLineSchema(500),
  /** Its codes in the exchange between agencies (e-CMS), where it is connected. */
  exchange: z.object({ ministry: emptyLineSchema(20), department: emptyLineSchema(20) }).nullable(),
  source: z.enum(['dga', 'own']),
})

/** How long letters are kept (ข้อ 57): years after the calendar year; null for permanently. */
const retentionClassSchema = z.object({
  id: key,
  title,
  years: z.number().int().min(1).max(200).nullable(),
})

/** A salutation and closing for some addressees (ภาคผนวก 2): for those whose title begins with one of `titles`. */
const formulaSchema = z.object({
  titles: z.array(title).max(100),
  salutation: title,
  closing: title,
})

/** The organisation's own rules: data with defaults, never constants in code. */
export const policySchema = z.object({
  /** A letter sent to an executive goes to the secretary too, so that none is lost (slide ข้อแนะนำ 5). */
  copyToSecretary: z.boolean(),
  maximumFileBytes: z.number().int().positive(),
  /** Matters that may not be signed electronically (slide การใช้งานเอกสารอื่นๆ 1–2): they go by paper. */
  paperMatters: z.array(matterSchema.exclude(['general'])).max(10),
  /** Whether secret letters go by paper as well. */
  secretOnPaper: z.boolean(),
  /** Whether executives order and approve with a certificate (slide การใช้ลายมือชื่ออิเล็กทรอนิกส์). */
  ordersNeedCertificate: z.boolean(),
  /** What happens when the day of signing is not the letter's date (slide ข้อแนะนำ 4). */
  dateDiffers: z.enum(['warn', 'block']),
  /** Days for which a reserved number stands, the day of reserving counted: 1 is until midnight. */
  reservationDays: z.number().int().min(1).max(31),
  /** Whether letters of the classes 1.1–1.3 must go through the system. */
  evidenceInSystem: z.boolean(),
  /** Whether external letters go by the central e-mail wherever the agency has published its own. */
  externalByEmail: z.boolean(),
  officeHours: z.object({ from: hour, to: hour }),
  /** Working days after which a dispatch without confirmation is followed up. */
  confirmationDays: z.number().int().min(1).max(60),
  /** What a delegate's signature block says before the position. */
  delegationWords: z.object({ acting: title, delegated: title, 'on-duty': title }),
  /** The people whom a destruction needs besides the chair (ข้อ 67). */
  disposalMembers: z.number().int().min(2).max(20),
  /** Days that the National Archives has to answer (ข้อ 69). */
  archivesDays: z.number().int().min(1).max(365),
  /** Ready texts for orders (สั่งการ). */
  orderPresets: z.array(title).max(100),
  formulas: z.array(formulaSchema).max(100),
  /** The formula for everybody else. */
  usualFormula: formulaSchema.omit({ titles: true }),
  retention: z.array(retentionClassSchema).min(1).max(50),
})

/** Everything that clients and server must agree on about people, places and rules. */
export const organisationSchema = z.object({
  version: z.number().int().nonnegative(),
  name: title,
  /** The agency's short name as numbers begin with it: `สปสช`. */
  agencyCode: lineSchema(20),
  /** The same in Roman letters, for file names: `NHSO`. */
  agencyRoman: z.string().regex(/^[A-Z0-9]{1,12}$/),
  /** The unit of the central registry (งานสารบรรณกลาง). */
  registryUnitId: key,
  units: z.array(unitSchema),
  positions: z.array(positionSchema),
  people: z.array(personSchema),
  assignments: z.array(assignmentSchema),
  duties: z.array(dutySchema),
  delegations: z.array(delegationSchema),
  registers: z.array(registerSchema),
  agencies: z.array(agencySchema),
  /** Days off besides Saturdays and Sundays, fixed yearly by the cabinet. */
  holidays: z.array(day),
  /** Other systems that the portal leads to. */
  links: z.array(z.object({ title, url: z.url({ protocol: /^https?$/ }).max(2000) })),
  policy: policySchema,
})

export type Unit = z.infer<typeof unitSchema>
export type Position = z.infer<typeof positionSchema>
export type Person = z.infer<typeof personSchema>
export type Assignment = z.infer<typeof assignmentSchema>
export type Duty = z.infer<typeof dutySchema>
export type Delegation = z.infer<typeof delegationSchema>
export type Register = z.infer<typeof registerSchema>
export type Agency = z.infer<typeof agencySchema>
export type RetentionClass = z.infer<typeof retentionClassSchema>
export type Policy = z.infer<typeof policySchema>
export type Organisation = z.infer<typeof organisationSchema>
