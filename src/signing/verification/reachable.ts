import type { PdfFile } from '../../pdf/structure/document.ts'
import {
  isArray,
  isDictionary,
  isReference,
  isStream,
  type PdfDictionary,
  type PdfValue,
} from '../../pdf/structure/values.ts'

/**
 * The first of the objects that anything which a page may show names. Two traps are found by it: an object that the
 * signed revision names but lacks, to be supplied later; and page content that poses as something which may change,
 * such as metadata or the look of a field. `fillable` are the fields whose look may change: theirs is not followed.
 */
export function firstReached(
  file: PdfFile,
  objects: ReadonlySet<number>,
  fillable: ReadonlySet<PdfDictionary>,
): number | undefined {
  if (objects.size === 0) return undefined
  const seen = new Set<number>()
  const waiting: PdfValue[] = [...file.catalog]
    .filter(([key]) => !unseen.includes(key))
    .map(([, value]) => value)
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (isReference(value)) {
      if (objects.has(value.number)) return value.number
      if (seen.has(value.number)) continue
      seen.add(value.number)
      waiting.push(file.object(value.number))
    } else if (isDictionary(value)) {
      const isFillable = fillable.has(value)
      for (const [key, item] of value) if (!(isFillable && key === 'AP')) waiting.push(item)
    } else if (isStream(value)) waiting.push(value.dictionary)
    else if (isArray(value)) for (const item of value) waiting.push(item)
  }
  return undefined
}

/** Entries of the catalog that no page shows. */
const unseen = ['Metadata', 'DSS']
