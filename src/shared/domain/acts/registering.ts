import type { BodyOf } from '../../contract/letter.ts'
import { type Outcome, refuse } from '../../outcome.ts'
import { type Asked, type DecidedEvent, one } from '../asked.ts'
import { clerkOf } from '../authority.ts'
import { deemedReceipt } from '../calendar.ts'
import { currentRevision, type Letter } from '../letter.ts'
import { fitsReceiveRegister } from '../registers.ts'
import { isCleared } from '../secrecy.ts'
import { factsHold, fileFits } from './drafting.ts'
import { nextNumber } from './numbering.ts'

/**
 * ลงรับหนังสือจากภายนอก (ข้อ 35–38): the unit's clerk enters a letter in the receive register. The same letter of the same
 * sender is entered twice only on purpose; what arrives outside office hours counts as received when the office opens.
 */
export function register(body: BodyOf<'register'>, asked: Asked): Outcome<DecidedEvent[]> {
  const { context } = asked
  const clerk = clerkOf(body.unitId, context)
  if (!clerk.ok) return clerk
  const facts = factsHold(body, context)
  if (!facts.ok) return facts
  if (body.arrivedAt > context.now) return refuse('arrived-in-future')
  const fits = fitsReceiveRegister(body.secrecy, body.unitId, body.registerId, context.directory)
  if (!fits.ok) return fits
  const size = fileFits(body.file?.revision, context)
  if (!size.ok) return size
  if (context.registeredAs !== undefined && !body.despiteDuplicate) {
    return refuse('registered-already', { number: context.registeredAs })
  }
  if (!context.numbers) return refuse('number-needs-server')
  const receipt = nextNumber(body.registerId, false, asked)
  if (!receipt) throw new Error(`register ${body.registerId} gives no number`)
  const deemedReceivedAt = deemedReceipt(body.arrivedAt, context.directory.organisation)
  return one({ ...body, type: 'registered', receipt, deemedReceivedAt })
}

/** The image of a letter that was registered without one, such as paper that is scanned later. */
export function attach(letter: Letter, body: BodyOf<'attach'>, { context }: Asked): Outcome<DecidedEvent[]> {
  const clerk = clerkOf(letter.unitId, context)
  if (!clerk.ok) return clerk
  if (currentRevision(letter)) return refuse('file-attached-already')
  const size = fileFits(body.revision, context)
  return size.ok ? one({ ...body, type: 'attached' }) : size
}

/** The registry corrects what the register says, with a reason; the entry before stays in the log. */
export function correct(
  letter: Letter,
  body: BodyOf<'correct'>,
  { context }: Asked,
): Outcome<DecidedEvent[]> {
  const clerk = clerkOf(letter.unitId, context)
  if (!clerk.ok) return clerk
  if (body.changes.sender && letter.origin.kind === 'drafted') return refuse('letter-not-incoming')
  return one({ ...body, type: 'corrected' })
}

/** Another class of secrecy or another matter: by the author or the unit's clerk, who is appointed for both classes. */
export function reclassify(
  letter: Letter,
  body: BodyOf<'reclassify'>,
  { context }: Asked,
): Outcome<DecidedEvent[]> {
  const { directory, actor } = context
  const clerk = clerkOf(letter.unitId, context)
  if (letter.authorId !== actor && !clerk.ok) return clerk
  if (body.secrecy === 'top-secret') return refuse('secrecy-top-secret')
  const cleared = [letter.secrecy, body.secrecy].every((secrecy) => isCleared(actor, secrecy, directory))
  return cleared ? one({ ...body, type: 'reclassified' }) : refuse('clearance-missing')
}
