import { type BytesOrSource, sourceOf } from '../structure/byteSource.ts'
import { pdfDate } from '../structure/pdfDate.ts'
import { formatValue } from '../structure/serialize.ts'
import {
  dictionaryOf,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
  textString,
} from '../structure/values.ts'
import { certificationReference, type FieldLock, lockReference, type PermittedChanges } from './fieldLock.ts'

/** Offset, length, offset, length (ISO 32000-2, 12.8.1). */
export type ByteRange = readonly [number, number, number, number]

/** What a signature dictionary says besides its CMS. */
export interface SignatureEntries {
  readonly signerName: string
  /** Left out when empty. */
  readonly reason: string
  /** The time that /M states, on the signer's clock. */
  readonly signedAt: Date
  /** Where it was signed, such as the name of a place. */
  readonly location?: string
  /** How to reach the signer, such as a telephone number. */
  readonly contactInfo?: string
  /** Bytes of DER to reserve in /Contents; 16,384 when absent. */
  readonly contentsBytes?: number
}

/** What a signature dictionary says about later changes, by reference to the catalog. */
export interface SignatureLimits {
  readonly certifies: PermittedChanges | undefined
  readonly lock: FieldLock | undefined
  readonly catalog: PdfReference
}

const defaultContentsBytes = 16_384
/** Digits of each number: files of up to 10 GB. */
const rangeWidth = 10

/**
 * The signature dictionary (ISO 32000-2, 12.8.1; ETSI EN 319 142-1, 6.3) as text, with room for /ByteRange and
 * /Contents. What a signer chooses stands behind both, so that they are found by the first of their keys.
 */
export function signatureDictionary(entries: SignatureEntries, limits: SignatureLimits): string {
  return formatValue(
    dictionaryOf({
      Type: nameOf('Sig'),
      Filter: nameOf(signatureFilter),
      SubFilter: nameOf(signatureSubFilter),
      ...reserved(entries.contentsBytes ?? defaultContentsBytes),
      Name: textString(entries.signerName),
      Reason: optionalText(entries.reason),
      Location: optionalText(entries.location),
      ContactInfo: optionalText(entries.contactInfo),
      M: textString(pdfDate(entries.signedAt)),
      Reference: references(limits),
      Prop_Build: dictionaryOf({ App: dictionaryOf({ Name: nameOf('Saraban') }) }),
    }),
  )
}

/** The dictionary of a document time-stamp (12.8.5; ETSI EN 319 142-1, 5.4.3) as text, with the same room. */
export const timestampDictionary = (contentsBytes: number): string =>
  formatValue(
    dictionaryOf({
      Type: nameOf('DocTimeStamp'),
      Filter: nameOf(signatureFilter),
      SubFilter: nameOf(timestampSubFilter),
      ...reserved(contentsBytes),
    }),
  )

/** Zeroes in place of the range and of the DER. */
function reserved(contentsBytes: number): Record<'ByteRange' | 'Contents', PdfValue> {
  const range = Array.from({ length: 4 }, () => '0'.repeat(rangeWidth)).join(' ')
  return {
    ByteRange: { kind: 'verbatim', text: `[${range}]` },
    Contents: { kind: 'verbatim', text: `<${'0'.repeat(2 * contentsBytes)}>` },
  }
}

/** The handler that readers use for PAdES. */
export const signatureFilter = 'Adobe.PPKLite'
/** The format of PAdES signatures. */
export const signatureSubFilter = 'ETSI.CAdES.detached'
/** The format of time-stamps over the whole document. */
export const timestampSubFilter = 'ETSI.RFC3161'

const optionalText = (text: string | undefined): PdfValue | undefined =>
  text === undefined || text === '' ? undefined : textString(text)

function references({ certifies, lock, catalog }: SignatureLimits): readonly PdfDictionary[] | undefined {
  const all = [
    ...(certifies === undefined ? [] : [certificationReference(certifies)]),
    ...(lock === undefined ? [] : [lockReference(lock, catalog)]),
  ]
  return all.length === 0 ? undefined : all
}

/**
 * Writes the final /ByteRange over the zeroes of the dictionary `text` that begins at the file's offset `body`, in
 * what is appended behind `earlierLength` bytes; returns it.
 */
export function fillByteRange(
  appended: Uint8Array,
  earlierLength: number,
  body: number,
  text: string,
): ByteRange {
  const open = body + text.indexOf('/Contents <') + '/Contents '.length
  const close = body + text.indexOf('>', open - body) + 1
  const range = [0, open, close, earlierLength + appended.length - close] as const
  const at = body + text.indexOf('/ByteRange [') + '/ByteRange ['.length
  const room = 4 * rangeWidth + 3
  appended.set(Buffer.from(range.join(' ').padEnd(room, ' '), 'latin1'), at - earlierLength)
  return range
}

/** The bytes that a signature covers, as `parts` of a source gives them: to be gone through once at a time. */
export function coveredBytes(bytes: BytesOrSource, byteRange: ByteRange): Iterable<Uint8Array> {
  const source = sourceOf(bytes)
  const [first, firstLength, second, secondLength] = byteRange
  return {
    *[Symbol.iterator]() {
      yield* source.parts(first, first + firstLength)
      yield* source.parts(second, second + secondLength)
    },
  }
}
