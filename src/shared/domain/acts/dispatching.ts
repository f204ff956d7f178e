import type { BodyOf } from '../../contract/letter.ts'
import type { Confirmation } from '../../contract/shapes.ts'
import { accept, type Outcome, refuse } from '../../outcome.ts'
import { isLater } from '../../thai/dates.ts'
import { type Asked, type DecidedEvent, type DecisionContext, one } from '../asked.ts'
import { clerkOf, isClerkOf } from '../authority.ts'
import { isKeptInSystem, mayGo } from '../channelPolicy.ts'
import { type Dispatch, isInHand, isSigned, type Letter } from '../letter.ts'

/**
 * Finishing a dispatch (ข้อ 41–47): number, way, recipients and the register's row are one act, by the central registry
 * or the clerk of the letter's unit, so that nothing goes out that the register does not show.
 */
export function dispatch(
  letter: Letter,
  body: BodyOf<'dispatch'>,
  { command, context }: Asked,
): Outcome<DecidedEvent[]> {
  const registry = registryOf(letter, context)
  if (!registry.ok) return registry
  if (isInHand(letter)) return refuse('letter-elsewhere')
  if (!letter.number) return refuse('number-missing')
  if (!isSigned(letter)) return refuse('letter-unsigned')
  for (const recipient of body.recipients) {
    const may = mayGo(letter, body.way, recipient, context.directory)
    if (!may.ok) return may
  }
  const keptInSystem = isKeptInSystem(letter, body.way)
  return one({ ...body, type: 'dispatched', dispatchId: command.id, keptInSystem })
}

/** Taking a dispatch back in the register that went to the wrong place, with a reason; the right one is another. */
export function withdrawDispatch(
  letter: Letter,
  body: BodyOf<'withdraw-dispatch'>,
  { context }: Asked,
): Outcome<DecidedEvent[]> {
  const registry = registryOf(letter, context)
  if (!registry.ok) return registry
  const found = dispatchOf(letter, body.dispatchId)
  return found.ok ? one({ ...body, type: 'dispatch-withdrawn' }) : found
}

/** What a recipient answered, entered by the registry. */
export function confirmDispatch(
  letter: Letter,
  body: BodyOf<'confirm-dispatch'>,
  { context }: Asked,
): Outcome<DecidedEvent[]> {
  const registry = registryOf(letter, context)
  if (!registry.ok) return registry
  return isLater(body.at, context.now) ? refuse('arrived-in-future') : reportDispatch(letter, body)
}

/** What a recipient answered, as the exchange reports it. Said twice it is recorded once. */
export function reportDispatch(letter: Letter, confirmation: Confirmation): Outcome<DecidedEvent[]> {
  const found = dispatchOf(letter, confirmation.dispatchId)
  if (!found.ok) return found
  const recipient = found.value.recipients[confirmation.recipient]
  if (!recipient) return refuse('dispatch-unknown')
  const known = recipient.confirmations.some(
    ({ state, number }) => state === confirmation.state && number === confirmation.number,
  )
  return known ? refuse('confirmed-already') : one({ ...confirmation, type: 'dispatch-confirmed' })
}

function dispatchOf(letter: Letter, dispatchId: string): Outcome<Dispatch> {
  const dispatch = letter.dispatches.find(({ id }) => id === dispatchId)
  return dispatch && dispatch.withdrawn === null ? accept(dispatch) : refuse('dispatch-unknown')
}

function registryOf(letter: Letter, context: DecisionContext): Outcome<null> {
  return isClerkOf(letter.unitId, context)
    ? accept(null)
    : clerkOf(context.directory.organisation.registryUnitId, context)
}
