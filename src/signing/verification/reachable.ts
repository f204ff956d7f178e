import type { PdfFile } from '../../pdf/document.ts'
import { isArray, isDictionary, isReference, isStream, type PdfValue } from '../../pdf/values.ts'

/**
 * Whether anything reachable from the catalog names one of the objects `absent` from the file: a later revision
 * that supplies them would fill in a gap that was left on purpose.
 */
export function readsAbsentObject(file: PdfFile, absent: ReadonlySet<number>): boolean {
  const seen = new Set<number>()
  const waiting: PdfValue[] = [file.root]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (isReference(value)) {
      if (absent.has(value.number)) return true
      if (seen.has(value.number)) continue
      seen.add(value.number)
      waiting.push(file.object(value.number))
    } else if (isDictionary(value)) waiting.push(...value.values())
    else if (isStream(value)) waiting.push(...value.dictionary.values())
    else if (isArray(value)) waiting.push(...value)
  }
  return false
}
