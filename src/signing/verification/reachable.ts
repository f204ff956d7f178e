import type { PdfFile } from '../../pdf/document.ts'
import { isArray, isDictionary, isReference, isStream, type PdfValue } from '../../pdf/values.ts'

/**
 * Whether anything that a page may show names one of the objects. Two traps are found by it: an object that the
 * signed revision names but lacks, to be supplied later; and page content that poses as metadata, which may change.
 */
export function reachesAny(file: PdfFile, objects: ReadonlySet<number>): boolean {
  if (objects.size === 0) return false
  const seen = new Set<number>()
  const waiting: PdfValue[] = [...file.catalog]
    .filter(([key]) => !unseen.includes(key))
    .map(([, value]) => value)
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (isReference(value)) {
      if (objects.has(value.number)) return true
      if (seen.has(value.number)) continue
      seen.add(value.number)
      waiting.push(file.object(value.number))
    } else if (isDictionary(value)) waiting.push(...value.values())
    else if (isStream(value)) waiting.push(...value.dictionary.values())
    else if (isArray(value)) waiting.push(...value)
  }
  return false
}

/** Entries of the catalog that no page shows. */
const unseen = ['Metadata', 'DSS']
