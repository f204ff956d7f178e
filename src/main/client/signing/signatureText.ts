import type { Rectangle } from '../../../pdf/geometry.ts'
import type { TextMark } from '../../../pdf/marks/textMark.ts'
import type { Places } from '../../../pdf/places/places.ts'
import type { SignatureRequest } from '../../../pdf/signature/signatureRevision.ts'
import type { BoundNumber } from '../../../shared/domain/letter.ts'
import { bangkokDay, bangkokTime, letterDate } from '../../../shared/thai/dates.ts'
import { toThaiDigits } from '../../../shared/thai/digits.ts'
import {
  dateWithLabel,
  numberAfterAgency,
  numberAfterPrefix,
  numberWithLabel,
} from '../../../shared/thai/letterNumber.ts'

/** What a signature writes on the paper. */
export interface SignatureFacts {
  readonly number: BoundNumber
  readonly agencyCode: string
  readonly signerName: string
  /** The position signed for; for a delegate the own one and the one represented, a line each. */
  readonly positionLines: readonly string[]
  /** Hexadecimal. */
  readonly certificateSerial: string
  readonly signedAt: Date
  /** The first signer writes number and date; they stand in the file for all who follow. */
  readonly isFirst: boolean
  readonly fieldName: string
  readonly block: { readonly page: number; readonly place: Rectangle }
}

/** Its marks are number and date, for the first signer. */
interface LetterSignature extends SignatureRequest {
  readonly marks: readonly TextMark[]
}

/** The request to the PDF side: number and date where the paper has room for them, and the visible block. */
export function signatureRequest(facts: SignatureFacts, places: Places): LetterSignature {
  const { number, signerName, positionLines, certificateSerial, signedAt } = facts
  const instant = signedAt.toISOString()
  const when = `${letterDate(bangkokDay(instant))} เวลา ${toThaiDigits(bangkokTime(instant))}`
  return {
    fieldName: facts.fieldName,
    signerName,
    reason: `ลงนามในตำแหน่ง ${positionLines.join(' ')}`,
    signedAt,
    marks: facts.isFirst ? numberAndDate(number, facts.agencyCode, places) : [],
    block: {
      ...facts.block,
      lines: [
        signerName,
        ...positionLines,
        // Lines of like length: the longest one sets the size of all.
        `ลงลายมือชื่อดิจิทัล · ใบรับรอง ${shortSerial(certificateSerial)}`,
        when,
      ],
      qr: [number.text, signerName, certificateSerial, instant].join('\n'),
    },
  }
}

function numberAndDate(number: BoundNumber, agencyCode: string, places: Places): TextMark[] {
  const { form: numberForm, typed = '', ...numberPlace } = places.number
  const numberForms = {
    afterPrefix: numberAfterPrefix(number.text, typed),
    afterAgency: numberAfterAgency(number.text, agencyCode),
    number: toThaiDigits(number.text),
    withLabel: numberWithLabel(number.text),
  }
  const dateForms = { date: letterDate(number.date), withLabel: dateWithLabel(number.date) }
  const { form: dateForm, ...datePlace } = places.date
  return [
    { name: 'number', ...numberPlace, lines: [numberForms[numberForm]] },
    { name: 'date', ...datePlace, lines: [dateForms[dateForm]] },
  ]
}

/** The last eight digits of a serial number in pairs: enough to tell a person's certificates apart. */
const shortSerial = (serial: string) =>
  serial
    .slice(-8)
    .toUpperCase()
    .replace(/(..)(?=.)/g, '$1 ')
