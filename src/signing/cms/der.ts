/**
 * Distinguished Encoding Rules (ITU-T X.690): just what certificates and CMS need. The writer makes values from
 * the inside out; the reader never leaves the bytes it was given.
 */

/** The tags used here (X.690 8.1.2, universal class; constructed bit included). */
export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** One value: `tag`, its content, and the whole with tag and length, all views of the same bytes. */
export interface DerValue {
  readonly tag: number
  readonly content: Uint8Array
  readonly whole: Uint8Array
}

/** The tag of context-specific value `number`, constructed unless `primitive`. */
export const contextTag = (number: number, primitive = false): number => (primitive ? 0x80 : 0xa0) | number

/** Encodes one value with the given tag; `contents` are joined. */
export function encode(valueTag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([Uint8Array.of(valueTag), encodedLength(length), ...contents])
}

function encodedLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const digits: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256)
  return Uint8Array.of(0x80 | digits.length, ...digits)
}

/** A SEQUENCE of the given values. */
export const sequence = (...values: readonly Uint8Array[]): Uint8Array => encode(tag.sequence, ...values)

/** A SET OF, its values in DER order (X.690 11.6). */
export const setOf = (...values: readonly Uint8Array[]): Uint8Array =>
  encode(tag.set, ...values.toSorted((one, other) => Buffer.compare(one, other)))

/** An OCTET STRING. */
export const octetString = (bytes: Uint8Array): Uint8Array => encode(tag.octetString, bytes)

/** A NULL. */
export const nullValue = Uint8Array.of(tag.null, 0)

/** A non-negative INTEGER from a small number. */
export const smallInteger = (value: number): Uint8Array => encode(tag.integer, Uint8Array.of(value))

/** A non-negative INTEGER from big-endian bytes: leading zeroes go, a zero is put before a set top bit. */
export function unsignedInteger(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? Uint8Array.of(0) : bytes.subarray(first)
  return digits[0]! & 0x80 ? encode(tag.integer, Uint8Array.of(0), digits) : encode(tag.integer, digits)
}

const written = new Map<string, Uint8Array>()

/** An OBJECT IDENTIFIER from its dotted form; for the few that are written, each is made once. */
export function objectIdentifier(dotted: string): Uint8Array {
  const known = written.get(dotted)
  if (known !== undefined) return known
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = encode(tag.objectIdentifier, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)))
  written.set(dotted, bytes)
  return bytes
}

function base128(value: number): number[] {
  const digits = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    digits.unshift((rest % 128) | 0x80)
  }
  return digits
}

/** The dotted form of an OBJECT IDENTIFIER's content. */
export function dottedIdentifier(content: Uint8Array): string {
  const numbers: number[] = []
  let value = 0
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f)
    if ((byte & 0x80) === 0) {
      numbers.push(value)
      value = 0
    }
  }
  const [joined = 0, ...rest] = numbers
  const first = Math.min(2, Math.floor(joined / 40))
  return [first, joined - first * 40, ...rest].join('.')
}

/** Thrown by the reader on bytes that are not DER; callers turn it into "not readable" at their border. */
export class DerError extends Error {}

/** Deepest nesting of values of indefinite length. */
const deepest = 16

/**
 * Reads one value at `offset`. Throws DerError when it leaves the bytes. Constructed values of indefinite length
 * (BER, X.690 8.1.3.6) are read as well, since signatures made by NSS have them.
 */
export function readValue(bytes: Uint8Array, offset = 0, depth = 0): DerValue {
  const valueTag = bytes[offset]
  const first = bytes[offset + 1]
  if (valueTag === undefined || first === undefined) throw new DerError('The value ends early.')
  if ((valueTag & 0x1f) === 0x1f) throw new DerError('Long tags are not used here.')
  if (first === 0x80) return readIndefinite(bytes, offset, depth)
  let length = first
  let start = offset + 2
  if (first >= 0x80) {
    const digits = first & 0x7f
    if (digits > 4) throw new DerError('The length is too long.')
    if (start + digits > bytes.length) throw new DerError('The length ends early.')
    length = bytes.subarray(start, start + digits).reduce((sum, byte) => sum * 256 + byte, 0)
    start += digits
  }
  const end = start + length
  if (end > bytes.length) throw new DerError('The value is longer than what holds it.')
  return { tag: valueTag, content: bytes.subarray(start, end), whole: bytes.subarray(offset, end) }
}

/** The value ends with two zeroes after its members. */
function readIndefinite(bytes: Uint8Array, offset: number, depth: number): DerValue {
  const valueTag = bytes[offset]!
  if ((valueTag & 0x20) === 0 || depth > deepest) throw new DerError('The length cannot be indefinite.')
  const start = offset + 2
  let end = start
  while (bytes[end] !== 0 || bytes[end + 1] !== 0) end += readValue(bytes, end, depth + 1).whole.length
  return { tag: valueTag, content: bytes.subarray(start, end), whole: bytes.subarray(offset, end + 2) }
}

/** Most values that one SEQUENCE or SET may hold: far above what certificates and signatures need. */
const mostValues = 4096

/** The values inside a constructed value's content. Throws DerError. */
export function readValues(content: Uint8Array): DerValue[] {
  const values: DerValue[] = []
  for (let offset = 0; offset < content.length; ) {
    if (values.length >= mostValues) throw new DerError('There are too many values.')
    const value = readValue(content, offset)
    values.push(value)
    offset += value.whole.length
  }
  return values
}

/** The value, when it has the expected tag. Throws DerError. */
export function expectTag(value: DerValue | undefined, expected: number): DerValue {
  if (value?.tag !== expected) throw new DerError(`Tag ${expected} was expected.`)
  return value
}

/** The values inside the value, when it has the expected tag. Throws DerError. */
export const readInside = (value: DerValue | undefined, expected: number = tag.sequence): DerValue[] =>
  readValues(expectTag(value, expected).content)

/** The value inside the explicit context tag `number` among the values (X.690 8.14); undefined when it is absent. */
export function explicit(values: readonly DerValue[], number: number): DerValue | undefined {
  const holder = values.find((value) => value.tag === contextTag(number))
  return holder === undefined ? undefined : readValue(holder.content)
}

/** The dotted identifier of an OBJECT IDENTIFIER value. Throws DerError. */
export const readIdentifier = (value: DerValue | undefined): string =>
  dottedIdentifier(expectTag(value, tag.objectIdentifier).content)

/** Runs a reader; undefined when the bytes are not what it expects. */
export function readOrUndefined<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}

/** Reads a UTCTime or GeneralizedTime (RFC 5280 4.1.2.5). Throws DerError. */
export function readTime(value: DerValue | undefined): Date {
  const text = Buffer.from(value?.content ?? []).toString('latin1')
  const digits = value?.tag === tag.utcTime ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(digits)
  if (parts === null || (value?.tag !== tag.utcTime && value?.tag !== tag.generalizedTime)) {
    throw new DerError('A time was expected.')
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number)
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second))
}
