import type { BodyOf, Command, ServerCommand } from '../../contract/letter.ts'
import type { BoundNumber } from '../../contract/shapes.ts'
import { accept, type Outcome, refuse } from '../../outcome.ts'
import { bangkokDay, buddhistYear, isLater } from '../../thai/dates.ts'
import { type Asked, type Authority, type DecidedEvent, one, oneself } from '../asked.ts'
import { authorityFor, clerkOf } from '../authority.ts'
import { isInHand, isSigned, type Letter, openLeg } from '../letter.ts'
import type { Directory } from '../organisation.ts'
import { fitsSendRegister, numberText, periodOf } from '../registers.ts'
import { mayBeSignedElectronically } from '../signingPolicy.ts'

/** The counter that a command takes a number from, or undefined. The caller locks it and passes `numbers`. */
export function numberNeeded(
  letter: Letter | undefined,
  { body }: Command | ServerCommand,
  directory: Directory,
  now: string,
):
  | { readonly registerId: string; readonly period: number; readonly reserved: number | undefined }
  | undefined {
  const registerId = registerAsked(letter, body)
  const register = registerId === undefined ? undefined : directory.register(registerId)
  if (!register) return undefined
  const reserved = body.type === 'bind-number' ? body.reserved : undefined
  return { registerId: register.id, period: periodOf(register, bangkokDay(now)), reserved }
}

function registerAsked(
  letter: Letter | undefined,
  body: (Command | ServerCommand)['body'],
): string | undefined {
  if (body.type === 'register' || body.type === 'receive') return letter ? undefined : body.registerId
  return body.type === 'bind-number' && letter?.number === null ? letter.registerId : undefined
}

/** The next number of a register, as of now. Undefined where numbers are not issued, which is on every client. */
export function nextNumber(
  registerId: string,
  circular: boolean,
  { context }: Asked,
  reserved?: number,
): BoundNumber | undefined {
  const { directory, now, numbers } = context
  const register = directory.register(registerId)
  const unit = register && directory.unit(register.unitId)
  if (!numbers || !register || !unit) return undefined
  const date = bangkokDay(now)
  const period = periodOf(register, date)
  const serial = reserved ?? numbers.nextSerial
  // Where numbers never begin again, {year} is that of the date.
  const written = { serial, circular, period: period || buddhistYear(date) }
  const text = numberText(register, unit, directory.organisation, written)
  return { registerId, buddhistYear: period, serial, text, date }
}

/**
 * Binding the number (ออกเลข) needs the server; a letter keeps its number whatever happens after. By whoever acts for the
 * executive position that has the letter; by the clerk where it goes by paper.
 */
export function bindNumber(
  letter: Letter,
  body: BodyOf<'bind-number'>,
  asked: Asked,
): Outcome<DecidedEvent[]> {
  const authority = numberingAuthority(letter, asked)
  if (!authority.ok) return authority
  if (letter.number) return refuse('number-bound-already', { number: letter.number.text })
  if (letter.origin.kind !== 'drafted') return refuse('number-not-own')
  const fits = fitsSendRegister(letter, letter.unitId, letter.registerId, asked.context.directory)
  if (!fits.ok) return fits
  if (!asked.context.numbers) return refuse('number-needs-server')
  const reserved = reservedNumber(body, asked)
  if (!reserved.ok) return reserved
  const number = nextNumber(letter.registerId, letter.circular, asked, reserved.value)
  if (!number) throw new Error(`letter ${letter.id} has an unknown register`)
  return one({ type: 'number-bound', ...number }, authority.value)
}

/** The reserved serial that is asked for, if it still stands: it is of today, since letters are dated when they are numbered. */
function reservedNumber(
  { reserved }: BodyOf<'bind-number'>,
  { context }: Asked,
): Outcome<number | undefined> {
  if (reserved === undefined) return accept(undefined)
  const reservation = context.numbers?.reservation
  if (!reservation?.open) return refuse('reservation-unknown')
  if (!isLater(reservation.until, context.now)) return refuse('reservation-expired')
  return accept(reserved)
}

function numberingAuthority(letter: Letter, asked: Asked): Outcome<Authority> {
  const byPaper = !mayBeSignedElectronically(letter, asked.context).ok
  if (byPaper) {
    if (isInHand(letter)) return refuse('letter-elsewhere')
    const clerk = clerkOf(letter.unitId, asked.context)
    return clerk.ok ? accept(oneself) : clerk
  }
  return actingHolder(letter, asked)
}

/**
 * With what right the actor numbers and signs: for the executive position that has the letter. Who holds no executive
 * position proposes and gives opinions (เสนอความเห็น) but does not sign.
 */
export function actingHolder(letter: Letter, { command, context }: Asked): Outcome<Authority> {
  const leg = openLeg(letter)
  if (!leg || leg.to !== command.positionId) return refuse('letter-elsewhere')
  if (!context.directory.position(leg.to)?.executive) return refuse('position-not-held')
  return authorityFor(leg.to, letter, context)
}

/** ยกเลิกเลข: the number stays in the register with the reason and is never given again. Not once the letter is signed. */
export function cancelNumber(
  letter: Letter,
  body: BodyOf<'cancel-number'>,
  asked: Asked,
): Outcome<DecidedEvent[]> {
  const { number } = letter
  if (!number) return refuse('number-missing')
  const register = asked.context.directory.register(number.registerId)
  const clerk = clerkOf(register?.unitId ?? letter.unitId, asked.context)
  if (!clerk.ok) return clerk
  if (isSigned(letter)) return refuse('number-in-use', { number: number.text })
  return one({ type: 'number-cancelled', ...number, reason: body.reason })
}
