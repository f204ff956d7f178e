import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { annotationRectangle, type Rectangle, shownRectangle } from '../geometry.ts'
import { appearanceOf } from '../marks/annotation.ts'
import { fontResources } from '../marks/drawnMark.ts'
import { pageNumbered, type RevisionFont } from '../marks/revisionMarks.ts'
import type { Revision } from '../structure/append.ts'
import type { PdfFile } from '../structure/document.ts'
import type { Page } from '../structure/pages.ts'
import type { PdfReference } from '../structure/values.ts'
import { fieldLocks } from './changes.ts'
import {
  type EmptyField,
  type FieldWidget,
  fillSignatureField,
  findEmptyField,
  type WidgetLook,
} from './emptyField.ts'
import { type FieldLock, locksField } from './fieldLock.ts'
import { drawSignatureBlock, type SignatureBlock } from './signatureBlock.ts'
import { addSignatureField, freeName } from './signatureField.ts'

/** The field that a signature is put into, and what is seen of it. */
export interface SignaturePlacement {
  /** The name of a new form field; a number is added when the file has a field of that name. */
  readonly fieldName: string
  /** Where a new field is seen, and its text; absent for a signature that is not seen on a page. */
  readonly block?: SignatureBlock
  /** Signs this empty field of the file in place of a new one; fieldName and block are not used then (`--field`). */
  readonly existingField?: ExistingField
  /** The form fields that the signature locks; the lock of an existing field goes before. */
  readonly lock?: FieldLock
}

/** An empty signature field of the file, and what it shall show in the places where it is seen. */
interface ExistingField {
  /** Its whole name, parts joined by dots. */
  readonly name: string
  /** Default: the signer's name. The first of them, where there is no room for all. */
  readonly lines?: readonly string[]
  /** What a QR code says; none when absent or when there is no room for it. */
  readonly qr?: string
}

/** A field that the file does not have yet. */
interface NewField {
  readonly name: string
  readonly lock: FieldLock | undefined
}

/** The field that will be signed. */
export type ChosenField = EmptyField | NewField

/**
 * The field of the file that is asked for, or the name of a new one. Refuses field-missing, field-signed and
 * field-locked.
 */
export function chooseField(
  file: PdfFile,
  pages: readonly Page[],
  { existingField, fieldName, block, lock }: SignaturePlacement,
): Outcome<ChosenField> {
  if (existingField !== undefined) {
    const found = findEmptyField(file, pages, existingField.name)
    return found.ok ? accept({ ...found.value, lock: found.value.lock ?? lock }) : found
  }
  const name = freeName(file, fieldName)
  // A field that nobody sees changes none of those that are locked.
  const isLocked = block !== undefined && fieldLocks(file).some((earlier) => locksField(earlier, name))
  return isLocked ? refuse('field-locked', { field: name }) : accept({ name, lock })
}

/**
 * Adds the field, or fills the one that exists, with what is seen of it. Refuses page-missing, glyph-missing and
 * mark-malformed.
 */
export const placeSignature = (
  revision: Revision,
  pages: readonly Page[],
  field: ChosenField,
  signature: PdfReference,
  placement: SignaturePlacement & { readonly signerName: string },
  font: RevisionFont,
): Outcome<void> =>
  'widgets' in field
    ? fillField(revision, field, signature, placement, font)
    : addField(revision, pages, field, signature, placement.block, font)

function addField(
  revision: Revision,
  pages: readonly Page[],
  field: NewField,
  signature: PdfReference,
  block: SignatureBlock | undefined,
  font: RevisionFont,
): Outcome<void> {
  const page = pageNumbered(pages, block?.page ?? 1)
  if (!page.ok) return page
  let rect = [0, 0, 0, 0]
  let appearance: PdfReference | undefined
  if (block !== undefined) {
    const drawn = drawBlock(revision, block, page.value, font)
    if (!drawn.ok) return drawn
    rect = annotationRectangle(page.value, drawn.value.place)
    appearance = drawn.value.appearance
  }
  addSignatureField(revision, { ...field, signature }, { page: page.value, rect, appearance })
  return accept(undefined)
}

/** The block fills each widget that the field has on a page. */
function fillField(
  revision: Revision,
  field: EmptyField,
  signature: PdfReference,
  { existingField, signerName }: SignaturePlacement & { readonly signerName: string },
  font: RevisionFont,
): Outcome<void> {
  const looks: WidgetLook[] = []
  for (const widget of field.widgets) {
    const page = pageOfWidget(revision.file, widget)
    const block = blockIn(shownRectangle(page, widget.rect), { lines: [signerName], ...existingField })
    const drawn = drawBlock(revision, block, page, font)
    if (!drawn.ok) return drawn
    looks.push({ widget, appearance: drawn.value.appearance })
  }
  fillSignatureField(revision, field, signature, looks)
  return accept(undefined)
}

function drawBlock(
  revision: Revision,
  block: SignatureBlock,
  page: Page,
  font: RevisionFont,
): Outcome<{ place: Rectangle; appearance: PdfReference }> {
  const drawn = drawSignatureBlock(block, page, font.font)
  if (!drawn.ok) return drawn
  return accept({
    place: drawn.value.place,
    appearance: revision.add(appearanceOf(drawn.value, page, fontResources(font)())),
  })
}

/** The least height of a line, and side of a QR code, that are read without a glass, in points. */
const leastLine = 7
const leastQr = 28

/** As much as a form's author left room for: the first lines, and the code when it is not too small. */
function blockIn(
  place: Rectangle,
  { lines, qr }: { readonly lines: readonly string[]; readonly qr?: string },
): SignatureBlock {
  const room = Math.max(1, Math.floor(place.height / leastLine))
  const isCodeSeen = qr !== undefined && Math.min(place.height, place.width * 0.4) >= leastQr
  return { page: 1, place, lines: lines.slice(0, room), ...(isCodeSeen ? { qr } : {}) }
}

/**
 * The page as the text of a widget sees it. A widget that its /MK turns is upright for whoever turns the page as much
 * (ISO 32000-2, 12.5.6.19); one that says nothing is upright on the page as shown.
 */
function pageOfWidget(file: PdfFile, { dictionary, page }: FieldWidget): Page {
  const turn = file.number(file.dictionary(dictionary.get('MK'))?.get('R'))
  return turn === 0 || turn === 90 || turn === 180 || turn === 270 ? { ...page, turn } : page
}
