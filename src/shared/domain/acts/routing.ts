import type { BodyOf } from '../../contract/letter.ts'
import { type Outcome, refuse } from '../../outcome.ts'
import { type Asked, type DecidedEvent, one, oneself } from '../asked.ts'
import { authorityFor, isClerkOf, trayAuthority } from '../authority.ts'
import { type Check, isInHand, type Leg, type Letter, lastWord, openCheck, openLeg } from '../letter.ts'
import { elementsWherePermitted, mayBeSignedElectronically } from '../signingPolicy.ts'
import { legBack, legTo } from './leg.ts'

/**
 * Proposing (เสนอพิจารณา, เสนอสั่งการ): the author of a draft, or the clerk of the unit that registered a letter, sends it
 * to one executive; the secretary sees it too. What may not be signed electronically is not proposed for it.
 */
export function propose(letter: Letter, body: BodyOf<'propose'>, asked: Asked): Outcome<DecidedEvent[]> {
  const { context } = asked
  if (isInHand(letter) || !isItsDesk(letter, asked)) return refuse('letter-elsewhere')
  if (letter.origin.kind === 'drafted') {
    const may = mayBeSignedElectronically(letter, context)
    if (!may.ok) return may
  }
  const leg = legTo(letter, { to: body.to, from: null, note: body.note, dueAt: letter.dueAt }, asked)
  if (!leg.ok) return leg
  const elements = elementsWherePermitted(letter, context, 'propose')
  return one({ type: 'proposed', leg: leg.value, elements })
}

/** Whether the actor is where a letter begins: its author, or the clerk of the unit that registered it. */
const isItsDesk = (letter: Letter, { context }: Asked): boolean =>
  letter.origin.kind === 'drafted' ? letter.authorId === context.actor : isClerkOf(letter.unitId, context)

/** เปิดรับ: the position has the letter in hand; who sent it can no longer pull it back. */
export function takeUp(letter: Letter, asked: Asked): Outcome<DecidedEvent[]> {
  const leg = openLeg(letter)
  if (!leg || leg.to !== asked.command.positionId || leg.takenUpAt !== null) return refuse('letter-elsewhere')
  const authority = trayAuthority(leg.to, letter, asked.context)
  return authority.ok ? one({ type: 'taken-up', legId: leg.id }, authority.value) : authority
}

/** Returning (คืนเรื่อง, ตีกลับ) with a reason to whoever sent it: by the holder, or the secretary on the holder's behalf. */
export function returnLetter(letter: Letter, body: BodyOf<'return'>, asked: Asked): Outcome<DecidedEvent[]> {
  const leg = openLeg(letter)
  if (!leg || leg.to !== asked.command.positionId) return refuse('letter-elsewhere')
  const authority = trayAuthority(leg.to, letter, asked.context)
  if (!authority.ok) return authority
  const back = legBack(letter, leg.from, body.reason, asked)
  return one({ type: 'returned', legId: leg.id, reason: body.reason, leg: back }, authority.value)
}

/** Forwarding (ส่งต่อ): from the position that has the letter, or that signed or ordered last. */
export function forward(letter: Letter, body: BodyOf<'forward'>, asked: Asked): Outcome<DecidedEvent[]> {
  const from = openLeg(letter) ?? lastWord(letter)
  if (!from || openCheck(letter) || from.to !== asked.command.positionId) return refuse('letter-elsewhere')
  const authority = authorityFor(from.to, letter, asked.context)
  if (!authority.ok)
    return authority.refusal.code === 'secretary-cannot-sign' ? refuse('position-not-held') : authority
  const leg = legTo(letter, { ...body, from: from.to }, asked)
  return leg.ok ? one({ type: 'forwarded', fromLegId: from.id, leg: leg.value }, authority.value) : leg
}

/** ดึงคืน: only by who sent it, and only while the other side has not received it; after that it is returned. */
export function recall(letter: Letter, body: BodyOf<'recall'>, asked: Asked): Outcome<DecidedEvent[]> {
  const leg = letter.legs.find(({ id }) => id === body.target)
  const check = letter.checks.find(({ id }) => id === body.target)
  if (check) return recallCheck(letter, check, body, asked)
  return leg ? recallLeg(letter, leg, body, asked) : recallDelivery(letter, body, asked)
}

function recallLeg(letter: Letter, leg: Leg, { reason }: BodyOf<'recall'>, asked: Asked) {
  if (leg.outcome !== 'open') return refuse('recall-too-late')
  const authority = leg.from === null ? undefined : authorityFor(leg.from, letter, asked.context)
  if (authority ? !authority.ok : !isItsDesk(letter, asked)) return refuse('letter-elsewhere')
  if (leg.takenUpAt !== null || leg.cameBack) return refuse('recall-too-late')
  const back = legBack(letter, leg.from, reason, asked)
  return one(
    { type: 'recalled', target: 'leg', targetId: leg.id, reason, leg: back },
    authority?.ok ? authority.value : oneself,
  )
}

/** A round of checking that has come to no end, because a reviewer is away, goes back to the author who asked for it. */
function recallCheck(letter: Letter, check: Check, { reason }: BodyOf<'recall'>, { context }: Asked) {
  if (letter.authorId !== context.actor) return refuse('letter-elsewhere')
  if (check.state !== 'open') return refuse('recall-too-late')
  return one({ type: 'recalled', target: 'check', targetId: check.id, reason, leg: null })
}

function recallDelivery(letter: Letter, { target, reason }: BodyOf<'recall'>, { context }: Asked) {
  const delivery = letter.deliveries.find(({ id }) => id === target)
  if (!delivery) return refuse('delivery-unknown')
  if (delivery.sentBy !== context.actor && !isClerkOf(delivery.fromUnitId, context))
    return refuse('letter-elsewhere')
  if (delivery.state !== 'sent') return refuse('recall-too-late')
  return one({ type: 'recalled', target: 'delivery', targetId: delivery.id, reason, leg: null })
}
