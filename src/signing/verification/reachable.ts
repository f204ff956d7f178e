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
 * The first of the objects that anything names besides its `uses`: the entries of the signed revision through which a
 * change of it is judged. Three traps are found by it: an object that the signed revision names but lacks, to be
 * supplied later; page content that poses as something which may change, such as metadata or the look of a field; and
 * a look or a list that plays a second part elsewhere. It begins at the trailer; only what describes the file or proves
 * its signatures is left out.
 */
export function firstReached(file: PdfFile, objects: ReadonlySet<number>, uses: Uses): number | undefined {
  if (objects.size === 0) return undefined
  const seen = { asUse: new Set<number>(), otherwise: new Set<number>() }
  const waiting: { readonly value: PdfValue; readonly isUse: boolean }[] = []
  const wait = (value: PdfValue, isUse = false): number => waiting.push({ value, isUse })
  for (const value of entriesBut(file.crossReference.trailer, ['Root', 'Info'])) wait(value)
  for (const value of entriesBut(file.catalog, ['Metadata', 'DSS'])) wait(value)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, isUse } = next
    if (isReference(value)) {
      if (!isUse && objects.has(value.number)) return value.number
      if (seen.otherwise.has(value.number) || (isUse && seen.asUse.has(value.number))) continue
      seen[isUse ? 'asUse' : 'otherwise'].add(value.number)
      wait(file.object(value.number), isUse)
    } else if (isDictionary(value)) {
      const permitted = uses.get(value)
      for (const [key, item] of value)
        wait(item, permitted?.has(key) === true && (isUse || !innerUses.includes(key)))
    } else if (isStream(value)) wait(value.dictionary)
    else if (isArray(value)) for (const item of value) wait(item)
  }
  return undefined
}

/** The looks of a widget name its look; whoever else names the looks names that as well. */
const innerUses = ['N']

/** Entries of dictionaries through which what they name may be changed. */
export type Uses = ReadonlyMap<PdfDictionary, ReadonlySet<string>>

const entriesBut = (dictionary: PdfDictionary, keys: readonly string[]): PdfValue[] =>
  [...dictionary].flatMap(([key, value]) => (keys.includes(key) ? [] : [value]))
