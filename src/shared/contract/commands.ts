import { z } from 'zod'
import {
  emptyLineSchema,
  idSchema,
  keySchema,
  letterFactsSchema,
  letterFileSchema,
  lineSchema,
  matterSchema,
  noteSchema,
  pageCountSchema,
  reasonSchema,
  revisionSchema,
  secrecySchema,
} from './facts.ts'
import {
  augmentedLevelSchema,
  confirmationSchema,
  daySchema,
  filingShape,
  momentSchema,
  partIdSchema,
  senderSchema,
  serialSchema,
  signatureLookSchema,
  waySchema,
} from './shapes.ts'

const draft = z.object({
  type: z.literal('draft'),
  ...letterFactsSchema.shape,
  ...filingShape,
  ...letterFileSchema.shape,
})
/** Another version of a draft: its facts and its file; the versions before are kept. */
const revise = z.object({
  type: z.literal('revise'),
  ...letterFactsSchema.shape,
  ...letterFileSchema.shape,
})

/** Sending for checking (ส่งเอกสารตรวจสอบ): one reviewer after another, or all at once. */
export const requestCheck = z.object({
  type: z.literal('request-check'),
  order: z.enum(['serial', 'parallel']),
  reviewers: z.array(keySchema).min(1).max(20),
  note: noteSchema,
})
const passCheck = z.object({ type: z.literal('pass-check'), opinion: noteSchema })
const returnCheck = z.object({ type: z.literal('return-check'), reason: reasonSchema })
/** Points on a page, whose sides are 14,400 at most (ISO 32000-2, C.2). */
const coordinateSchema = z.number().min(-14_400).max(14_400)
/** A remark on a draft, at a place of a page where it has one (points, origin lower left). */
export const comment = z.object({
  type: z.literal('comment'),
  text: noteSchema.min(1),
  page: pageCountSchema.nullable(),
  place: z.object({ x: coordinateSchema, y: coordinateSchema }).nullable(),
})

const propose = z.object({ type: z.literal('propose'), to: keySchema, note: noteSchema })
/** The position addressed has taken the letter up (เปิดรับ): from now on it is returned, not recalled. */
const takeUp = z.object({ type: z.literal('take-up') })
/** Pulling back (ดึงคืน) what the other side has not received: a leg, a delivery, or a round of checking. */
const recall = z.object({ type: z.literal('recall'), target: partIdSchema, reason: reasonSchema })
const returnLetter = z.object({ type: z.literal('return'), reason: reasonSchema })
const forward = z.object({
  type: z.literal('forward'),
  to: keySchema,
  note: noteSchema,
  dueAt: momentSchema.nullable().optional(),
})

const bindNumber = z.object({
  type: z.literal('bind-number'),
  /** A number that was reserved in the register; absent for the next one. */
  reserved: serialSchema.optional(),
})
const cancelNumber = z.object({ type: z.literal('cancel-number'), reason: reasonSchema })

const sign = z.object({ type: z.literal('sign'), revision: revisionSchema })
/** The paper path: the scan of what was printed and signed by hand, in place of the draft's file. */
const signOnPaper = z.object({
  type: z.literal('sign-on-paper'),
  ...letterFileSchema.shape,
  /** The position whose holder signed, and the day written on the paper. */
  signedFor: keySchema,
  signedOn: daySchema,
})

/** Signing an endorsement: by the session and a look, or with a certificate on the file. */
const endorsementSignature = z.discriminatedUnion('method', [
  z.object({ method: z.literal('electronic'), look: signatureLookSchema }),
  z.object({ method: z.literal('digital'), revision: revisionSchema }),
])
/** เกษียน: an opinion (เสนอความเห็น), or an order (สั่งการ) with to whom it goes. */
const endorse = z.object({
  type: z.literal('endorse'),
  act: z.enum(['opinion', 'order']),
  text: noteSchema.min(1),
  signature: endorsementSignature,
  /** The position that is ordered; null when nobody is, which brings the letter to rest. */
  to: keySchema.nullable(),
  dueAt: momentSchema.nullable(),
})

/** Handing over (ส่งหนังสือ) to units, one or many: each takes it into its own register. */
export const deliver = z.object({
  type: z.literal('deliver'),
  to: z.array(keySchema).min(1).max(300),
  objective: z.enum(['for-action', 'for-information', 'for-approval']),
  note: noteSchema,
  dueAt: momentSchema.nullable(),
})
/** รับหนังสือจากต้นทาง: begins the receiving unit's own letter, with its own receive number. */
const receive = z.object({
  type: z.literal('receive'),
  from: z.object({ letterId: idSchema, deliveryId: partIdSchema }),
  ...filingShape,
})
/** คืนเรื่อง: gives a received letter back to the unit that sent it. */
const returnDelivery = z.object({
  type: z.literal('return-delivery'),
  source: z.object({ letterId: idSchema, deliveryId: partIdSchema }),
  reason: reasonSchema,
})

/** ลงรับหนังสือจากภายนอก. */
export const register = z.object({
  type: z.literal('register'),
  ...letterFactsSchema.shape,
  ...filingShape,
  sender: senderSchema,
  way: waySchema.exclude(['system']),
  arrivedAt: momentSchema,
  /** Where the paper is; empty when there is none. */
  paperAt: emptyLineSchema(200),
  /** What is wrong with it, on record (ข้อ 36); empty when nothing is. */
  defect: emptyLineSchema(500),
  /** Registered although the same letter seems to be in the register. */
  despiteDuplicate: z.boolean(),
  /** The item of the exchange that it came as. */
  exchangeItemId: idSchema.nullable(),
  /** Null when the row comes before the image. */
  file: letterFileSchema.nullable(),
})
/** The image of a letter that was registered without one. */
const attach = z.object({ type: z.literal('attach'), ...letterFileSchema.shape })

/** A correction of what the register says, on record (in place of changes to the database). */
export const correct = z.object({
  type: z.literal('correct'),
  changes: z
    .object({
      subject: lineSchema(500),
      addressee: lineSchema(300),
      sender: senderSchema,
      paperAt: emptyLineSchema(200),
    })
    .partial()
    .refine((changes) => Object.keys(changes).length > 0),
  reason: reasonSchema,
})
const reclassify = z.object({
  type: z.literal('reclassify'),
  secrecy: secrecySchema,
  matter: matterSchema,
  reason: reasonSchema,
})

/** Finishing a dispatch (ส่งออก): way and recipients at once, so that nothing is sent that the register misses. */
export const dispatch = z.object({
  type: z.literal('dispatch'),
  way: waySchema.exclude(['system']),
  recipients: z
    .array(z.object({ agencyId: keySchema.nullable(), name: lineSchema(300), address: emptyLineSchema(500) }))
    .min(1)
    .max(500),
  /** A postal number, a Message-ID; empty where there is none. */
  evidence: emptyLineSchema(300),
})
const withdrawDispatch = z.object({
  type: z.literal('withdraw-dispatch'),
  dispatchId: partIdSchema,
  reason: reasonSchema,
})
const confirmDispatch = z.object({ type: z.literal('confirm-dispatch'), ...confirmationSchema.shape })

/** A private note: in the history, never on the PDF. */
const note = z.object({ type: z.literal('note'), text: noteSchema.min(1) })
const close = z.object({ type: z.literal('close'), note: noteSchema })
const reopen = z.object({ type: z.literal('reopen'), reason: reasonSchema })
/** ยกเลิกเรื่อง: a letter of one's own that is not signed. */
const cancel = z.object({ type: z.literal('cancel'), reason: reasonSchema })

/** ส่งเก็บ: into keeping, under a class of retention (ข้อ 57). */
const storeLetter = z.object({
  type: z.literal('store'),
  classId: keySchema,
  place: emptyLineSchema(200),
})
export const borrow = z.object({
  type: z.literal('borrow'),
  purpose: reasonSchema,
  until: daySchema,
})
const decideLoan = z.object({
  type: z.literal('decide-loan'),
  loanId: partIdSchema,
  granted: z.boolean(),
  note: noteSchema,
})
const endLoan = z.object({ type: z.literal('end-loan'), loanId: partIdSchema })

/** What a person asks for. */
export const commandBodySchema = z.discriminatedUnion('type', [
  draft,
  revise,
  requestCheck,
  passCheck,
  returnCheck,
  comment,
  propose,
  takeUp,
  recall,
  returnLetter,
  forward,
  bindNumber,
  cancelNumber,
  sign,
  signOnPaper,
  endorse,
  deliver,
  receive,
  returnDelivery,
  register,
  attach,
  correct,
  reclassify,
  dispatch,
  withdrawDispatch,
  confirmDispatch,
  note,
  close,
  reopen,
  cancel,
  storeLetter,
  borrow,
  decideLoan,
  endLoan,
])

/** What the server asks of itself. */
export const serverCommandBodySchema = z.discriminatedUnion('type', [
  /** To put a longer-lived file in the place of the one that was signed last. */
  z.object({ type: z.literal('augment'), revision: revisionSchema, level: augmentedLevelSchema }),
  /** What the exchange between agencies reported. */
  z.object({ type: z.literal('report-dispatch'), ...confirmationSchema.shape }),
  /** Carries out what a committee has decided: the content goes, a tombstone stays. */
  z.object({ type: z.literal('destroy'), disposalId: idSchema }),
  z.object({ type: z.literal('hand-to-archives'), disposalId: idSchema }),
])

export type CommandBody = z.infer<typeof commandBodySchema>
/** The body of the command of one type. */
export type BodyOf<Type extends CommandBody['type']> = Extract<CommandBody, { type: Type }>
export type ServerCommandBody = z.infer<typeof serverCommandBodySchema>
