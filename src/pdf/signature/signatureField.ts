import { addAnnotation } from '../marks/revisionMarks.ts'
import type { Revision } from '../structure/append.ts'
import type { PdfFile } from '../structure/document.ts'
import { readFields } from '../structure/fields.ts'
import type { Page } from '../structure/pages.ts'
import {
  dictionaryOf,
  isArray,
  isDictionary,
  isReference,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
  textString,
} from '../structure/values.ts'
import { type FieldLock, lockDictionary } from './fieldLock.ts'

/** SignaturesExist and AppendOnly (ISO 32000-2, 12.7.3). */
const signatureFlags = 3
/** Print and Locked (12.5.3). */
const widgetFlags = 4 | 128

/** Where a widget is, and what it shows. */
interface WidgetLook {
  readonly page: Page
  /** Left, bottom, right, top in page space. */
  readonly rect: readonly number[]
  readonly appearance: PdfReference | undefined
}

/** The name that a new field gets: `wanted`, with a number when that is taken. */
export function freeName(file: PdfFile, wanted: string): string {
  const taken = new Set(readFields(file).map(({ name }) => name))
  let name = wanted
  for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`
  return name
}

/** Adds a signed field with one widget to the file's form, making one when there is none. */
export function addSignatureField(
  revision: Revision,
  field: { readonly name: string; readonly signature: PdfReference; readonly lock: FieldLock | undefined },
  { page, rect, appearance }: WidgetLook,
): void {
  const widget = revision.add(
    dictionaryOf({
      Type: nameOf('Annot'),
      Subtype: nameOf('Widget'),
      FT: nameOf('Sig'),
      T: textString(field.name),
      V: field.signature,
      F: widgetFlags,
      P: page.reference,
      Rect: rect,
      AP: appearance === undefined ? undefined : dictionaryOf({ N: appearance }),
      Lock: field.lock === undefined ? undefined : lockDictionary(field.lock),
    }),
  )
  growForm(revision, [widget])
  addAnnotation(revision, page, widget)
}

/** Puts `added` into the form and says that there are signatures. */
export function growForm(revision: Revision, added: readonly PdfReference[]): void {
  const catalog = revision.resolve(revision.file.root) as PdfDictionary
  const form = catalog.get('AcroForm')
  const current = revision.resolve(form)
  const entries = new Map<string, PdfValue>(isDictionary(current) ? current : [])
  const fields = revision.resolve(entries.get('Fields'))
  const isSettled = revision.resolve(entries.get('SigFlags')) === signatureFlags
  if (added.length === 0 && isSettled && !entries.has('NeedAppearances')) return
  if (added.length > 0) entries.set('Fields', [...(isArray(fields) ? fields : []), ...added])
  entries.set('SigFlags', signatureFlags)
  // Readers that were asked to draw the fields would draw this one too, without its block.
  entries.delete('NeedAppearances')
  if (isReference(form) && isDictionary(current)) revision.replace(form, entries)
  // An object of its own: poppler leaves its field out of a form that stands within the catalog.
  else revision.replace(revision.file.root, new Map(catalog).set('AcroForm', revision.add(entries)))
}
