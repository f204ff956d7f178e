import type { PdfFile } from '../../pdf/structure/document.ts'
import {
  isName,
  isNamed,
  isStream,
  type PdfDictionary,
  type PdfStream,
  type PdfValue,
} from '../../pdf/structure/values.ts'
import type { SuspiciousChange } from './changeKinds.ts'

const deepest = 8
const mostParts = 1000

/**
 * Why an appearance may not be added after signing: it refers to what changes by itself, such as layers, or to what
 * readers draw differently, such as PostScript, alternate images, transfer functions and files outside. Undefined
 * when nothing of the kind is found.
 */
export function judgeAppearance(file: PdfFile, form: PdfStream): SuspiciousChange | undefined {
  const seen = new Set<PdfDictionary>()
  const visit = ({ dictionary }: PdfStream, depth: number): SuspiciousChange | undefined => {
    file.step()
    if (seen.has(dictionary)) return undefined
    seen.add(dictionary)
    if (depth > deepest || seen.size > mostParts) return 'change-unexplained'
    if (dictionary.has('OC')) return 'layers-changed'
    if (dictionary.has('F')) return 'embedded-file'
    if (oddEntries.some((key) => dictionary.has(key))) return 'evil-annotation'
    const subtype = file.resolve(dictionary.get('Subtype'))
    if (isNamed(subtype, 'PS')) return 'evil-annotation'
    const resources = file.dictionary(dictionary.get('Resources'))
    if (resources === undefined) return undefined
    if (namesLayers(file, resources.get('Properties'))) return 'layers-changed'
    if (itemsOf(file, resources.get('ExtGState')).some((state) => isOddState(file, state)))
      return 'evil-annotation'
    for (const part of [
      ...itemsOf(file, resources.get('XObject')),
      ...itemsOf(file, resources.get('Pattern')),
    ]) {
      const inner = file.resolve(part)
      const found = isStream(inner) ? visit(inner, depth + 1) : undefined
      if (found !== undefined) return found
    }
    return undefined
  }
  return isBoxed(file, form) ? visit(form, 0) : 'evil-annotation'
}

/** Reference XObjects, print substitutes and alternate images (ISO 32000-2, 8.10.4, 14.11.7, 8.9.5.4). */
const oddEntries = ['Ref', 'OPI', 'Alternates', 'PS']

const itemsOf = (file: PdfFile, value: PdfValue | undefined): PdfValue[] => [
  ...(file.dictionary(value)?.values() ?? []),
]

/** Marked content may belong to a layer, which can be switched (8.11). */
const namesLayers = (file: PdfFile, value: PdfValue | undefined): boolean =>
  itemsOf(file, value).some((item) => {
    const type = file.resolve(file.dictionary(item)?.get('Type'))
    return isNamed(type, 'OCG') || isNamed(type, 'OCMD')
  })

/** Transfer functions and the like are the printer's business: on the screen and on paper other things show. */
function isOddState(file: PdfFile, value: PdfValue): boolean {
  const state = file.dictionary(value)
  return ['TR', 'TR2', 'HT', 'BG', 'BG2', 'UCR', 'UCR2'].some((key) => {
    const setting = file.resolve(state?.get(key))
    return setting !== undefined && setting !== null && !isName(setting)
  })
}

/** A form without a sound /BBox is drawn in different sizes by different readers. */
function isBoxed(file: PdfFile, { dictionary }: PdfStream): boolean {
  const box = file.array(dictionary.get('BBox'))?.map((side) => file.number(side) ?? Number.NaN)
  return box?.length === 4 && box.every((side) => Number.isFinite(side))
}
