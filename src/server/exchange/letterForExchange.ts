import type { Secrecy, Urgency } from '../../shared/contract/letter.ts'
import { currentRevision, type Letter } from '../../shared/domain/letter.ts'
import type { Directory } from '../../shared/domain/organisation.ts'
import { secrecyLevel } from '../../shared/domain/secrecy.ts'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { ExchangeFile, ExchangeLetter, ExchangeParty } from './message.ts'

/** A code of the exchange with its Thai name. */
export interface ExchangeCode {
  readonly code: string
  readonly name: string
}

/** What a letter needs besides what it says itself. */
export interface Surroundings {
  readonly directory: Directory
  /** Our own codes. */
  readonly ours: Pick<ExchangeParty, 'ministryId' | 'departmentId'>
  /** The exchange's lists of classes. */
  readonly secrecy: readonly ExchangeCode[]
  readonly speed: readonly ExchangeCode[]
  readonly now: Date
}

/** ข้อ 28. */
const speedNames: Readonly<Record<Urgency, string>> = {
  normal: 'ปกติ',
  urgent: 'ด่วน',
  'very-urgent': 'ด่วนมาก',
  'most-urgent': 'ด่วนที่สุด',
  within: 'ด่วนภายใน',
}
const secrecyNames: Readonly<Record<Exclude<Secrecy, 'none' | 'top-secret'>, string>> = {
  confidential: 'ลับ',
  secret: 'ลับมาก',
}
const allSecrecyNames = [...Object.values(secrecyNames), 'ลับที่สุด']

/**
 * A letter as it goes to one of the recipients of a dispatch. Refuses secrecy-top-secret (ลับที่สุด never goes through
 * the system, slide), exchange-code-missing (a class or an agency that the exchange does not know), number-missing and
 * file-missing.
 */
export function letterForExchange(
  letter: Letter,
  recipient: { readonly agencyId: string | null; readonly name: string },
  surroundings: Surroundings,
): Outcome<ExchangeLetter> {
  const { directory, ours, now } = surroundings
  if (letter.secrecy === 'top-secret') return refuse('secrecy-top-secret')
  const main = currentRevision(letter)
  if (!letter.number) return refuse('number-missing')
  if (!main) return refuse('file-missing')
  const agency = recipient.agencyId === null ? undefined : directory.agency(recipient.agencyId)
  if (!agency?.exchange) return refuse('exchange-code-missing', { name: recipient.name })
  const speedName = speedNames[letter.urgency]
  const speed = surroundings.speed.find(({ name }) => name === speedName)
  if (!speed) return refuse('exchange-code-missing', { name: speedName })
  const secrecyCode = codeOfSecrecy(letter.secrecy, surroundings.secrecy)
  if (secrecyCode === undefined) return refuse('exchange-code-missing', { name: letter.secrecy })
  return accept({
    kind: 'letter',
    number: letter.number.text,
    date: letter.number.date,
    subject: letter.subject,
    secrecyCode,
    speedCode: speed.code,
    sender: { ...signerOf(letter, directory), ...ours },
    receiver: {
      ...{ givenName: '', familyName: '', jobTitle: letter.addressee },
      ministryId: agency.exchange.ministry,
      departmentId: agency.exchange.department,
    },
    references: letter.references.map(({ agency: of, number, date }) => ({
      ...{ number, date: date ?? '', subject: of },
    })),
    enclosures: letter.enclosures.map(({ title, quantity }) => `${title} (${quantity})`).join('\n'),
    sendDate: new Date(now.getTime() + BANGKOK_OFFSET_MS).toISOString().slice(0, 19),
    description: '',
    main: { mimeType: 'application/pdf', sha256: main.sha256, bytes: main.bytes },
    attachments: letter.enclosures.flatMap(({ file }) => (file ? [attachment(file)] : [])),
    signer: null,
  })
}

const BANGKOK_OFFSET_MS = 7 * 60 * 60 * 1000

/** No secrecy is the one class of the list that is none of the three. */
function codeOfSecrecy(secrecy: Exclude<Secrecy, 'top-secret'>, list: readonly ExchangeCode[]) {
  if (secrecy !== 'none') return list.find(({ name }) => name === secrecyNames[secrecy])?.code
  const open = list.filter(({ name }) => !allSecrecyNames.includes(name))
  return open.length === 1 ? open[0]?.code : undefined
}

/** How secret a code of the exchange's list is: 0 for not at all, then as clearances go; undefined for none of it. */
export function secrecyLevelOf(code: string, list: readonly ExchangeCode[]): number | undefined {
  const name = list.find((one) => one.code === code)?.name
  if (name === undefined) return undefined
  const place = allSecrecyNames.indexOf(name)
  return place === -1 ? 0 : Math.min(place + 1, secrecyLevel('secret'))
}

/** Who signed last, by name and position; the last word of a Thai name is the family's (trap 17). */
function signerOf(letter: Letter, directory: Directory) {
  const last = letter.signatures.at(-1)
  const words = (last ? (directory.person(last.personId)?.name ?? '') : '').split(' ')
  const positionId = last?.positionId ?? letter.signedOnPaper?.positionId
  const position = positionId === undefined ? undefined : directory.position(positionId)
  return {
    givenName: words.slice(0, -1).join(' '),
    familyName: words.at(-1) ?? '',
    jobTitle: position?.title ?? '',
  }
}

const mimeTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
}

const attachment = ({
  sha256,
  bytes,
  name,
}: {
  sha256: string
  bytes: number
  name: string
}): ExchangeFile => ({
  mimeType: mimeTypes[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream',
  sha256,
  bytes,
})
