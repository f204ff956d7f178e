import type { SignatureField } from '../../pdf/inspect.ts'

/** How much of the file a signature covers: all, all up to the end of an earlier revision, or less. */
export type Coverage = 'whole-file' | 'whole-revision' | 'partial'

/**
 * Judges a byte range (ISO 32000-2, 12.8.1): it begins at 0, leaves out exactly this signature's /Contents string
 * with its brackets, and ends where a revision ends.
 */
export function judgeCoverage(
  bytes: Uint8Array,
  { byteRange, contents, contentsAt }: SignatureField,
): Coverage {
  const [start, before, after, length] = byteRange
  const end = after + length
  const isExact =
    start === 0 &&
    contentsAt !== undefined &&
    contentsAt[0] === before &&
    contentsAt[1] === after &&
    length > 0
  if (!isExact || end > bytes.length || !isPadded(bytes, before, after, contents.length)) return 'partial'
  if (end === bytes.length) return 'whole-file'
  return endsRevision(bytes, end) ? 'whole-revision' : 'partial'
}

/**
 * Between the brackets stand the digits of the CMS and then zeroes: anything else could hide something where the
 * signature does not look.
 */
function isPadded(bytes: Uint8Array, from: number, to: number, length: number): boolean {
  if (bytes[from] !== 0x3c || bytes[to - 1] !== 0x3e) return false
  const digits = Buffer.from(bytes.buffer, bytes.byteOffset + from + 1, to - from - 2).toString('latin1')
  return /^[0-9A-Fa-f]*$/.test(digits) && /^0*$/.test(digits.slice(2 * length))
}

function endsRevision(bytes: Uint8Array, end: number): boolean {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset + Math.max(0, end - 8), Math.min(8, end))
  return /%%EOF[\r\n]{0,2}$/.test(tail.toString('latin1'))
}
