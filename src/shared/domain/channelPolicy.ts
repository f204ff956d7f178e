import type { Way } from '../contract/shapes.ts'
import { accept, type Outcome, refuse } from '../outcome.ts'
import { goesOut } from './kinds.ts'
import type { Letter } from './letter.ts'
import type { Directory } from './organisation.ts'
import { mayBeSignedElectronically } from './signingPolicy.ts'

/** To whom a letter goes, as far as the way depends on it. */
interface Recipient {
  readonly agencyId: string | null
  readonly name: string
}

/**
 * Whether a letter may go out in a way to a recipient (slide วิธีการจัดส่งหนังสือ): internal letters of the classes
 * 1.1–1.3 only through the system (channel-system); others by the central e-mail where the agency has published its
 * own (channel-email), by post where it has not (channel-post). What is excepted from electronic signatures goes as
 * paper, by post or by hand (channel-paper; slide ข้อแนะนำ 6).
 */
export function mayGo(letter: Letter, way: Way, recipient: Recipient, directory: Directory): Outcome<null> {
  const { policy } = directory.organisation
  const byHandOrPost = way === 'post' || way === 'hand'
  if (!mayBeSignedElectronically(letter, { directory }).ok)
    return byHandOrPost ? accept(null) : refuse('channel-paper')
  if (letter.kind === 'internal') {
    const mustStay = policy.evidenceInSystem && letter.evidenceClass !== 'other'
    return mustStay ? refuse('channel-system') : accept(null)
  }
  const agency = recipient.agencyId === null ? undefined : directory.agency(recipient.agencyId)
  if (way === 'e-cms' && !agency?.exchange)
    return refuse('channel-no-exchange', { recipient: recipient.name })
  if (way === 'email' && !agency?.mailbox) return refuse('channel-post', { recipient: recipient.name })
  if (byHandOrPost && policy.externalByEmail && agency?.mailbox) {
    return refuse('channel-email', { recipient: recipient.name, mailbox: agency.mailbox })
  }
  return accept(null)
}

/** The way that fits a recipient best, to be offered first. */
export function usualWay(letter: Letter, agencyId: string | null, directory: Directory): Way {
  const isInside = letter.kind === 'internal' || (agencyId === null && !goesOut(letter))
  if (isInside) return 'system'
  if (!mayBeSignedElectronically(letter, { directory }).ok) return 'post'
  const agency = agencyId === null ? undefined : directory.agency(agencyId)
  if (agency?.exchange) return 'e-cms'
  return agency?.mailbox ? 'email' : 'post'
}

/** Whether a copy of what went out is kept (slide 2): internal letters that went by e-mail leave none. */
export const isKeptInSystem = (letter: Letter, way: Way): boolean =>
  letter.kind !== 'internal' || way === 'system'

/**
 * The name of a file that goes out by e-mail (slide วิธีปฏิบัติในการส่ง): Buddhist year, agency in Roman letters with the
 * unit's number, number in the register, in Arabic digits with underscores: `2564_NHSO771_56.pdf`, the enclosures
 * `…_1.pdf`. ว of a circular is written W. Undefined while the letter has no number.
 */
export function sendingFileName(
  letter: Letter,
  directory: Directory,
  enclosure?: number,
): string | undefined {
  if (letter.number === null) return undefined
  // The unit whose code stands in the number: a group may share its bureau's register.
  const unitId = directory.register(letter.number.registerId)?.unitId ?? letter.unitId
  const unit = directory.unit(unitId)?.code.replaceAll('.', '') ?? ''
  const circular = letter.circular ? 'W' : ''
  const year = Number(letter.number.date.slice(0, 4)) + 543
  const parts = [year, `${directory.organisation.agencyRoman}${unit}`, `${circular}${letter.number.serial}`]
  return `${[...parts, ...(enclosure === undefined ? [] : [enclosure])].join('_')}.pdf`
}
