import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { readAnnotations } from '../structure/annotations.ts'
import type { Revision } from '../structure/append.ts'
import type { PdfFile } from '../structure/document.ts'
import { readFields } from '../structure/fields.ts'
import type { Page } from '../structure/pages.ts'
import {
  dictionaryOf,
  isDictionary,
  isReference,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from '../structure/values.ts'
import { fieldLocks } from './changes.ts'
import { type FieldLock, locksField, readFieldLock } from './fieldLock.ts'
import { readSeedValues, type SeedValues } from './seedValues.ts'
import { growForm } from './signatureField.ts'

/** Hidden and NoView (ISO 32000-2, 12.5.3). */
const hiddenFlags = 2 | 32
/** ReadOnly (12.7.4.1). */
const readOnlyFlag = 1

/** A signature field of the file that waits for its signature. */
export interface EmptyField {
  readonly name: string
  readonly reference: PdfReference
  readonly dictionary: PdfDictionary
  /** The field's kids, which are widgets of it. */
  readonly kids: readonly PdfReference[]
  /** The widgets that are seen on a page: the field itself or its kids. */
  readonly widgets: readonly FieldWidget[]
  readonly lock: FieldLock | undefined
  readonly seeds: SeedValues | undefined
}

/** A widget of a field, which may be the field itself. */
export interface FieldWidget {
  readonly reference: PdfReference
  readonly dictionary: PdfDictionary
  readonly page: Page
  /** Left, bottom, right, top in page space. */
  readonly rect: readonly number[]
}

/**
 * The empty signature field with this whole name. Refuses field-missing, field-signed, and field-locked when the
 * field is read-only or an earlier signature locks it.
 */
export function findEmptyField(file: PdfFile, pages: readonly Page[], name: string): Outcome<EmptyField> {
  const field = readFields(file).find((candidate) => candidate.isSignature && candidate.name === name)
  if (field?.reference === undefined) return refuse('field-missing', { field: name })
  const { reference, dictionary } = field
  if ((file.resolve(field.value) ?? null) !== null) return refuse('field-signed', { field: name })
  const isReadOnly = (field.flags & readOnlyFlag) !== 0
  if (isReadOnly || fieldLocks(file).some((lock) => locksField(lock, name))) {
    return refuse('field-locked', { field: name })
  }
  const kids = (file.array(dictionary.get('Kids')) ?? []).filter(isReference)
  return accept({
    name,
    reference,
    dictionary,
    kids,
    widgets: visibleWidgets(file, pages, [reference, ...kids]),
    lock: readFieldLock(file, dictionary.get('Lock')),
    seeds: readSeedValues(file, dictionary),
  })
}

function visibleWidgets(
  file: PdfFile,
  pages: readonly Page[],
  candidates: readonly PdfReference[],
): FieldWidget[] {
  const onPages = readAnnotations(file, pages)
  return candidates.flatMap((reference) => {
    const found = onPages.find(({ number }) => number === reference.number)
    const page = found && pages[found.page - 1]
    if (found === undefined || page === undefined) return []
    const isHidden = ((file.number(found.dictionary.get('F')) ?? 0) & hiddenFlags) !== 0
    const rect = (file.array(found.dictionary.get('Rect')) ?? []).map((side) => file.number(side) ?? 0)
    const isSeen = found.place.width > 0 && found.place.height > 0 && !isHidden
    return isSeen ? [{ reference, dictionary: found.dictionary, page, rect }] : []
  })
}

/** The appearance that a widget gets. */
export interface WidgetLook {
  readonly widget: FieldWidget
  readonly appearance: PdfReference
}

/** Signs an empty field: its value, and the appearance of its widgets that are seen. */
export function fillSignatureField(
  revision: Revision,
  field: EmptyField,
  signature: PdfReference,
  looks: readonly WidgetLook[],
): void {
  const change = (reference: PdfReference, entries: Readonly<Record<string, PdfValue>>): void => {
    const current = revision.resolve(reference)
    if (!isDictionary(current)) return
    const changed = new Map([...current, ...Object.entries(entries)])
    changed.delete('AS')
    revision.replace(reference, changed)
  }
  // Poppler and MuPDF look for the value at the widget, be it the field or not.
  for (const reference of [field.reference, ...field.kids]) change(reference, { V: signature })
  for (const { widget, appearance } of looks) {
    change(widget.reference, { AP: dictionaryOf({ N: appearance }) })
  }
  growForm(revision, [])
}
