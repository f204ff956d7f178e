import { isNamed, isReference, type PdfDictionary, type PdfValue } from '../../pdf/structure/values.ts'
import { isSame } from './compare.ts'
import type { Comparison } from './comparison.ts'

/** A signature field that was added. */
export interface AddedField {
  readonly field: PdfValue
  readonly dictionary: PdfDictionary
  /** Its only widget (ISO 32000-2, 12.7.5.5), which most writers merge with the field. */
  readonly block: PdfDictionary
}

/** What only a widget has; a field that has one apart says none of it. */
const widgetKeys = ['Subtype', 'Rect', 'AP', 'AS', 'F', 'MK', 'BS', 'Border', 'P', 'OC', 'A', 'PA']
/** What only a field has, or what would make a field of a widget. */
const fieldKeys = ['FT', 'T', 'TU', 'TM', 'Ff', 'DV', 'Kids', 'Lock', 'SV']

/**
 * The signature field that the value is, alone or with its widget, or whose widget it is. Undefined for all others.
 * Where field and widget are apart, both are new, name each other and nothing else, and neither does the other's part.
 */
export function addedSignatureField(comparison: Comparison, value: PdfValue): AddedField | undefined {
  const { later } = comparison
  const own = later.dictionary(value)
  if (own === undefined) return undefined
  const isField = isNamed(later.resolve(own.get('FT')), 'Sig')
  if (isField && !own.has('Kids')) return { field: value, dictionary: own, block: own }
  const field = isField ? value : own.get('Parent')
  const dictionary = isField ? own : later.dictionary(field)
  if (!isReference(field) || dictionary === undefined) return undefined
  const [widget, another] = later.array(dictionary.get('Kids')) ?? []
  const block = later.dictionary(widget)
  if (!isReference(widget) || block === undefined || another !== undefined) return undefined
  const isWhole =
    isNamed(later.resolve(dictionary.get('FT')), 'Sig') &&
    isNamed(later.resolve(block.get('Subtype')), 'Widget') &&
    isSame(block.get('Parent'), field) &&
    (isField || isSame(widget, value)) &&
    !dictionary.has('Parent') &&
    !widgetKeys.some((key) => dictionary.has(key)) &&
    !fieldKeys.some((key) => block.has(key)) &&
    // Some readers look for the signature at the widget.
    (!block.has('V') || isSame(block.get('V'), dictionary.get('V'))) &&
    !comparison.isPrepared(field) &&
    !comparison.isPrepared(widget) &&
    comparison.laterField(field.number)?.isSignature === true
  return isWhole ? { field, dictionary, block } : undefined
}
