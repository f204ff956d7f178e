import type { PdfFile } from '../../pdf/structure/document.ts'
import { isName, isNamed, isStream, type PdfDictionary, type PdfValue } from '../../pdf/structure/values.ts'
import { judgeAppearance } from './appearance.ts'
import type { SuspiciousChange } from './changeKinds.ts'
import { isSame } from './compare.ts'

/** Annotations that people write or stamp (ISO 32000-2, 12.5.6); the others play, link, redact or hide. */
const marks = new Set([
  ...['Text', 'FreeText', 'Stamp', 'Ink', 'Line', 'Square', 'Circle', 'Polygon', 'PolyLine', 'Caret'],
  ...['Highlight', 'Underline', 'StrikeOut', 'Squiggly', 'Popup'],
])

const otherKinds: Readonly<Record<string, SuspiciousChange>> = {
  Link: 'scripts-added',
  Widget: 'form-field-added',
  ...{ FileAttachment: 'embedded-file', Sound: 'embedded-file', Movie: 'embedded-file' },
  ...{ Screen: 'embedded-file', RichMedia: 'embedded-file', '3D': 'embedded-file' },
}

/** Bits of /F (12.5.3). Invisible, NoView and ToggleNoView make an annotation show here and not there. */
const hidden = 2
const keepsSize = 8 | 16
const sometimes = 1 | 32 | 256
/** Icons and their like keep their size while the page grows: nothing that hides a line may. */
const largestIcon = 40

/**
 * Why an annotation may not be added after signing; undefined for a mark that brings its own appearance, looks the
 * same in every reader at every time, and does nothing.
 */
export function judgeAnnotation(file: PdfFile, annotation: PdfDictionary): SuspiciousChange | undefined {
  const has = (...keys: string[]): boolean => keys.some((key) => annotation.has(key))
  if (has('A', 'AA', 'PA', 'Dest')) return 'scripts-added'
  if (has('FS', 'AF')) return 'embedded-file'
  if (has('OC')) return 'layers-changed'
  const subtype = file.resolve(annotation.get('Subtype'))
  if (!isName(subtype)) return 'evil-annotation'
  if (!marks.has(subtype.name)) return otherKinds[subtype.name] ?? 'evil-annotation'
  const flags = file.number(annotation.get('F')) ?? 0
  const sides = file.array(annotation.get('Rect'))?.map((side) => file.number(side) ?? Number.NaN)
  if (sides?.length !== 4 || !sides.every(Number.isFinite)) return 'evil-annotation'
  if (showsSometimes(file, annotation) || !isBlended(file, annotation.get('BM'))) return 'evil-annotation'
  if (file.resolve(annotation.get('Open')) === true) return 'evil-annotation'
  if (subtype.name === 'Popup') return has('AP') ? 'evil-annotation' : undefined
  if ((flags & keepsSize) !== 0 && !isIcon(file, annotation)) return 'evil-annotation'
  if ((flags & hidden) !== 0) return has('AP') ? 'evil-annotation' : undefined
  return judgeLook(file, annotation.get('AP'))
}

/** Whether its flags make an annotation show on the screen but not on paper, or the other way round. */
export const showsSometimes = (file: PdfFile, annotation: PdfDictionary): boolean =>
  ((file.number(annotation.get('F')) ?? 0) & sometimes) !== 0

/** A mark looks as its normal appearance says, also under the pointer and the button of the mouse (12.5.5). */
export function judgeLook(file: PdfFile, value: PdfValue | undefined): SuspiciousChange | undefined {
  const looks = file.dictionary(value)
  const normal = file.resolve(looks?.get('N'))
  if (looks === undefined || !isStream(normal)) return 'evil-annotation'
  if (['D', 'R'].some((key) => looks.has(key) && !isSame(looks.get(key), looks.get('N'))))
    return 'evil-annotation'
  return judgeAppearance(file, normal)
}

const isBlended = (file: PdfFile, value: PdfValue | undefined): boolean => {
  const mode = file.resolve(value)
  return mode === undefined || ['Normal', 'Compatible', 'Multiply'].some((name) => isNamed(mode, name))
}

function isIcon(file: PdfFile, annotation: PdfDictionary): boolean {
  if (!isNamed(file.resolve(annotation.get('Subtype')), 'Text')) return false
  const [left = 0, bottom = 0, right = 0, top = 0] = (file.array(annotation.get('Rect')) ?? []).map(
    (side) => file.number(side) ?? Number.NaN,
  )
  return Math.abs(right - left) <= largestIcon && Math.abs(top - bottom) <= largestIcon
}
