import { z } from 'zod'
import { idSchema, keySchema, lineSchema, noteSchema, reasonSchema, sha256Schema } from './facts.ts'
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
import { boundNumberSchema, daySchema, momentSchema } from './shapes.ts'
import { clockSchema } from './times.ts'

/**
 * What is asked of the office itself rather than of a letter: of its people, places and rules; of a register; of a
 * disposal. Each is a log of its own, like a letter's.
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
    buddhistYear: z.number().int(),
    serial: z.number().int().positive(),
    reason: reasonSchema,
  }),
] as const

const disposalId = idSchema
const disposalBodies = [
  /** บัญชีหนังสือขอทำลาย (แบบที่ 25): what expired before a Buddhist year. */
  z.object({
    type: z.literal('list-expired'),
    disposalId,
    unitId: keySchema,
    year: z.number().int(),
    letterIds: z.array(idSchema).min(1).max(5000),
  }),
  z.object({
    type: z.literal('appoint-committee'),
    disposalId,
    chair: keySchema,
    members: z.array(keySchema).min(1).max(20),
  }),
  /** A member's view (ข้อ 68): what to keep after all, and why; the rest may go. */
  z.object({
    type: z.literal('give-view'),
    disposalId,
    keep: z.array(idSchema).max(5000),
    note: noteSchema,
  }),
  /** The decision of the head of the agency; the list then goes to the National Archives. */
  z.object({ type: z.literal('approve-disposal'), disposalId, positionId: keySchema, note: noteSchema }),
  z.object({
    type: z.literal('record-archives-answer'),
    disposalId,
    /** What the Archives want for themselves. */
    wanted: z.array(idSchema).max(5000),
    note: noteSchema,
  }),
  z.object({ type: z.literal('carry-out'), disposalId, note: noteSchema }),
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
    buddhistYear: z.number().int(),
    serial: z.number().int().positive(),
    reason: z.string(),
    /** Whether it ran out, rather than somebody cancelling it. */
    expired: z.boolean(),
  }),
  ...disposalBodies,
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

export type OfficeCommand = z.infer<typeof officeCommandSchema>
export type OfficeCommandBody = OfficeCommand['body']
export type OfficeBodyOf<Type extends OfficeCommandBody['type']> = Extract<OfficeCommandBody, { type: Type }>
export type OfficeEventBody = z.infer<typeof officeEventBodySchema>
export type OfficeEvent = z.infer<typeof officeEventSchema>
