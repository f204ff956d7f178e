import type { PdfFile } from '../../pdf/structure/document.ts'
import { isArray, isDictionary, isReference, isStream, type PdfValue } from '../../pdf/structure/values.ts'
import type { SuspiciousChange } from './changeKinds.ts'

/** What the change of an object is called, by the entry through which the object is reached. */
const kinds: Readonly<Record<string, SuspiciousChange>> = {
  Pages: 'pages-changed',
  ...{ Contents: 'incremental-saving', Resources: 'incremental-saving', XObject: 'incremental-saving' },
  ...{ Annots: 'annotation-changed', AP: 'annotation-changed' },
  ...{ Fields: 'form-field-changed', AcroForm: 'form-field-changed' },
  ...{ Font: 'shadow-replace', DR: 'shadow-replace' },
  ...{
    OCProperties: 'layers-changed',
    OC: 'layers-changed',
    OCGs: 'layers-changed',
    Properties: 'layers-changed',
  },
  XFA: 'xfa-changed',
  ...{ JavaScript: 'scripts-added', OpenAction: 'scripts-added', JS: 'scripts-added' },
  ...{ A: 'scripts-added', AA: 'scripts-added', Next: 'scripts-added' },
  ...{
    EmbeddedFiles: 'embedded-file',
    EF: 'embedded-file',
    AF: 'embedded-file',
    Collection: 'embedded-file',
  },
  ...{ Perms: 'certification-added', Legal: 'certification-added' },
  ...{ Outlines: 'change-unexplained', StructTreeRoot: 'change-unexplained', Names: 'change-unexplained' },
}

/** Entries that lead back up. */
const backwards = ['Parent', 'P', 'Pg', 'Prev', 'Dest']

/** What the change of each object of the signed revision is to be called when nothing permits it. */
export function namesOfParts(file: PdfFile): (number: number) => SuspiciousChange {
  const names = new Map<number, SuspiciousChange>()
  const waiting: { value: PdfValue; kind: SuspiciousChange }[] = [
    { value: file.catalog, kind: 'change-unexplained' },
  ]
  for (let at = 0; at < waiting.length; at++) {
    const { value, kind } = waiting[at]!
    if (isReference(value)) {
      if (names.has(value.number)) continue
      names.set(value.number, kind)
      waiting.push({ value: file.object(value.number), kind })
    } else if (isStream(value)) waiting.push({ value: value.dictionary, kind })
    else if (isArray(value)) for (const item of value) waiting.push({ value: item, kind })
    else if (isDictionary(value)) {
      for (const [key, item] of value)
        if (!backwards.includes(key)) waiting.push({ value: item, kind: kinds[key] ?? kind })
    }
  }
  return (number) => names.get(number) ?? 'change-unexplained'
}
