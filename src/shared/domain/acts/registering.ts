import type { BodyOf } from '../../contract/letter.ts'
import { accept, type Outcome, refuse } from '../../outcome.ts'
import { isLater } from '../../thai/dates.ts'
import { type Asked, type DecidedEvent, type DecisionContext, event, one } from '../asked.ts'
import { clerkOf } from '../authority.ts'
import { deemedReceipt } from '../calendar.ts'
import { currentRevision, type Letter, openLeg } from '../letter.ts'
import { fitsReceiveRegister, sendRegisterFor } from '../registers.ts'
import { isCleared } from '../secrecy.ts'
import { factsHold, fileFits } from './drafting.ts'
import { legBack, reaches } from './leg.ts'
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
  if (isLater(body.arrivedAt, context.now)) return refuse('arrived-in-future')
  const fits = fitsReceiveRegister(body.secrecy, body.unitId, body.registerId, context.directory)
  if (!fits.ok) return fits
  if (body.file && body.file.revision.extends !== null) return refuse('revision-not-current')
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
  if (body.revision.extends !== null) return refuse('revision-not-current')
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

/**
 * Another class of secrecy or another matter: by the author or the unit's clerk, who is appointed for both classes. A
 * letter without a number moves to the register of its class; what is with people who are not appointed for it, or on
 * its way to them, comes back to who sent it.
 */
export function reclassify(
  letter: Letter,
  body: BodyOf<'reclassify'>,
  asked: Asked,
): Outcome<DecidedEvent[]> {
  const { context } = asked
  const { directory, actor } = context
  const clerk = clerkOf(letter.unitId, context)
  if (letter.authorId !== actor && !clerk.ok) return clerk
  if (body.secrecy === 'top-secret') return refuse('secrecy-top-secret')
  const cleared = [letter.secrecy, body.secrecy].every((secrecy) => isCleared(actor, secrecy, directory))
  if (!cleared) return refuse('clearance-missing')
  const after = { ...letter, secrecy: body.secrecy, matter: body.matter }
  const moved = registerAfter(letter, after, context)
  if (!moved.ok) return moved
  return accept([
    event({ ...body, type: 'reclassified', ...(moved.value && { registerId: moved.value }) }),
    ...broughtBack(after, body.reason, asked),
  ])
}

/** The register for a draft's new class; undefined where its number is in a register already, or it keeps its own. */
function registerAfter(
  letter: Letter,
  after: Letter,
  { directory }: DecisionContext,
): Outcome<string | undefined> {
  const isFiled = letter.origin.kind !== 'drafted' || letter.number !== null
  if (isFiled || (letter.secrecy === 'none') === (after.secrecy === 'none')) return accept(undefined)
  const register = sendRegisterFor(after, letter.unitId, directory)
  const title = directory.register(letter.registerId)?.title ?? letter.registerId
  return register ? accept(register.id) : refuse('register-unfit', { register: title, fitting: '-' })
}

function broughtBack(letter: Letter, reason: string, asked: Asked): DecidedEvent[] {
  const { directory, now } = asked.context
  const leg = openLeg(letter)
  const legs = leg && !reaches(leg.to, letter, asked.context) ? [leg] : []
  const deliveries = letter.deliveries.filter(
    ({ state, toUnitId }) =>
      state === 'sent' &&
      !directory.clerks(toUnitId, now).some(({ id }) => isCleared(id, letter.secrecy, directory)),
  )
  return [
    ...legs.map(({ id, from }) =>
      event({
        type: 'recalled',
        target: 'leg',
        targetId: id,
        reason,
        leg: legBack(letter, from, reason, asked),
      }),
    ),
    ...deliveries.map(({ id }) =>
      event({ type: 'recalled', target: 'delivery', targetId: id, reason, leg: null }),
    ),
  ]
}
