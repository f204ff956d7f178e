import type { PdfFile } from '../../pdf/document.ts'
import { isName, isStream, type PdfValue } from '../../pdf/values.ts'

/** Annotations that people write or stamp (ISO 32000-2, 12.5.6); the others play, link, redact or hide. */
const marks = new Set([
  ...['Text', 'FreeText', 'Stamp', 'Ink', 'Line', 'Square', 'Circle', 'Polygon', 'PolyLine', 'Caret'],
  ...['Highlight', 'Underline', 'StrikeOut', 'Squiggly', 'Popup'],
])

/** Whether an annotation may be added after signing: a mark that brings its own appearance and does nothing. */
export function isPermittedAnnotation(file: PdfFile, value: PdfValue): boolean {
  const annotation = file.dictionary(value)
  if (annotation === undefined || annotation.has('A') || annotation.has('AA')) return false
  const subtype = file.resolve(annotation.get('Subtype'))
  if (!isName(subtype) || !marks.has(subtype.name)) return false
  const appearance = file.dictionary(annotation.get('AP'))
  return subtype.name === 'Popup' || isStream(file.resolve(appearance?.get('N')))
}
