import type { PdfFile } from './document.ts'
import { readFields } from './fields.ts'
import { isString, type PdfValue } from './values.ts'

/** Whether the form is XFA: readers that know it show its template in place of the pages (ISO 32000-2, annex K). */
export const isXfa = (file: PdfFile): boolean =>
  (file.resolve(file.dictionary(file.catalog.get('AcroForm'))?.get('XFA')) ?? null) !== null ||
  file.resolve(file.catalog.get('NeedsRendering')) === true

/**
 * Whether readers are asked to draw the fields anew (/NeedAppearances, 12.7.3). Some then draw signatures as well,
 * without what the signer put there.
 */
export const asksForAppearances = (file: PdfFile): boolean =>
  file.resolve(file.dictionary(file.catalog.get('AcroForm'))?.get('NeedAppearances')) === true

/** Whether that may be taken back: nothing is signed yet, and all that is filled in has its own appearance. */
export const isDrawnThroughout = (file: PdfFile): boolean =>
  readFields(file).every((field) => {
    if (field.isSignature) return file.dictionary(field.value) === undefined
    if (isEmpty(file.resolve(field.value))) return true
    const widgets = [field.dictionary, ...field.widgets.map((number) => file.dictionary(file.object(number)))]
    return widgets.every((widget) => widget?.has('Rect') !== true || widget.has('AP'))
  })

const isEmpty = (value: PdfValue | undefined): boolean =>
  value === undefined || value === null || (isString(value) && value.bytes.length === 0)
