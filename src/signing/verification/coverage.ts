import type { SignatureField } from '../../pdf/inspect.ts'
import type { ByteSource } from '../../pdf/structure/byteSource.ts'
import { DamagedFile } from '../../pdf/structure/damaged.ts'
import { SyntaxReader } from '../../pdf/structure/syntax.ts'
import { isName, isReference } from '../../pdf/structure/values.ts'
import type { Reason } from './reasons.ts'

/** How much of the file a signature covers: all, all up to the end of an earlier revision, or less. */
export type Coverage = 'whole-file' | 'whole-revision' | 'partial'

/** How much is covered, and by what names of known attacks it is less. */
export interface CoverageJudgement {
  readonly coverage: Coverage
  readonly faults: readonly Reason[]
}

/**
 * Judges a byte range (ISO 32000-2, 12.8.1): it begins at 0, leaves out exactly this signature's /Contents string
 * with its brackets, and ends where a revision ends; and it stands in a dictionary that all readers read alike.
 */
export function judgeCoverage(source: ByteSource, field: SignatureField): CoverageJudgement {
  const faults: Reason[] = rangeFaults(source, field)
  if (isAmbiguous(source, field.dictionaryAt)) faults.push('signature-dictionary')
  if (faults.length > 0) return { coverage: 'partial', faults: ['range-wrong', ...faults] }
  const isWhole = field.byteRange[2] + field.byteRange[3] === source.length
  return { coverage: isWhole ? 'whole-file' : 'whole-revision', faults: [] }
}

function rangeFaults(source: ByteSource, { byteRange, contents, contentsAt }: SignatureField): Reason[] {
  const [start, before, after, length] = byteRange
  const end = after + length
  const isPossible = start >= 0 && before > 0 && after > before && length > 0 && end <= source.length
  if (!isPossible || contents.every((byte) => byte === 0)) return ['universal-forgery']
  if (contentsAt === undefined) return ['signature-dictionary']
  if (contentsAt[0] < before || contentsAt[1] > after) return ['signature-wrapping']
  const isExact = start === 0 && contentsAt[0] === before && contentsAt[1] === after
  const isSound = isExact && isPadded(source, before, after, contents.length)
  return isSound && (end === source.length || endsRevision(source, end)) ? [] : ['range-spoofed']
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

/** Of keys that stand twice some programs take the first, others the last; and some look up no references here. */
function isAmbiguous(source: ByteSource, at: number | undefined): boolean {
  if (at === undefined) return false
  const reader = new SyntaxReader(source, at)
  try {
    reader.count()
    reader.count()
    if (!reader.accepts('obj') || !passes(reader, 0x3c)) return true
    const keys = new Set<string>()
    while (!passes(reader, 0x3e)) {
      const key = reader.value()
      if (!isName(key) || keys.has(key.name)) return true
      keys.add(key.name)
      const value = reader.value()
      if ((key.name === 'Contents' || key.name === 'ByteRange') && isReference(value)) return true
    }
    return false
  } catch (error) {
    if (error instanceof DamagedFile) return true
    throw error
  }
}

/** Moves past two of the byte, the brackets of a dictionary, when they come next. */
function passes(reader: SyntaxReader, bracket: number): boolean {
  reader.skipSpace()
  const at = reader.position
  if (reader.byteAt(at) !== bracket || reader.byteAt(at + 1) !== bracket) return false
  reader.position += 2
  return true
}
