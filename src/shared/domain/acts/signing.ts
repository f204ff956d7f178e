import type { BodyOf, ServerCommandBody } from '../../contract/letter.ts'
import { type Outcome, refuse } from '../../outcome.ts'
import { bangkokDay, bangkokTime, isLater, listDate } from '../../thai/dates.ts'
import { writesDate, writesNumber } from '../../thai/letterNumber.ts'
import { type Asked, type DecidedEvent, one } from '../asked.ts'
import { clerkOf } from '../authority.ts'
import { currentRevision, isInHand, isSigned, type Letter, openLeg, stageOf } from '../letter.ts'
import { digitalElements, mayBeSignedElectronically, signsForOneself } from '../signingPolicy.ts'
import { fileFits, followsOn } from './drafting.ts'
import { actingHolder } from './numbering.ts'

/** Signing (ลงนาม): for the position that has it, on the current revision, with the number and date that were bound. */
export function sign(letter: Letter, body: BodyOf<'sign'>, asked: Asked): Outcome<DecidedEvent[]> {
  const { command, context } = asked
  const { directory, evidence, now } = context
  const last = letter.signatures[letter.signatures.length - 1]
  const isCurrent = body.revision.extends === currentRevision(letter)?.sha256
  if (last && !isCurrent) {
    return refuse('letter-signed-already', {
      who: directory.person(last.personId)?.name ?? last.personId,
      when: `${listDate(bangkokDay(last.signedAt))} ${bangkokTime(last.signedAt)}`,
    })
  }
  const holder = actingHolder(letter, asked)
  if (!holder.ok) return holder
  const may = mayBeSignedElectronically(letter, context)
  if (!may.ok) return may
  if (letter.kind === 'stamped' && !mayInitialStamp(command.positionId, asked)) return refuse('rank-too-low')
  if (!letter.number) return refuse('number-missing')
  if (!isCurrent) return refuse('revision-not-current')
  if (evidence === undefined) throw new Error('a sign command is decided with the evidence of its file')
  if (!evidence.ok) return evidence
  const { signer, numberText, dateText } = evidence.value
  const own = signsForOneself(signer, context)
  if (!own.ok) return own
  const { agencyCode } = directory.organisation
  const numberWritten = writesNumber(numberText ?? '', letter.number.text, agencyCode)
  if (!numberWritten || !writesDate(dateText ?? '', letter.number.date)) return refuse('number-mark-wrong')
  const datesDiffer = signedOn(asked) !== letter.number.date
  if (datesDiffer && directory.organisation.policy.dateDiffers === 'block') {
    return refuse('signed-on-another-day', {
      date: listDate(letter.number.date),
      today: listDate(bangkokDay(now)),
    })
  }
  const legId = openLeg(letter)?.id ?? ''
  const elements = digitalElements(context, command.positionId, 'sign', signer)
  return one({ type: 'signed', legId, revision: body.revision, signer, elements, datesDiffer }, holder.value)
}

/** The day on which it was signed: by the client's clock, which may have been offline since, but never after now. */
function signedOn({ command, context }: Asked): string {
  const isAhead = isLater(command.clientTime, context.now)
  return bangkokDay(isAhead ? context.now : command.clientTime)
}

/** หนังสือประทับตรา: the head of a bureau (กอง) or above initials the stamp (ข้อ 13). */
function mayInitialStamp(positionId: string | null, { context }: Asked): boolean {
  const rank = context.directory.position(positionId ?? '')?.rank
  return rank === 'agency' || rank === 'bureau'
}

/**
 * The paper path: what may not be signed electronically is printed, signed by hand and scanned back by its author or
 * the unit's clerk; number and date are on the paper.
 */
export function signOnPaper(
  letter: Letter,
  body: BodyOf<'sign-on-paper'>,
  asked: Asked,
): Outcome<DecidedEvent[]> {
  const { context } = asked
  const isAuthor = letter.authorId === context.actor
  const clerk = clerkOf(letter.unitId, context)
  if (!isAuthor && !clerk.ok) return clerk
  if (isInHand(letter)) return refuse('letter-elsewhere')
  if (letter.origin.kind !== 'drafted' || isSigned(letter)) return refuse('letter-final')
  if (mayBeSignedElectronically(letter, context).ok) return refuse('paper-not-needed')
  if (!context.directory.position(body.signedFor)?.executive) return refuse('position-unknown')
  if (letter.kind === 'stamped' && !mayInitialStamp(body.signedFor, asked)) return refuse('rank-too-low')
  if (!letter.number) return refuse('number-missing')
  if (body.signedOn > bangkokDay(context.now)) return refuse('signed-in-future')
  if (!followsOn(letter, body.revision)) return refuse('revision-not-current')
  const size = fileFits(body.revision, context)
  return size.ok ? one({ ...body, type: 'signed-on-paper' }) : size
}

/**
 * Raising the signatures' level after the last signer: only while nobody has the letter, so that no one's signature
 * is made over a revision that has just been followed by another.
 */
export function augment(
  letter: Letter,
  body: Extract<ServerCommandBody, { type: 'augment' }>,
): Outcome<DecidedEvent[]> {
  const isCurrent = body.revision.extends === currentRevision(letter)?.sha256
  const rests = stageOf(letter) === 'signed' && letter.signatures.length > 0
  return rests && isCurrent ? one({ ...body, type: 'augmented' }) : refuse('revision-not-current')
}
