/** A PDF name (ISO 32000-2, 7.3.5), without its slash and with its #xx escapes undone. */
export interface PdfName {
  readonly kind: 'name'
  readonly name: string
}

/** A PDF string. `from` and `to` are the file offsets of its delimiters when it was read from the file itself. */
export interface PdfString {
  readonly kind: 'string'
  readonly bytes: Uint8Array
  readonly from?: number
  readonly to?: number
}

/** An indirect reference, `12 0 R`. */
export interface PdfReference {
  readonly kind: 'reference'
  readonly number: number
  readonly generation: number
}

/** A stream: its dictionary and its still encoded bytes. */
export interface PdfStream {
  readonly kind: 'stream'
  readonly dictionary: PdfDictionary
  readonly encoded: Uint8Array
}

/** Text that is written into the file as it stands; never read. */
interface PdfVerbatim {
  readonly kind: 'verbatim'
  readonly text: string
}

/** A dictionary; keys are names without their slash, in file order. */
export type PdfDictionary = Map<string, PdfValue>

export type PdfValue =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfReference
  | PdfStream
  | PdfVerbatim
  | PdfDictionary
  | readonly PdfValue[]

/** The name `text`. */
export const nameOf = (text: string): PdfName => ({ kind: 'name', name: text })

/** A reference to object `number`. */
export const referenceTo = (number: number, generation = 0): PdfReference => ({
  kind: 'reference',
  number,
  generation,
})

/** A text string: ASCII as it is, anything else as UTF-16BE with its byte order mark (7.9.2.2). */
export function textString(text: string): PdfString {
  if (/^[\x20-\x7e]*$/.test(text)) return { kind: 'string', bytes: Buffer.from(text, 'latin1') }
  return { kind: 'string', bytes: Buffer.from(`\ufeff${text}`, 'utf16le').swap16() }
}

/** What a text string says: UTF-16BE, UTF-8 or, for want of a mark, Latin letters (7.9.2.2). */
export function readText(value: PdfValue | undefined): string | undefined {
  if (!isString(value)) return undefined
  const bytes = value.bytes
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder().decode(bytes)
  return Buffer.from(bytes).toString('latin1')
}

/** A dictionary of `entries`, leaving out those that are undefined. */
export function dictionaryOf(entries: Readonly<Record<string, PdfValue | undefined>>): PdfDictionary {
  const dictionary: PdfDictionary = new Map()
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) dictionary.set(key, value)
  return dictionary
}

type Kind = 'name' | 'string' | 'reference' | 'stream' | 'verbatim'

function hasKind(value: PdfValue | undefined, kind: Kind): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind
}

export const isDictionary = (value: PdfValue | undefined): value is PdfDictionary => value instanceof Map
export const isArray = (value: PdfValue | undefined): value is readonly PdfValue[] => Array.isArray(value)
export const isName = (value: PdfValue | undefined): value is PdfName => hasKind(value, 'name')
export const isString = (value: PdfValue | undefined): value is PdfString => hasKind(value, 'string')
export const isReference = (value: PdfValue | undefined): value is PdfReference => hasKind(value, 'reference')
export const isStream = (value: PdfValue | undefined): value is PdfStream => hasKind(value, 'stream')

/** Whether `value` is the name `text`. */
export const isNamed = (value: PdfValue | undefined, text: string): boolean =>
  isName(value) && value.name === text
