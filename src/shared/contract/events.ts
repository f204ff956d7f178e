import { z } from 'zod'
import { borrow, comment, correct, deliver, dispatch, register, requestCheck } from './commands.ts'
import {
  keySchema,
  letterFactsSchema,
  letterFileSchema,
  matterSchema,
  revisionSchema,
  secrecySchema,
} from './facts.ts'
import {
  augmentedLevelSchema,
  boundNumberSchema,
  confirmationSchema,
  daySchema,
  filingShape,
  momentSchema,
  partIdSchema,
  senderSchema,
  signatureElementsSchema,
  signerSchema,
  waySchema,
} from './shapes.ts'

/** A step of the letter's way, to a position; and who gets to see it besides. */
const legSchema = z.object({
  id: partIdSchema,
  from: keySchema.nullable(),
  to: keySchema,
  note: z.string(),
  dueAt: momentSchema.nullable(),
  /** People who see the letter because they serve the position addressed. */
  copies: z.array(z.object({ personId: keySchema, reason: z.literal('secretary') })),
})

const file = letterFileSchema.shape

/** What happened to a letter. */
export const eventBodySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('drafted'), ...letterFactsSchema.shape, ...filingShape, ...file }),
  z.object({ type: z.literal('revised'), ...letterFactsSchema.shape, ...file }),

  z.object({ ...requestCheck.shape, type: z.literal('check-requested'), checkId: partIdSchema }),
  z.object({
    type: z.literal('check-passed'),
    checkId: partIdSchema,
    opinion: z.string(),
    /** Null where the letter takes no electronic signature, so that the word stands in the log alone. */
    elements: signatureElementsSchema.nullable(),
  }),
  z.object({ type: z.literal('check-returned'), checkId: partIdSchema, reason: z.string() }),
  z.object({ ...comment.shape, type: z.literal('commented') }),

  z.object({
    type: z.literal('proposed'),
    leg: legSchema,
    /** Null where the letter takes no electronic signature. */
    elements: signatureElementsSchema.nullable(),
  }),
  z.object({ type: z.literal('taken-up'), legId: partIdSchema }),
  z.object({
    type: z.literal('recalled'),
    target: z.enum(['leg', 'delivery', 'check']),
    targetId: partIdSchema,
    reason: z.string(),
    /** The leg by which it is back with the position that had forwarded it; null where the author has it. */
    leg: legSchema.nullable(),
  }),
  z.object({
    type: z.literal('returned'),
    legId: partIdSchema,
    reason: z.string(),
    /** The leg by which it is back with the position that had forwarded it; null where the author has it. */
    leg: legSchema.nullable(),
  }),
  z.object({ type: z.literal('forwarded'), fromLegId: partIdSchema, leg: legSchema }),

  z.object({ type: z.literal('number-bound'), ...boundNumberSchema.shape }),
  z.object({ type: z.literal('number-cancelled'), ...boundNumberSchema.shape, reason: z.string() }),

  z.object({
    type: z.literal('signed'),
    legId: partIdSchema,
    revision: revisionSchema,
    signer: signerSchema,
    elements: signatureElementsSchema,
    /** Whether the day of signing is another one than the letter's date. */
    datesDiffer: z.boolean(),
  }),
  z.object({ type: z.literal('signed-on-paper'), ...file, signedFor: keySchema, signedOn: daySchema }),
  z.object({ type: z.literal('augmented'), revision: revisionSchema, level: augmentedLevelSchema }),
  z.object({
    type: z.literal('endorsed'),
    endorsementId: partIdSchema,
    /** The leg that the endorsement ends; null where it is an opinion on the way. */
    legId: partIdSchema,
    act: z.enum(['opinion', 'order']),
    text: z.string(),
    elements: signatureElementsSchema,
    /** The file with the endorsement on it, where it was signed with a certificate. */
    revision: revisionSchema.nullable(),
    dueAt: momentSchema.nullable(),
    /** The leg to the position that is ordered. */
    leg: legSchema.nullable(),
  }),

  z.object({
    ...deliver.shape,
    type: z.literal('delivered'),
    to: z.array(z.object({ deliveryId: partIdSchema, unitId: keySchema })),
    fromUnitId: keySchema,
  }),
  z.object({
    type: z.literal('delivery-received'),
    deliveryId: partIdSchema,
    /** The receiving unit's own letter. */
    letterId: z.uuid(),
    receipt: boundNumberSchema,
  }),
  z.object({ type: z.literal('delivery-returned'), deliveryId: partIdSchema, reason: z.string() }),
  z.object({
    type: z.literal('received'),
    ...letterFactsSchema.shape,
    ...filingShape,
    source: z.object({ letterId: z.uuid(), deliveryId: partIdSchema, unitId: keySchema }),
    sender: senderSchema,
    receipt: boundNumberSchema,
    arrivedAt: momentSchema,
    file: letterFileSchema.nullable(),
  }),
  z.object({ type: z.literal('returned-to-sender'), reason: z.string() }),

  z.object({
    ...register.shape,
    type: z.literal('registered'),
    receipt: boundNumberSchema,
    /** When it counts as received: the next working day where it came outside office hours. */
    deemedReceivedAt: momentSchema,
  }),
  z.object({ type: z.literal('attached'), ...file }),
  z.object({ ...correct.shape, type: z.literal('corrected') }),
  z.object({
    type: z.literal('reclassified'),
    secrecy: secrecySchema,
    matter: matterSchema,
    reason: z.string(),
    /** The register that numbers it from now on, where it has no number yet. */
    registerId: keySchema.optional(),
  }),

  z.object({
    type: z.literal('dispatched'),
    dispatchId: partIdSchema,
    way: waySchema,
    recipients: dispatch.shape.recipients,
    evidence: z.string(),
    /** False for letters that leave no copy in the system (slide วิธีการจัดส่งหนังสือ 2). */
    keptInSystem: z.boolean(),
  }),
  z.object({ type: z.literal('dispatch-withdrawn'), dispatchId: partIdSchema, reason: z.string() }),
  z.object({ type: z.literal('dispatch-confirmed'), ...confirmationSchema.shape }),

  z.object({ type: z.literal('noted'), noteId: partIdSchema, text: z.string() }),
  z.object({ type: z.literal('closed'), note: z.string() }),
  z.object({ type: z.literal('reopened'), reason: z.string() }),
  z.object({ type: z.literal('cancelled'), reason: z.string() }),

  z.object({
    type: z.literal('stored'),
    classId: keySchema,
    place: z.string(),
    /** The last Buddhist year for which it is kept; null for permanently. */
    keptUntil: z.number().int().nullable(),
  }),
  z.object({
    ...borrow.shape,
    type: z.literal('loan-asked'),
    loanId: partIdSchema,
    /** The positions of which one decides (ข้อ 63–64), so that they see what they are asked for. */
    askedOf: z.array(keySchema).optional(),
  }),
  z.object({
    type: z.literal('loan-decided'),
    loanId: partIdSchema,
    granted: z.boolean(),
    note: z.string(),
  }),
  z.object({ type: z.literal('loan-ended'), loanId: partIdSchema }),
  z.object({ type: z.literal('destroyed'), disposalId: z.uuid() }),
  z.object({ type: z.literal('handed-to-archives'), disposalId: z.uuid() }),
])

export type EventBody = z.infer<typeof eventBodySchema>
/** The body of the event of one type. */
export type EventOf<Type extends EventBody['type']> = Extract<EventBody, { type: Type }>
