import type { EventOf } from '../contract/events.ts'
import type { EventBody, LetterEvent, LetterFile } from '../contract/letter.ts'
import { begin, type First, factsOf, isFirst } from './beginning.ts'
import type { Check, Delivery, Dispatch, Leg, Letter, Loan } from './letter.ts'

/** Folds one event into a letter. The first event of a letter is `drafted`, `registered` or `received`. */
export function evolve(letter: Letter | undefined, event: LetterEvent): Letter {
  const { body } = event
  if (isFirst(body)) {
    if (letter !== undefined) throw new Error('a letter begins once')
    return begin(event, body)
  }
  if (letter === undefined) throw new Error(`a letter does not begin with ${body.type}`)
  const change = quiet.has(body.type) ? {} : { changedAt: event.serverTime, changedBy: event.actor }
  const next = { ...letter, version: event.version, hash: event.hash, ...change }
  return { ...next, ...changesBy(next, event, body) }
}

/** Folds a letter's whole log. */
export const foldLetter = (events: readonly LetterEvent[]): Letter | undefined =>
  events.reduce<Letter | undefined>((letter, event) => evolve(letter, event), undefined)

/** What asks for nobody's attention, so that the letter keeps its place in the lists. */
const quiet: ReadonlySet<EventBody['type']> = new Set(['augmented', 'taken-up', 'handed-to-archives'])

const fileOf = (letter: Letter, { fileName, pageCount, revision }: LetterFile) => ({
  fileName,
  pageCount,
  revisions: [...letter.revisions, revision],
})

/** What an event after the first changes. */
function changesBy(letter: Letter, event: LetterEvent, body: Exclude<EventBody, First>): Partial<Letter> {
  const at = event.serverTime
  switch (body.type) {
    case 'revised':
      return { ...factsOf(body), ...fileOf(letter, body) }
    case 'check-requested':
      return { checks: [...letter.checks, newCheck(body)] }
    case 'check-passed':
      return { checks: checked(letter, body.checkId, event.actor, 'passed', body.opinion) }
    case 'check-returned':
      return { checks: checked(letter, body.checkId, event.actor, 'returned', body.reason) }
    case 'commented':
      return {}
    case 'proposed':
      return opened(letter, body.leg, at)
    case 'taken-up':
      return { legs: changed(letter.legs, body.legId, { takenUpAt: at }) }
    case 'recalled':
      return recalledBy(letter, body, at)
    case 'returned':
      return wentBack(letter, body.legId, 'returned', at, body)
    case 'forwarded':
      return opened({ ...letter, legs: closed(letter, body.fromLegId, 'forwarded', at) }, body.leg, at)
    case 'number-bound': {
      const { type: _, ...number } = body
      return { number, legs: inHand(letter, at) }
    }
    case 'number-cancelled': {
      const { type: _, ...number } = body
      return { number: null, cancelledNumbers: [...letter.cancelledNumbers, number] }
    }
    case 'signed': {
      const signature = {
        personId: event.actor,
        positionId: event.positionId ?? '',
        signedAt: at,
        revision: body.revision,
        signer: body.signer,
      }
      return {
        revisions: [...letter.revisions, body.revision],
        augmented: null,
        legs: closed(letter, body.legId, 'signed', at),
        signatures: [...letter.signatures, signature],
      }
    }
    case 'signed-on-paper':
      return {
        ...fileOf(letter, body),
        signedOnPaper: { positionId: body.signedFor, day: body.signedOn },
      }
    case 'augmented':
      return {
        revisions: [...letter.revisions, body.revision],
        augmented: { level: body.level, version: event.version },
      }
    case 'endorsed':
      return endorsed(letter, event, body)
    case 'delivered':
      return { deliveries: [...letter.deliveries, ...newDeliveries(event, body)] }
    case 'delivery-received': {
      const receivedAs = { letterId: body.letterId, receipt: body.receipt }
      return { deliveries: changed(letter.deliveries, body.deliveryId, { state: 'received', receivedAs }) }
    }
    case 'delivery-returned':
      return {
        deliveries: changed(letter.deliveries, body.deliveryId, { state: 'returned', reason: body.reason }),
      }
    case 'returned-to-sender':
      return { closed: 'returned-to-sender' }
    case 'attached':
      return fileOf(letter, body)
    case 'corrected':
      return correctedBy(letter, body)
    case 'reclassified':
      return {
        secrecy: body.secrecy,
        matter: body.matter,
        registerId: body.registerId ?? letter.registerId,
      }
    case 'dispatched':
      return { dispatches: [...letter.dispatches, newDispatch(event, body)] }
    case 'dispatch-withdrawn':
      return { dispatches: changed(letter.dispatches, body.dispatchId, { withdrawn: body.reason }) }
    case 'dispatch-confirmed':
      return { dispatches: letter.dispatches.map((dispatch) => confirmed(dispatch, body)) }
    case 'noted':
      return { notes: [...letter.notes, { personId: event.actor, at, text: body.text }] }
    case 'closed':
      return { closed: 'closed' }
    case 'reopened':
      return { closed: null, keeping: null }
    case 'cancelled':
      return { closed: 'cancelled' }
    case 'stored': {
      const { classId, place, keptUntil } = body
      return { closed: letter.closed ?? 'closed', keeping: { classId, place, keptUntil, since: at } }
    }
    case 'loan-asked': {
      const { loanId, purpose, until, askedOf = [] } = body
      const loan: Loan = { id: loanId, personId: event.actor, purpose, until, askedOf, state: 'asked' }
      return { loans: [...letter.loans, loan] }
    }
    case 'loan-decided':
      return { loans: changed(letter.loans, body.loanId, { state: body.granted ? 'granted' : 'refused' }) }
    case 'loan-ended':
      return { loans: changed(letter.loans, body.loanId, { state: 'ended' }) }
    case 'destroyed':
    case 'handed-to-archives':
      return { gone: { disposalId: body.disposalId, how: body.type } }
  }
}

/** `parts` with the one of that id changed. */
const changed = <Part extends { readonly id: string }>(
  parts: readonly Part[],
  id: string,
  changes: Partial<Part>,
): Part[] => parts.map((part) => (part.id === id ? { ...part, ...changes } : part))

type LegAsDecided = EventOf<'proposed'>['leg']

/** The letter with one more open leg. */
function opened(
  letter: Pick<Letter, 'legs'>,
  leg: LegAsDecided,
  openedAt: string,
  cameBack = false,
): Pick<Letter, 'legs' | 'copies'> {
  const open: Leg = {
    ...leg,
    ...{ openedAt, takenUpAt: null, outcome: 'open', closedAt: null, reason: '', cameBack },
    copies: leg.copies.map(({ personId }) => personId),
  }
  return withCopies([...letter.legs, open])
}

/** Legs with the people who see the letter through them; what was pulled back before it was received shows nothing. */
const withCopies = (legs: readonly Leg[]): Pick<Letter, 'legs' | 'copies'> => ({
  legs,
  copies: [...new Set(legs.filter(({ outcome }) => outcome !== 'recalled').flatMap(({ copies }) => copies))],
})

/** The legs once the position that has the letter has acted on it: that is receiving it as well (เปิดรับ). */
const inHand = ({ legs }: Letter, at: string): Leg[] =>
  legs.map((leg) => (leg.outcome === 'open' ? { ...leg, takenUpAt: leg.takenUpAt ?? at } : leg))

const closed = (letter: Letter, legId: string, outcome: Leg['outcome'], closedAt: string, reason = '') =>
  letter.legs.map((leg) =>
    leg.id === legId && leg.outcome === 'open' ? { ...leg, outcome, closedAt, reason } : leg,
  )

/** The letter after a leg came to nothing: with the position before, or with its author or clerk. */
function wentBack(
  letter: Letter,
  legId: string,
  outcome: 'recalled' | 'returned',
  at: string,
  { reason, leg }: { readonly reason: string; readonly leg: LegAsDecided | null },
): Partial<Letter> {
  const legs = closed(letter, legId, outcome, at, reason)
  return leg ? opened({ legs }, leg, at, true) : withCopies(legs)
}

function recalledBy(letter: Letter, body: EventOf<'recalled'>, at: string): Partial<Letter> {
  const { target, targetId, reason } = body
  switch (target) {
    case 'leg':
      return wentBack(letter, targetId, 'recalled', at, body)
    case 'delivery':
      return { deliveries: changed(letter.deliveries, targetId, { state: 'recalled', reason }) }
    case 'check':
      return { checks: changed(letter.checks, targetId, { state: 'recalled' }) }
  }
}

const newCheck = ({ checkId, order, reviewers }: EventOf<'check-requested'>): Check => ({
  id: checkId,
  order,
  state: 'open',
  reviewers: reviewers.map((personId) => ({ personId, state: 'waiting', text: '' })),
})

/** The rounds of checking after a reviewer's word; a round has passed when all its reviewers have. */
function checked(
  letter: Letter,
  checkId: string,
  personId: string,
  state: 'passed' | 'returned',
  text: string,
): Check[] {
  return letter.checks.map((check) => {
    if (check.id !== checkId) return check
    const reviewers = check.reviewers.map((reviewer) =>
      reviewer.personId === personId ? { ...reviewer, state, text } : reviewer,
    )
    if (state === 'returned') return { ...check, reviewers, state }
    return { ...check, reviewers, state: reviewers.every((each) => each.state === 'passed') ? state : 'open' }
  })
}

function endorsed(letter: Letter, event: LetterEvent, body: EventOf<'endorsed'>): Partial<Letter> {
  const { endorsementId, act, text, elements, revision, dueAt, leg } = body
  const endorsement = {
    id: endorsementId,
    act,
    text,
    elements,
    dueAt,
    personId: event.actor,
    positionId: event.positionId,
    at: event.serverTime,
    to: leg?.to ?? null,
  }
  const { serverTime } = event
  const legs =
    act === 'order' ? closed(letter, body.legId, 'endorsed', serverTime) : inHand(letter, serverTime)
  return {
    ...(leg ? opened({ ...letter, legs }, leg, event.serverTime) : { legs }),
    endorsements: [...letter.endorsements, endorsement],
    ...(revision && { revisions: [...letter.revisions, revision], augmented: null }),
  }
}

const newDeliveries = (event: LetterEvent, body: EventOf<'delivered'>): Delivery[] =>
  body.to.map(({ deliveryId, unitId }) => ({
    id: deliveryId,
    toUnitId: unitId,
    fromUnitId: body.fromUnitId,
    objective: body.objective,
    note: body.note,
    dueAt: body.dueAt,
    sentAt: event.serverTime,
    sentBy: event.actor,
    state: 'sent',
    receivedAs: null,
    reason: '',
  }))

function correctedBy(letter: Letter, { changes }: EventOf<'corrected'>): Partial<Letter> {
  const { sender, ...rest } = changes
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  if (sender === undefined || letter.origin.kind === 'drafted') return kept
  return { ...kept, origin: { ...letter.origin, sender } }
}

const newDispatch = (event: LetterEvent, body: EventOf<'dispatched'>): Dispatch => ({
  id: body.dispatchId,
  way: body.way,
  at: event.serverTime,
  by: event.actor,
  keptInSystem: body.keptInSystem,
  evidence: body.evidence,
  recipients: body.recipients.map((recipient) => ({ ...recipient, confirmations: [] })),
  withdrawn: null,
})

function confirmed(dispatch: Dispatch, body: EventOf<'dispatch-confirmed'>): Dispatch {
  if (dispatch.id !== body.dispatchId) return dispatch
  const { type: _, ...confirmation } = body
  const recipients = dispatch.recipients.map((recipient, index) =>
    index === body.recipient
      ? { ...recipient, confirmations: [...recipient.confirmations, confirmation] }
      : recipient,
  )
  return { ...dispatch, recipients }
}
