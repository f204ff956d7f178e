import type { BodyOf } from '../../contract/letter.ts'
import { accept, type Outcome, refuse } from '../../outcome.ts'
import { type Asked, type DecidedEvent, type DecisionContext, one } from '../asked.ts'
import { type Check, isInHand, isSettled, type Letter, openCheck, reviewersNow } from '../letter.ts'
import { isCleared } from '../secrecy.ts'
import { elementsWherePermitted } from '../signingPolicy.ts'

/** Sending for checking (ส่งเอกสารตรวจสอบ): the author asks colleagues, one after another or all at once. */
export function requestCheck(
  letter: Letter,
  body: BodyOf<'request-check'>,
  { command, context }: Asked,
): Outcome<DecidedEvent[]> {
  const { directory, actor } = context
  if (letter.authorId !== actor || isInHand(letter)) return refuse('letter-elsewhere')
  if (letter.origin.kind !== 'drafted' || isSettled(letter)) return refuse('letter-final')
  const reviewers = [...new Set(body.reviewers)]
  if (reviewers.some((id) => id === actor || !directory.person(id))) return refuse('reviewer-unfit')
  if (reviewers.some((id) => !isCleared(id, letter.secrecy, directory))) return refuse('clearance-missing')
  return one({ ...body, reviewers, type: 'check-requested', checkId: command.id })
}

/** A reviewer finds nothing to change; the round passes when all have. */
export function passCheck(
  letter: Letter,
  body: BodyOf<'pass-check'>,
  { context }: Asked,
): Outcome<DecidedEvent[]> {
  const check = checkOf(letter, context)
  if (!check.ok) return check
  const elements = elementsWherePermitted(letter, context, 'check')
  return one({ type: 'check-passed', checkId: check.value.id, opinion: body.opinion, elements })
}

/** A reviewer returns the draft with a reason, which ends the round: the author revises and asks again. */
export function returnCheck(
  letter: Letter,
  body: BodyOf<'return-check'>,
  { context }: Asked,
): Outcome<DecidedEvent[]> {
  const check = checkOf(letter, context)
  return check.ok ? one({ type: 'check-returned', checkId: check.value.id, reason: body.reason }) : check
}

function checkOf(letter: Letter, { actor }: DecisionContext): Outcome<Check> {
  const check = openCheck(letter)
  return check && reviewersNow(check).includes(actor) ? accept(check) : refuse('not-reviewer')
}
