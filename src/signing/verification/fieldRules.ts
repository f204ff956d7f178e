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
import { type AddedField, addedSignatureField } from './addedField.ts'
import { judgeLook, showsSometimes } from './annotations.ts'
import type { Change } from './changeKinds.ts'
import { changedKeys } from './compare.ts'
import type { Comparison, Role } from './comparison.ts'
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
      if (widget !== undefined) giveLookRoles(comparison, field, widget, judge)
    }
  }
}

/**
 * The look of what is filled in or signed may be written anew in its place, as long as nothing else shows it. A check
 * box keeps its looks.
 */
function giveLookRoles(comparison: Comparison, field: FormField, widget: PdfDictionary, judge: Role): void {
  const { earlier } = comparison
  if (!['Tx', 'Ch', 'Sig'].includes(field.type)) return
  const looks = earlier.dictionary(widget.get('AP'))
  comparison.guard(widget, 'AP', judge)
  if (!isDictionary(earlier.resolve(looks?.get('N')))) comparison.guard(looks, 'N', judge)
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
  for (const number of new Set([at.object, ...before.widgets])) comparison.noteDroppedLook(number)
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
  const blocks = numbers.flatMap((number) => later.dictionary(later.object(number)) ?? [])
  return kindOfSignature(comparison, after.dictionary, blocks)
}

/** Judges a field that was added to the form or to a page: only signature fields may be. */
export function judgeAddedField(comparison: Comparison, value: PdfValue, page?: number): void {
  const { later } = comparison
  const added = addedSignatureField(comparison, value)
  const field = added?.field ?? value
  const dictionary = later.dictionary(field)
  comparison.note({
    kind: added === undefined ? 'form-field-added' : kindOfAddedField(comparison, added),
    ...(isReference(field) ? { object: field.number } : {}),
    ...(page === undefined ? {} : { page }),
    field: readText(later.resolve(dictionary?.get('T'))) ?? '',
  })
}

function kindOfAddedField(comparison: Comparison, { dictionary, block }: AddedField): Change['kind'] {
  const { later } = comparison
  const has = (...keys: string[]): boolean => keys.some((key) => dictionary.has(key) || block.has(key))
  if (has('A', 'AA', 'PA')) return 'scripts-added'
  if (has('OC')) return 'layers-changed'
  if ((later.resolve(dictionary.get('V')) ?? null) === null)
    return has('AP') ? 'sneaky-signature' : 'signature-field'
  return kindOfSignature(comparison, dictionary, [block])
}

/** What came into the field: a signature of its own, or a time-stamp that shows nothing. */
function kindOfSignature(
  comparison: Comparison,
  field: PdfDictionary,
  blocks: readonly PdfDictionary[],
): Change['kind'] {
  const { later } = comparison
  const signature = later.dictionary(field.get('V'))
  const isSignature =
    isString(later.resolve(signature?.get('Contents'))) &&
    later.array(signature?.get('ByteRange')) !== undefined
  // A signature that was there before lends its name to another block.
  if (!isSignature || comparison.isPrepared(field.get('V'))) return 'sneaky-signature'
  const shown = blocks.filter((block) => isShown(later, block))
  for (const block of shown) {
    const fault = showsSometimes(later, block) ? 'evil-annotation' : judgeLook(later, block.get('AP'))
    if (fault !== undefined) return fault === 'evil-annotation' ? 'sneaky-signature' : fault
  }
  const isTimestamp = isNamed(later.resolve(signature?.get('SubFilter')), 'ETSI.RFC3161')
  return isTimestamp && shown.length === 0 ? 'document-timestamp' : 'signature'
}

function isShown(file: PdfFile, field: PdfDictionary): boolean {
  const [left = 0, bottom = 0, right = 0, top = 0] = (file.array(field.get('Rect')) ?? []).map(
    (side) => file.number(side) ?? 0,
  )
  return field.has('AP') && left !== right && bottom !== top
}
