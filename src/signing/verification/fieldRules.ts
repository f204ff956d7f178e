import type { PdfFile } from '../../pdf/structure/document.ts'
import { type FormField, readFields } from '../../pdf/structure/fields.ts'
import {
  isDictionary,
  isNamed,
  isReference,
  isString,
  type PdfDictionary,
  type PdfValue,
  readText,
} from '../../pdf/structure/values.ts'
import { judgeLook, showsSometimes } from './annotations.ts'
import type { Change } from './changeKinds.ts'
import { changedKeys } from './compare.ts'
import type { Comparison } from './comparison.ts'
import { judgeFilling } from './filling.ts'

/** Gives their roles to the fields of the signed form, to their widgets, and to what draws those. */
export function giveFieldRoles(comparison: Comparison): void {
  const { earlier } = comparison
  for (const field of readFields(earlier)) {
    if (field.reference === undefined) continue
    const judge = once(() => judgeField(comparison, field))
    for (const number of new Set([field.reference.number, ...field.widgets])) {
      comparison.give({ kind: 'reference', number, generation: 0 }, judge)
      const widget = earlier.dictionary(earlier.object(number))
      if (field.isSignature || widget === undefined) continue
      comparison.fillable.add(widget)
      const look = earlier.dictionary(widget.get('AP'))?.get('N')
      if (!isReference(look) || isDictionary(earlier.resolve(look))) continue
      comparison.unseen.add(look.number)
      comparison.give(look, judge)
    }
  }
}

function once(work: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) work()
    isDone = true
  }
}

/** A field was filled in or signed, or else changed in a way that nobody may. */
function judgeField(comparison: Comparison, before: FormField): void {
  const { permissions } = comparison
  const at = { object: before.reference?.number ?? 0, field: before.name }
  const after = comparison.laterField(at.object)
  if (permissions.isLocked(before.name)) comparison.note({ kind: 'field-locked', ...at })
  if (after === undefined) comparison.note({ kind: 'form-field-changed', ...at })
  else if (before.isSignature) comparison.note({ kind: judgeSigning(comparison, before, after), ...at })
  else comparison.note({ kind: judgeFilling(comparison, before, after), ...at })
}

/** A field that stood empty was signed: it got its value and its look. */
function judgeSigning(comparison: Comparison, before: FormField, after: FormField): Change['kind'] {
  const { earlier, later } = comparison
  if ((earlier.resolve(before.value) ?? null) !== null) return 'annotation-changed'
  const numbers = [...new Set([before.reference?.number ?? 0, ...before.widgets])]
  const isOnlySigned = numbers.every((number) => {
    const [old, now] = [earlier.object(number), later.object(number)]
    if (!isDictionary(old) || !isDictionary(now)) return false
    return changedKeys(old, now).every((key) => ['V', 'AP', 'AS', 'F', 'M', 'MK'].includes(key))
  })
  if (!isOnlySigned) return 'form-field-changed'
  return kindOfSignature(comparison, after.dictionary)
}

/** Judges a field that was added to the form or to a page: only signature fields may be. */
export function judgeAddedField(comparison: Comparison, value: PdfValue, page?: number): void {
  const { later } = comparison
  const dictionary = later.dictionary(value)
  comparison.note({
    kind: dictionary === undefined ? 'form-field-added' : kindOfAddedField(comparison, value, dictionary),
    ...(isReference(value) ? { object: value.number } : {}),
    ...(page === undefined ? {} : { page }),
    field: readText(later.resolve(dictionary?.get('T'))) ?? '',
  })
}

function kindOfAddedField(
  comparison: Comparison,
  value: PdfValue,
  dictionary: PdfDictionary,
): Change['kind'] {
  const { later } = comparison
  if (!isSignatureField(later, value)) return 'form-field-added'
  if (['A', 'AA', 'PA'].some((key) => dictionary.has(key))) return 'scripts-added'
  if (dictionary.has('OC')) return 'layers-changed'
  if ((later.resolve(dictionary.get('V')) ?? null) === null)
    return dictionary.has('AP') ? 'sneaky-signature' : 'signature-field'
  return kindOfSignature(comparison, dictionary)
}

/** Whether the value is a signature field that is its own widget. */
export function isSignatureField(file: PdfFile, value: PdfValue): boolean {
  const dictionary = file.dictionary(value)
  return isNamed(file.resolve(dictionary?.get('FT')), 'Sig') && dictionary?.has('Kids') === false
}

/** What came into the field: a signature of its own, or a time-stamp that shows nothing. */
function kindOfSignature(comparison: Comparison, field: PdfDictionary): Change['kind'] {
  const { later } = comparison
  const signature = later.dictionary(field.get('V'))
  const isSignature =
    isString(later.resolve(signature?.get('Contents'))) &&
    later.array(signature?.get('ByteRange')) !== undefined
  // A signature that was there before lends its name to another block.
  if (!isSignature || comparison.isPrepared(field.get('V'))) return 'sneaky-signature'
  if (!isShown(later, field)) {
    const isTimestamp = isNamed(later.resolve(signature?.get('SubFilter')), 'ETSI.RFC3161')
    return isTimestamp ? 'document-timestamp' : 'signature'
  }
  const fault = showsSometimes(later, field) ? 'evil-annotation' : judgeLook(later, field.get('AP'))
  return fault === undefined ? 'signature' : fault === 'evil-annotation' ? 'sneaky-signature' : fault
}

function isShown(file: PdfFile, field: PdfDictionary): boolean {
  const [left = 0, bottom = 0, right = 0, top = 0] = (file.array(field.get('Rect')) ?? []).map(
    (side) => file.number(side) ?? 0,
  )
  return field.has('AP') && left !== right && bottom !== top
}
