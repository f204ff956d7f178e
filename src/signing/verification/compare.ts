import {
  isArray,
  isDictionary,
  isName,
  isReference,
  isStream,
  isString,
  type PdfDictionary,
  type PdfValue,
} from '../../pdf/structure/values.ts'

/** Whether two values say the same. References are the same when they name the same object. */
export function isSame(one: PdfValue | undefined, other: PdfValue | undefined): boolean {
  if (one === other) return true
  if (typeof one === 'number') return typeof other === 'number' && isRounded(one, other)
  if (isDictionary(one)) return isDictionary(other) && changedKeys(one, other).length === 0
  if (isArray(one)) {
    return isArray(other) && one.length === other.length && one.every((item, at) => isSame(item, other[at]))
  }
  if (isReference(one))
    return isReference(other) && one.number === other.number && one.generation === other.generation
  if (isName(one)) return isName(other) && one.name === other.name
  if (isString(one)) return isString(other) && Buffer.compare(one.bytes, other.bytes) === 0
  return (
    isStream(one) &&
    isStream(other) &&
    isSame(one.dictionary, other.dictionary) &&
    Buffer.compare(one.encoded, other.encoded) === 0
  )
}

/** Programs write what they read with ten digits or fewer: 595.303937007874 becomes 595.3039370079. */
const sameDigits = 1e-9

const isRounded = (one: number, other: number): boolean =>
  !(Number.isInteger(one) && Number.isInteger(other)) &&
  Math.abs(one - other) <= sameDigits * Math.max(Math.abs(one), Math.abs(other))

/** The keys whose values differ; an entry with null counts as absent (ISO 32000-2, 7.3.7). */
export function changedKeys(one: PdfDictionary, other: PdfDictionary): string[] {
  const keys = new Set([...one.keys(), ...other.keys()])
  return [...keys].filter((key) => !isSame(one.get(key) ?? null, other.get(key) ?? null))
}

/** The items that were added, when `later` keeps all of `earlier` in order; or else undefined. */
export function addedItems(
  earlier: readonly PdfValue[],
  later: readonly PdfValue[],
): readonly PdfValue[] | undefined {
  let kept = 0
  const added: PdfValue[] = []
  for (const item of later) {
    if (kept < earlier.length && isSame(earlier[kept], item)) kept++
    else added.push(item)
  }
  return kept === earlier.length ? added : undefined
}
