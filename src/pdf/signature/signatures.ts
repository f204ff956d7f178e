import type { Rectangle } from '../geometry.ts'
import type { FoundAnnotation } from '../structure/annotations.ts'
import type { PdfFile } from '../structure/document.ts'
import { readFields } from '../structure/fields.ts'
import {
  isName,
  isNamed,
  isReference,
  isString,
  type PdfDictionary,
  type PdfValue,
  readText,
} from '../structure/values.ts'

/** A signature as the file states it; whether that is true is for verification to say. */
export interface SignatureField {
  readonly fieldName: string
  /** Zeroes when the file states no four whole numbers. */
  readonly byteRange: readonly [number, number, number, number]
  /** The DER of the CMS without the zeroes after it. */
  readonly contents: Uint8Array
  /** Where the /Contents string is in the file, its brackets included; absent when it is not in the file as such. */
  readonly contentsAt?: readonly [number, number]
  /** Where the object that is the signature dictionary begins; absent when it is in no object of its own. */
  readonly dictionaryAt?: number
  readonly subFilter: string
  /** /M as an ISO 8601 time. */
  readonly signedAt?: string
  /** /Name */
  readonly signerName?: string
  /** /Reason */
  readonly reason?: string
  /** Counted from 1; 0 when nothing is seen on a page. */
  readonly page: number
  /** The widget on the page as shown. */
  readonly place?: Rectangle
}

/** Every signature of the form and of the pages' widgets, in the order of their byte ranges. */
export function readSignatures(file: PdfFile, annotations: readonly FoundAnnotation[]): SignatureField[] {
  const byNumber = new Map(
    annotations.flatMap((annotation) =>
      annotation.number === undefined ? [] : [[annotation.number, annotation]],
    ),
  )
  const seen = new Set<PdfDictionary>()
  const found: SignatureField[] = []
  const add = (fieldName: string, value: PdfValue | undefined, widget: FoundAnnotation | undefined): void => {
    const signature = file.dictionary(value)
    if (signature === undefined || seen.has(signature)) return
    seen.add(signature)
    found.push({ ...describeSignature(file, fieldName, signature, widget), ...placeOf(file, value) })
  }
  for (const field of readFields(file)) {
    if (!field.isSignature) continue
    const widget = field.widgets.map((number) => byNumber.get(number)).find((item) => item !== undefined)
    add(field.name, field.value, widget)
  }
  for (const annotation of annotations) {
    const { dictionary } = annotation
    if (!isNamed(file.resolve(dictionary.get('FT')), 'Sig')) continue
    add(readText(file.resolve(dictionary.get('T'))) ?? '', dictionary.get('V'), annotation)
  }
  return found.sort((a, b) => endOf(a) - endOf(b))
}

function placeOf(file: PdfFile, value: PdfValue | undefined): { dictionaryAt?: number } {
  const { places, base } = file.crossReference
  const place = isReference(value) ? places.get(value.number) : undefined
  return place?.at === 'offset' ? { dictionaryAt: place.offset + base } : {}
}

const endOf = ({ byteRange }: SignatureField): number => byteRange[2] + byteRange[3]

function describeSignature(
  file: PdfFile,
  fieldName: string,
  signature: PdfDictionary,
  widget: FoundAnnotation | undefined,
): SignatureField {
  const contents = file.resolve(signature.get('Contents'))
  const subFilter = file.resolve(signature.get('SubFilter'))
  const signedAt = isoTime(readText(file.resolve(signature.get('M'))))
  const signerName = readText(file.resolve(signature.get('Name')))
  const reason = readText(file.resolve(signature.get('Reason')))
  const visible = widget !== undefined && widget.place.width > 0 && widget.place.height > 0
  const inFile = isString(contents) && contents.from !== undefined && contents.to !== undefined
  return {
    fieldName,
    byteRange: byteRangeOf(file, signature),
    contents: isString(contents) ? withoutPadding(contents.bytes) : new Uint8Array(),
    ...(inFile ? { contentsAt: [contents.from, contents.to] as const } : {}),
    subFilter: isName(subFilter) ? subFilter.name : '',
    ...(signedAt === undefined ? {} : { signedAt }),
    ...(signerName === undefined ? {} : { signerName }),
    ...(reason === undefined ? {} : { reason }),
    page: visible ? widget.page : 0,
    ...(visible ? { place: widget.place } : {}),
  }
}

function byteRangeOf(file: PdfFile, signature: PdfDictionary): SignatureField['byteRange'] {
  const numbers = (file.array(signature.get('ByteRange')) ?? []).map((item) => file.number(item))
  const [a, b, c, d] = numbers
  const whole =
    numbers.length === 4 && numbers.every((item) => item !== undefined && Number.isSafeInteger(item))
  return whole && a !== undefined && b !== undefined && c !== undefined && d !== undefined
    ? [a, b, c, d]
    : [0, 0, 0, 0]
}

/** Cuts the zeroes that fill up /Contents: at the length that the outermost DER header states. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  const first = bytes[1] ?? 0
  const lengthBytes = first & 0x7f
  if (first < 0x80) return bytes.subarray(0, 2 + first)
  if (lengthBytes === 0 || lengthBytes > 4) return bytes
  let length = 0
  for (let index = 0; index < lengthBytes; index++) length = length * 256 + (bytes[2 + index] ?? 0)
  return bytes.subarray(0, 2 + lengthBytes + length)
}

/** A PDF date (ISO 32000-2, 7.9.4) as ISO 8601 in UTC; undefined when it is none. */
function isoTime(text: string | undefined): string | undefined {
  const match = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?'?|Z.*)?$/.exec(
    text ?? '',
  )
  if (match === null) return undefined
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', sign, offset, more] =
    match
  const zone = sign === undefined ? 'Z' : `${sign}${offset}:${more ?? '00'}`
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`)
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}
