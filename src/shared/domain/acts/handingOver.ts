import type { BodyOf } from '../../contract/letter.ts'
import { accept, type Outcome, refuse } from '../../outcome.ts'
import {
  type Asked,
  type Authority,
  type DecidedEvent,
  type DecisionContext,
  event,
  one,
  oneself,
} from '../asked.ts'
import { authorityFor, clerkOf, isClerkOf } from '../authority.ts'
import { factsOf } from '../beginning.ts'
import {
  currentRevision,
  type Delivery,
  isInHand,
  isSigned,
  type Letter,
  lastWord,
  senderOf,
} from '../letter.ts'
import type { Directory } from '../organisation.ts'
import { fitsReceiveRegister } from '../registers.ts'
import { isCleared } from '../secrecy.ts'
import { nextNumber } from './numbering.ts'

/**
 * Handing over to units (ส่งหนังสือ, แจ้งเวียน): when nobody is working on it any more, by its author, its unit's clerk, or
 * who signed or ordered last. Each unit has a delivery of its own, with its own state.
 */
export function deliver(letter: Letter, body: BodyOf<'deliver'>, asked: Asked): Outcome<DecidedEvent[]> {
  const { command, context } = asked
  const authority = deliveryAuthority(letter, asked)
  if (!authority.ok) return authority
  if (isInHand(letter)) return refuse('letter-elsewhere')
  if (letter.origin.kind === 'drafted' && !isSigned(letter)) return refuse('letter-unsigned')
  const to = [...new Set(body.to)]
  for (const unitId of to) {
    const fits = mayReceive(letter, unitId, asked)
    if (!fits.ok) return fits
  }
  const fromUnitId = context.directory.position(authority.value.positionId ?? '')?.unitId ?? letter.unitId
  const deliveries = to.map((unitId) => ({ deliveryId: `${command.id}.${unitId}`, unitId }))
  return one({ ...body, type: 'delivered', to: deliveries, fromUnitId }, authority.value)
}

function deliveryAuthority(letter: Letter, { command, context }: Asked): Outcome<Authority> {
  if (command.positionId === null) {
    const isDesk = letter.authorId === context.actor || isClerkOf(letter.unitId, context)
    return isDesk ? accept(oneself) : refuse('letter-elsewhere')
  }
  if (lastWord(letter)?.to !== command.positionId) return refuse('letter-elsewhere')
  return authorityFor(command.positionId, letter, context)
}

function mayReceive(letter: Letter, unitId: string, { context }: Asked): Outcome<null> {
  const { directory, now } = context
  const unit = directory.unit(unitId)
  if (!unit || unitId === letter.unitId) return refuse('unit-unknown')
  const has = letter.deliveries.some(
    ({ toUnitId, state }) => toUnitId === unitId && (state === 'sent' || state === 'received'),
  )
  if (has) return refuse('delivered-already', { unit: unit.name })
  const clerks = directory.clerks(unitId, now)
  if (clerks.length === 0) return refuse('unit-without-clerk', { unit: unit.name })
  return clerks.some(({ id }) => isCleared(id, letter.secrecy, directory))
    ? accept(null)
    : refuse('clearance-missing')
}

/**
 * รับหนังสือจากต้นทาง: the receiving unit's clerk takes a delivery into the unit's own register. A letter of that unit
 * begins, with its own number; the sender sees under which.
 */
export function receive(body: BodyOf<'receive'>, asked: Asked): Outcome<DecidedEvent[]> {
  const { command, context } = asked
  const clerk = clerkOf(body.unitId, context)
  if (!clerk.ok) return clerk
  if (!context.numbers) return refuse('number-needs-server')
  const source = context.letters?.get(body.from.letterId)
  const found = deliveryFor(source, body.from.deliveryId, 'sent')
  if (!found.ok) return found
  const { letter, delivery } = found.value
  if (delivery.toUnitId !== body.unitId) return refuse('delivery-unknown')
  if (!isCleared(context.actor, letter.secrecy, context.directory)) return refuse('clearance-missing')
  const register = fitsReceiveRegister(letter.secrecy, body.unitId, body.registerId, context.directory)
  if (!register.ok) return register
  const receipt = nextNumber(body.registerId, false, asked)
  if (!receipt) throw new Error(`register ${body.registerId} gives no number`)
  return accept([
    event(receivedFrom(letter, delivery, body, receipt, context)),
    {
      ...event({ type: 'delivery-received', deliveryId: delivery.id, letterId: command.letterId, receipt }),
      letterId: letter.id,
    },
  ])
}

type Receipt = NonNullable<Letter['receipt']>

function receivedFrom(
  letter: Letter,
  delivery: Delivery,
  { unitId, registerId }: BodyOf<'receive'>,
  receipt: Receipt,
  { directory, now }: DecisionContext,
) {
  const revision = currentRevision(letter)
  const { number } = letter
  const earlier = senderOf(letter)
  return {
    type: 'received' as const,
    ...factsOf(letter),
    // What was due is due here as well, unless the delivery says otherwise.
    dueAt: delivery.dueAt ?? letter.dueAt,
    unitId,
    registerId,
    source: { letterId: letter.id, deliveryId: delivery.id, unitId: delivery.fromUnitId },
    sender: earlier ?? {
      from: writerOf(letter, directory) ?? directory.unit(delivery.fromUnitId)?.name ?? delivery.fromUnitId,
      agencyId: null,
      number: number?.text ?? '',
      date: number?.date ?? null,
    },
    receipt,
    arrivedAt: now,
    // A new letter's file begins with what was handed over: its chain goes on from there.
    file: revision
      ? { fileName: letter.fileName, pageCount: letter.pageCount, revision: { ...revision, extends: null } }
      : null,
  }
}

/** จาก (แบบที่ 13): the position of the writer, whose holder signed last. */
function writerOf(letter: Letter, directory: Directory): string | undefined {
  const positionId = letter.signatures.at(-1)?.positionId ?? letter.signedOnPaper?.positionId
  return positionId === undefined ? undefined : directory.position(positionId)?.title
}

/** คืนเรื่อง to the sending unit, after receipt, with a reason: the received letter ends, its number stays. */
export function returnDelivery(
  letter: Letter,
  body: BodyOf<'return-delivery'>,
  { context }: Asked,
): Outcome<DecidedEvent[]> {
  const { origin } = letter
  const clerk = clerkOf(letter.unitId, context)
  if (!clerk.ok) return clerk
  if (origin.kind !== 'received' || origin.source.letterId !== body.source.letterId)
    return refuse('delivery-unknown')
  // What it was handed on to would go on without it.
  const isOnItsWay = letter.deliveries.some(({ state }) => state === 'sent')
  if (isInHand(letter) || isOnItsWay) return refuse('letter-elsewhere')
  const mine = event({ type: 'returned-to-sender', reason: body.reason })
  // On a client the sender's letter is not at hand; the server has it.
  if (context.letters === undefined) return accept([mine])
  const found = deliveryFor(context.letters.get(body.source.letterId), body.source.deliveryId, 'received')
  if (!found.ok) return found
  if (found.value.delivery.receivedAs?.letterId !== letter.id) return refuse('delivery-unknown')
  const { delivery } = found.value
  const theirs = event({ type: 'delivery-returned', deliveryId: delivery.id, reason: body.reason })
  return accept([mine, { ...theirs, letterId: found.value.letter.id }])
}

function deliveryFor(
  letter: Letter | undefined,
  deliveryId: string,
  state: Delivery['state'],
): Outcome<{ letter: Letter; delivery: Delivery }> {
  const delivery = letter?.deliveries.find(({ id }) => id === deliveryId)
  if (!letter || !delivery) return refuse('delivery-unknown')
  if (letter.gone) return refuse('letter-gone')
  if (delivery.state === state) return accept({ letter, delivery })
  return refuse(delivery.state === 'recalled' ? 'delivery-recalled' : 'delivery-settled')
}
