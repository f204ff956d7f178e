import type { BodyOf } from '../../contract/letter.ts'
import type { SignatureElements } from '../../contract/shapes.ts'
import { accept, type Outcome, refuse } from '../../outcome.ts'
import { type Asked, type DecidedEvent, one } from '../asked.ts'
import { authorityFor } from '../authority.ts'
import { currentRevision, type Letter, openLeg } from '../letter.ts'
import {
  digitalElements,
  electronicElements,
  mayBeSignedElectronically,
  signsForOneself,
} from '../signingPolicy.ts'
import { fileFits } from './drafting.ts'
import { legTo } from './leg.ts'

/**
 * เกษียน by whoever acts for the position that has the letter. An opinion (เสนอความเห็น) leaves it there; an order (สั่งการ)
 * is for executives, with a certificate where the policy says so, and sends it on or brings it to rest. It never
 * changes afterwards: what follows is another endorsement.
 */
export function endorse(letter: Letter, body: BodyOf<'endorse'>, asked: Asked): Outcome<DecidedEvent[]> {
  const { command, context } = asked
  const open = openLeg(letter)
  if (!open || open.to !== command.positionId) return refuse('letter-elsewhere')
  const authority = authorityFor(open.to, letter, context)
  if (!authority.ok) return authority
  const position = context.directory.position(open.to)
  if (body.act === 'order' && !position?.executive) return refuse('order-needs-executive')
  const may = mayBeSignedElectronically(letter, context)
  if (!may.ok) return may
  const needsCertificate = body.act === 'order' && context.directory.organisation.policy.ordersNeedCertificate
  if (needsCertificate && body.signature.method !== 'digital') return refuse('order-needs-certificate')
  const elements = elementsOf(letter, body, asked)
  if (!elements.ok) return elements
  if (body.act === 'opinion' && body.to !== null) return refuse('opinion-orders-nobody')
  const leg =
    body.to === null
      ? accept(null)
      : legTo(letter, { to: body.to, from: open.to, note: body.text, dueAt: body.dueAt }, asked)
  if (!leg.ok) return leg
  const { act, text, signature, dueAt } = body
  return one(
    {
      type: 'endorsed',
      endorsementId: command.id,
      legId: open.id,
      ...{ act, text, dueAt, elements: elements.value, leg: leg.value },
      revision: signature.method === 'digital' ? signature.revision : null,
    },
    authority.value,
  )
}

/** Whose signature the endorsement has, with what intent and by what method. */
function elementsOf(
  letter: Letter,
  { act, signature }: BodyOf<'endorse'>,
  { command, context }: Asked,
): Outcome<SignatureElements> {
  if (signature.method === 'electronic') {
    return accept(electronicElements(context, command.positionId, act, signature.look))
  }
  if (signature.revision.extends !== (currentRevision(letter)?.sha256 ?? null))
    return refuse('revision-not-current')
  const size = fileFits(signature.revision, context)
  if (!size.ok) return size
  const { evidence } = context
  if (evidence === undefined) throw new Error('a signed endorsement is decided with the evidence of its file')
  if (!evidence.ok) return evidence
  const { signer } = evidence.value
  const own = signsForOneself(signer, context)
  return own.ok ? accept(digitalElements(context, command.positionId, act, signer)) : own
}
