import { z } from 'zod'
import {
  emptyLineSchema,
  idSchema,
  keySchema,
  lineSchema,
  noteSchema,
  reasonSchema,
  sha256Schema,
} from './facts.ts'
import {
  agencySchema,
  assignmentSchema,
  delegationSchema,
  dutySchema,
  organisationSchema,
  personSchema,
  policySchema,
  positionSchema,
  registerSchema,
  unitSchema,
} from './organisation.ts'
import { boundNumberSchema, daySchema, momentSchema, serialSchema } from './shapes.ts'
import { refusalBodySchema } from './sync.ts'
import { clockSchema } from './times.ts'

/**
 * What is asked of the office itself rather than of a letter: of its people, places and rules; of a register; of a
 * disposal. Each is a log of its own, like a letter's: `organisation`, `register:ID`, `disposal:ID`.
 */
const organisationBodies = [
  z.object({ type: z.literal('put-unit'), unit: unitSchema }),
  z.object({ type: z.literal('put-position'), position: positionSchema }),
  z.object({ type: z.literal('put-person'), person: personSchema }),
  z.object({ type: z.literal('put-register'), register: registerSchema }),
  z.object({ type: z.literal('put-agencies'), agencies: z.array(agencySchema).min(1).max(10_000) }),
  z.object({ type: z.literal('assign'), assignment: assignmentSchema }),
  /** The last day of whoever holds or serves a position, or has a duty, or acts under a delegation. */
  z.object({
    type: z.literal('end-assignment'),
    ...assignmentSchema.omit({ to: true }).shape,
    to: daySchema,
  }),
  z.object({ type: z.literal('appoint'), duty: dutySchema }),
  z.object({ type: z.literal('end-duty'), ...dutySchema.omit({ to: true }).shape, to: daySchema }),
  z.object({ type: z.literal('delegate'), delegation: delegationSchema }),
  z.object({ type: z.literal('end-delegation'), delegationId: keySchema, to: daySchema }),
  z.object({ type: z.literal('set-policy'), policy: policySchema.partial() }),
  /** The days off of one year (Gregorian), in place of those known for it. */
  z.object({
    type: z.literal('set-holidays'),
    year: z.number().int().min(2000).max(2999),
    days: z.array(daySchema).max(366),
  }),
  z.object({ type: z.literal('set-links'), links: organisationSchema.shape.links.max(50) }),
] as const

/** A Buddhist year; 0 for registers whose numbers never begin again. */
const yearSchema = z.number().int().min(0).max(9999)

const registerBodies = [
  z.object({
    type: z.literal('reserve-number'),
    registerId: keySchema,
    /** For whom the number is set aside. */
    owner: lineSchema(200),
    reason: reasonSchema,
  }),
  z.object({
    type: z.literal('cancel-reservation'),
    registerId: keySchema,
    buddhistYear: yearSchema,
    serial: serialSchema,
    reason: reasonSchema,
  }),
] as const

const disposalId = idSchema
const listed = z.array(idSchema).max(5000)
const committee = { disposalId, chair: keySchema, members: z.array(keySchema).min(1).max(20) }
const view = { disposalId, keep: listed, note: noteSchema }
/** What the National Archives want for themselves (ข้อ 69). */
const archivesAnswer = { disposalId, wanted: listed, note: noteSchema }
/** For whom the head's post was acted for, and under which delegation. */
const headShape = {
  positionId: keySchema,
  onBehalfOf: keySchema.nullable(),
  delegationId: keySchema.nullable(),
}
const disposalBodies = [
  /** บัญชีหนังสือขอทำลาย (แบบที่ 25): what expired before a Buddhist year. */
  z.object({
    type: z.literal('list-expired'),
    disposalId,
    unitId: keySchema,
    year: yearSchema,
    letterIds: z.array(idSchema).min(1).max(5000),
  }),
  /** The committee (ข้อ 67), by the head of the agency: `positionId` is of that rank. */
  z.object({ type: z.literal('appoint-committee'), positionId: keySchema, ...committee }),
  /** A member's view (ข้อ 68): what to keep after all, and why; the rest may go. */
  z
    .object({ type: z.literal('give-view'), ...view })
    .refine(({ keep, note }) => keep.length === 0 || note !== '', { path: ['note'] }),
  /** The decision of the head of the agency; the list then goes to the National Archives. */
  z.object({ type: z.literal('approve-disposal'), disposalId, positionId: keySchema, note: noteSchema }),
  z.object({ type: z.literal('record-archives-answer'), ...archivesAnswer }),
  z.object({ type: z.literal('carry-out'), disposalId, note: noteSchema }),
] as const

/** A row of an older system's register (แบบที่ 13, 14), as it is taken over. */
export const importedEntrySchema = z.object({
  serial: serialSchema,
  /** The whole number in Arabic digits. */
  number: lineSchema(200),
  /** The day under which it stands in the register. */
  date: daySchema,
  /** จาก, ที่ and ลงวันที่ of what was received; empty in registers of what was sent. */
  sender: emptyLineSchema(300),
  senderNumber: emptyLineSchema(100),
  senderDate: daySchema.nullable(),
  /** ถึง. */
  addressee: emptyLineSchema(300),
  subject: lineSchema(500),
  /** การปฏิบัติ and หมายเหตุ. */
  practice: noteSchema,
  remarks: noteSchema,
})

/** What the server asks of itself. */
const serverBodies = [
  /** The organisation as it is set up; everything after it is a change. */
  z.object({ type: z.literal('found'), organisation: organisationSchema }),
  z.object({
    type: z.literal('expire-reservation'),
    registerId: keySchema,
    buddhistYear: yearSchema,
    serial: serialSchema,
  }),
  z.object({
    type: z.literal('import-entries'),
    registerId: keySchema,
    buddhistYear: yearSchema,
    /** SHA-256 of the file that they come from. */
    source: sha256Schema,
    entries: z.array(importedEntrySchema).min(1),
  }),
] as const

const officeBodySchema = z.discriminatedUnion('type', [
  ...organisationBodies,
  ...registerBodies,
  ...disposalBodies,
])

/** A command to the office; `id` is a UUIDv7, and sending it twice is harmless. */
export const officeCommandSchema = z.object({
  id: idSchema,
  clientTime: clockSchema,
  body: officeBodySchema,
})

/** What happened: what was asked, with what the server added to it. */
const officeEventBodySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('founded'), organisation: organisationSchema }),
  ...organisationBodies,
  z.object({
    type: z.literal('number-reserved'),
    ...boundNumberSchema.shape,
    owner: z.string(),
    reason: z.string(),
    /** The moment at which it runs out. */
    until: momentSchema,
  }),
  z.object({
    type: z.literal('reservation-cancelled'),
    registerId: keySchema,
    buddhistYear: yearSchema,
    serial: serialSchema,
    reason: z.string(),
    /** Whether it ran out, rather than somebody cancelling it. */
    expired: z.boolean(),
  }),
  z.object({
    type: z.literal('entries-imported'),
    registerId: keySchema,
    buddhistYear: yearSchema,
    source: sha256Schema,
    entries: z.array(importedEntrySchema),
  }),
  z.object({
    type: z.literal('disposal-listed'),
    disposalId,
    unitId: keySchema,
    year: yearSchema,
    letterIds: z.array(idSchema),
    /** Those among them that are not to be destroyed, only offered to the National Archives after 20 years (ข้อ 58). */
    offered: z.array(idSchema),
  }),
  z.object({ type: z.literal('committee-appointed'), ...committee, ...headShape }),
  z.object({ type: z.literal('view-given'), ...view }),
  z.object({
    type: z.literal('disposal-approved'),
    disposalId,
    ...headShape,
    note: z.string(),
    /** Days that the National Archives has to answer from then on. */
    archivesDays: z.number().int().positive(),
  }),
  z.object({ type: z.literal('archives-answered'), ...archivesAnswer }),
  z.object({
    type: z.literal('disposal-carried-out'),
    disposalId,
    note: z.string(),
    destroyed: z.array(idSchema),
    handedOver: z.array(idSchema),
  }),
])

/** An event in the office's logs, chained by hashes like a letter's. */
export const officeEventSchema = z.object({
  stream: z.string(),
  version: z.number().int().positive(),
  commandId: idSchema,
  actor: keySchema,
  device: z.string(),
  clientTime: clockSchema,
  serverTime: clockSchema,
  body: officeEventBodySchema,
  previousHash: sha256Schema.nullable(),
  hash: sha256Schema,
})

export const officeCommandsSchema = z.object({ commands: z.array(officeCommandSchema).min(1).max(64) })

/** The answer to one command. A command sent twice gets its first answer again. */
const officeResultSchema = z.discriminatedUnion('outcome', [
  z.object({ id: idSchema, outcome: z.literal('accepted'), events: z.array(officeEventSchema) }),
  z.object({ id: idSchema, outcome: z.literal('refused'), refusal: refusalBodySchema }),
])
export const officeResultsSchema = z.object({ results: z.array(officeResultSchema) })

const serverBodySchema = z.discriminatedUnion('type', serverBodies)

export type OfficeCommand = z.infer<typeof officeCommandSchema>
export type OfficeCommandBody = OfficeCommand['body']
/** What no client may send. */
export type OfficeServerBody = z.infer<typeof serverBodySchema>
/** The body of the command, or of the server's own, of one type. */
export type OfficeBodyOf<Type extends (OfficeCommandBody | OfficeServerBody)['type']> = Extract<
  OfficeCommandBody | OfficeServerBody,
  { type: Type }
>
export type OfficeEventOf<Type extends OfficeEventBody['type']> = Extract<OfficeEventBody, { type: Type }>
export type ImportedEntry = z.infer<typeof importedEntrySchema>
export type OfficeResult = z.infer<typeof officeResultSchema>
export type OfficeEventBody = z.infer<typeof officeEventBodySchema>
export type OfficeEvent = z.infer<typeof officeEventSchema>
