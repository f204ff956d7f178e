import type { EventOf } from '../contract/events.ts'
import type { EventBody, LetterEvent, LetterFacts } from '../contract/letter.ts'
import type { Letter } from './letter.ts'

/** How a letter begins: written here, registered from outside, or received from another unit. */
export type First = EventOf<'drafted'> | EventOf<'registered'> | EventOf<'received'>

/** Whether an event begins a letter. */
export const isFirst = (body: EventBody): body is First =>
  body.type === 'drafted' || body.type === 'registered' || body.type === 'received'

/** The letter that begins with an event. */
export function begin(event: LetterEvent, body: First): Letter {
  const file = body.type === 'drafted' ? body : body.file
  return {
    id: event.letterId,
    version: event.version,
    hash: event.hash,
    ...factsOf(body),
    unitId: body.unitId,
    registerId: body.registerId,
    fileName: file?.fileName ?? '',
    pageCount: file?.pageCount ?? 0,
    authorId: event.actor,
    draftedAt: event.serverTime,
    changedAt: event.serverTime,
    changedBy: event.actor,
    origin: originOf(body),
    number: null,
    cancelledNumbers: [],
    receipt: body.type === 'drafted' ? null : body.receipt,
    revisions: file ? [file.revision] : [],
    signatures: [],
    signedOnPaper: null,
    augmented: null,
    checks: [],
    legs: [],
    deliveries: [],
    endorsements: [],
    dispatches: [],
    copies: [],
    notes: [],
    paperAt: body.type === 'registered' ? body.paperAt : '',
    closed: null,
    keeping: null,
    loans: [],
    gone: null,
  }
}

function originOf(body: First): Letter['origin'] {
  if (body.type === 'drafted') return { kind: 'drafted' }
  if (body.type === 'received') return { kind: 'received', sender: body.sender, source: body.source }
  const { sender, way, arrivedAt, deemedReceivedAt, exchangeItemId } = body
  return { kind: 'registered', sender, way, arrivedAt, deemedReceivedAt, exchangeItemId }
}

/** The facts among an event's fields. */
export const factsOf = (body: LetterFacts): LetterFacts => ({
  kind: body.kind,
  form: body.form,
  subject: body.subject,
  addressee: body.addressee,
  salutation: body.salutation,
  closing: body.closing,
  urgency: body.urgency,
  dueAt: body.dueAt,
  secrecy: body.secrecy,
  matter: body.matter,
  evidenceClass: body.evidenceClass,
  circular: body.circular,
  amount: body.amount,
  references: body.references,
  repliesTo: body.repliesTo,
  enclosures: body.enclosures,
  copiesTo: body.copiesTo,
  contact: body.contact,
})
