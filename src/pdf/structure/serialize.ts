import { isArray, isDictionary, type PdfDictionary, type PdfValue } from './values.ts'

/** A number as PDF writes it: no exponent, five decimals at most (ISO 32000-2, 7.3.3). */
export function formatNumber(value: number): string {
  if (Number.isInteger(value)) return value.toFixed(0)
  const text = value.toFixed(5).replace(/\.?0+$/, '')
  return text === '-0' ? '0' : text
}

/** A number with all its digits, so that a value copied from the file stays equal to what it was. */
function formatExactly(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return text
  return Math.abs(value) < 1 ? value.toFixed(20).replace(/\.?0+$/, '') : BigInt(value).toString()
}

/** A name with its slash and the escapes that it needs. */
function formatName(name: string): string {
  return `/${name.replace(/[^!-~]|[()<>[\]{}/%#]/g, (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}`
}

/** The PDF syntax of `value`, in Latin-1 characters that stand for bytes. A stream's bytes are not included. */
export function formatValue(value: PdfValue): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return formatExactly(value)
  if (isArray(value)) return `[${value.map(formatValue).join(' ')}]`
  if (isDictionary(value)) return formatDictionary(value)
  if (value.kind === 'name') return formatName(value.name)
  if (value.kind === 'reference') return `${value.number} ${value.generation} R`
  if (value.kind === 'string') return formatString(value.bytes)
  if (value.kind === 'verbatim') return value.text
  return formatDictionary(value.dictionary)
}

function formatDictionary(dictionary: PdfDictionary): string {
  const entries = [...dictionary].map(([key, value]) => `${formatName(key)} ${formatValue(value)}`)
  return `<<${entries.join(' ')}>>`
}

function formatString(bytes: Uint8Array): string {
  if (!bytes.every((byte) => byte >= 0x20 && byte <= 0x7e)) return `<${Buffer.from(bytes).toString('hex')}>`
  return `(${Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\\()]/g, '\\$&')})`
}

/** The bytes of a whole indirect object, from `12 0 obj` to `endobj`. */
export function formatObject(number: number, generation: number, value: PdfValue): Buffer {
  const head = `${number} ${generation} obj\n`
  const isStreamValue =
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'stream'
  if (!isStreamValue) return Buffer.from(`${head}${formatValue(value)}\nendobj\n`, 'latin1')
  const dictionary = new Map(value.dictionary).set('Length', value.encoded.length)
  return Buffer.concat([
    Buffer.from(`${head}${formatDictionary(dictionary)}\nstream\n`, 'latin1'),
    value.encoded,
    Buffer.from('\nendstream\nendobj\n', 'latin1'),
  ])
}
