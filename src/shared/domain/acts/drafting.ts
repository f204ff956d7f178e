import type { BodyOf, LetterFacts, Revision } from '../../contract/letter.ts'
import { accept, type Outcome, refuse } from '../../outcome.ts'
import { type Asked, type DecidedEvent, type DecisionContext, event, one } from '../asked.ts'
import { factsOf } from '../beginning.ts'
import { hasForm } from '../kinds.ts'
import {
  currentRevision,
  isInHand,
  isSettled,
  isSigned,
  type Letter,
  openCheck,
  openLeg,
  reviewersNow,
} from '../letter.ts'
import { fitsSendRegister } from '../registers.ts'
import { isCleared } from '../secrecy.ts'

/** Drafting (ร่าง): for the person's own unit, in the register that numbers such letters. */
export function draft(body: BodyOf<'draft'>, { context }: Asked): Outcome<DecidedEvent[]> {
  const { directory, actor } = context
  if (directory.person(actor)?.unitId !== body.unitId) return refuse('unit-not-own')
  const facts = factsHold(body, context)
  if (!facts.ok) return facts
  const register = fitsSendRegister(body, body.unitId, body.registerId, directory)
  if (!register.ok) return register
  if (body.revision.extends !== null) return refuse('revision-not-current')
  const size = fileFits(body.revision, context)
  if (!size.ok) return size
  return one({ ...body, type: 'drafted' })
}

/** Another version of a draft, by its author or the reviewer whose turn it is; the ones before are kept. */
export function revise(letter: Letter, body: BodyOf<'revise'>, { context }: Asked): Outcome<DecidedEvent[]> {
  const check = openCheck(letter)
  const reviews = check !== undefined && reviewersNow(check).includes(context.actor)
  const isAuthor = letter.authorId === context.actor && check === undefined
  if (letter.origin.kind !== 'drafted' || openLeg(letter) || !(isAuthor || reviews)) {
    return refuse('letter-elsewhere')
  }
  if (isSettled(letter)) return refuse('letter-final')
  // ว is part of the number, which the letter has already.
  if (letter.number && body.circular !== letter.circular)
    return refuse('number-in-use', { number: letter.number.text })
  if (!followsOn(letter, body.revision)) return refuse('revision-not-current')
  const facts = factsHold(body, context)
  if (!facts.ok) return facts
  const register = fitsSendRegister(body, letter.unitId, letter.registerId, context.directory)
  if (!register.ok) return register
  const size = fileFits(body.revision, context)
  return size.ok ? one({ ...body, type: 'revised' }) : size
}

/** Whether a revision extends the current one, or is a new file in its place. */
export const followsOn = (letter: Letter, { extends: extended }: Revision): boolean =>
  extended === null || extended === currentRevision(letter)?.sha256

/** A remark on a draft, by whoever sees it; after the signature it would speak of what cannot be changed. */
export const comment = (letter: Letter, body: BodyOf<'comment'>): Outcome<DecidedEvent[]> =>
  isSigned(letter) ? refuse('letter-final') : one({ ...body, type: 'commented' })

/** ยกเลิกเรื่อง: the author gives up a letter that is neither signed nor ordered upon; its number, if it has one, is cancelled with it. */
export function cancel(letter: Letter, body: BodyOf<'cancel'>, { context }: Asked): Outcome<DecidedEvent[]> {
  if (letter.authorId !== context.actor || isInHand(letter)) return refuse('letter-elsewhere')
  if (letter.origin.kind !== 'drafted' || isSettled(letter)) return refuse('letter-final')
  const { number } = letter
  return accept([
    ...(number ? [event({ type: 'number-cancelled', ...number, reason: body.reason })] : []),
    event({ type: 'cancelled', reason: body.reason }),
  ])
}

/** A private note, by whoever sees the letter: in the history, never on the PDF. */
export const takeNote = (body: BodyOf<'note'>, { command }: Asked): Outcome<DecidedEvent[]> =>
  one({ type: 'noted', noteId: command.id, text: body.text })

/**
 * Whether what a letter says of itself can stand: a form of its kind, a time where it says ด่วนภายใน, and a class of
 * secrecy that may be in the system and that the actor is appointed for.
 */
export function factsHold(facts: LetterFacts, { actor, directory }: DecisionContext): Outcome<LetterFacts> {
  if (!hasForm(facts.kind, facts.form)) return refuse('form-unfit')
  if (facts.urgency === 'within' && facts.dueAt === null) return refuse('due-missing')
  if (facts.secrecy === 'top-secret') return refuse('secrecy-top-secret')
  if (!isCleared(actor, facts.secrecy, directory)) return refuse('clearance-missing')
  return accept(factsOf(facts))
}

/** Whether a file may be as large as it is. Refuses file-too-large. */
export function fileFits(
  revision: Revision | null | undefined,
  { directory }: DecisionContext,
): Outcome<null> {
  const limit = directory.organisation.policy.maximumFileBytes
  if (!revision || revision.bytes <= limit) return accept(null)
  return refuse('file-too-large', {
    megabytes: Math.ceil(revision.bytes / 1e6),
    limit: Math.floor(limit / 1e6),
  })
}
