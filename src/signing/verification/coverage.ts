import type { ByteSource } from '../../pdf/byteSource.ts'
import type { SignatureField } from '../../pdf/inspect.ts'

/** How much of the file a signature covers: all, all up to the end of an earlier revision, or less. */
export type Coverage = 'whole-file' | 'whole-revision' | 'partial'

/**
 * Judges a byte range (ISO 32000-2, 12.8.1): it begins at 0, leaves out exactly this signature's /Contents string
 * with its brackets, and ends where a revision ends.
 */
export function judgeCoverage(
  source: ByteSource,
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
  if (!isExact || end > source.length || !isPadded(source, before, after, contents.length)) return 'partial'
  if (end === source.length) return 'whole-file'
  return endsRevision(source, end) ? 'whole-revision' : 'partial'
}

/**
 * Between the brackets stand the digits of the CMS and then zeroes: anything else could hide something where the
 * signature does not look.
 */
function isPadded(source: ByteSource, from: number, to: number, length: number): boolean {
  const text = Buffer.from(source.read(from, to)).toString('latin1')
  if (!text.startsWith('<') || !text.endsWith('>')) return false
  const digits = text.slice(1, -1)
  return /^[0-9A-Fa-f]*$/.test(digits) && /^0*$/.test(digits.slice(2 * length))
}

function endsRevision(source: ByteSource, end: number): boolean {
  return /%%EOF[\r\n]{0,2}$/.test(Buffer.from(source.read(end - 8, end)).toString('latin1'))
}
