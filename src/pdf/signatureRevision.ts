import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import { Revision } from './append.ts'
import { type BytesOrSource, partsOf, sourceOf } from './byteSource.ts'
import { certifiedChanges } from './changes.ts'
import { refusingDamage } from './damaged.ts'
import type { PdfFile } from './document.ts'
import { asksForAppearances, isDrawnThroughout } from './formLook.ts'
import { annotationRectangle } from './geometry.ts'
import { appearanceOf } from './marks/annotation.ts'
import { missingCharacter } from './marks/checkTexts.ts'
import { fontResources } from './marks/drawnMark.ts'
import type { Mark } from './marks/mark.ts'
import { openToAppend } from './openToAppend.ts'
import type { Page } from './pages.ts'
import { pdfDate } from './pdfDate.ts'
import {
  addAnnotation,
  addMarks,
  finishFont,
  pageNumbered,
  type RevisionFont,
  startFont,
} from './revisionMarks.ts'
import { formatValue } from './serialize.ts'
import { drawSignatureBlock, type SignatureBlock } from './signatureBlock.ts'
import { addSignatureField } from './signatureField.ts'
import { loadTypefaces } from './typeface.ts'
import { dictionaryOf, nameOf, type PdfReference, textString } from './values.ts'

/** What one signature writes into the file besides its CMS. */
export interface SignatureRequest {
  /** The form field's name; a number is added when the file has a field of that name. */
  readonly fieldName: string
  readonly signerName: string
  readonly reason: string
  /** The time that /M states, on the signer's clock. */
  readonly signedAt: Date
  /** Absent for a signature that is not seen on a page. */
  readonly block?: SignatureBlock
  readonly marks: readonly Mark[]
  /** Bytes of DER to reserve in /Contents; 16,384 when absent. */
  readonly contentsBytes?: number
}

/** A file that waits for its CMS. */
export interface PreparedSignature {
  /** What is appended to the file: /ByteRange is final, /Contents holds zeroes. */
  readonly appended: Uint8Array
  /** The length of the file before it. */
  readonly earlierLength: number
  /** Offset and length of the two parts that the signature covers: all but /Contents. */
  readonly byteRange: ByteRange
  /** The name that the field got. */
  readonly fieldName: string
}

/** Offset, length, offset, length (ISO 32000-2, 12.8.1). */
export type ByteRange = readonly [number, number, number, number]

const defaultContentsBytes = 16_384
const rangeWidth = 10

/**
 * Appends one revision that holds the marks, the visible block and an ETSI.CAdES.detached signature dictionary
 * (ETSI EN 319 142-1, 6.3). Refuses what stamp refuses, and file-form-unsettled for filled fields that readers draw.
 */
export function prepareSignature(
  bytes: BytesOrSource,
  request: SignatureRequest,
): Promise<Outcome<PreparedSignature>> {
  return refusingDamage(async () => {
    const { regular } = await loadTypefaces()
    const opened = openToAppend(bytes)
    if (!opened.ok) return opened
    const { file, pages } = opened.value
    const allowed = certifiedChanges(file)
    if (allowed === 1 || (allowed === 2 && request.marks.length > 0)) return refuse('file-changes-forbidden')
    if (asksForAppearances(file) && !isDrawnThroughout(file)) return refuse('file-form-unsettled')
    const revision = new Revision(file)
    const font = startFont(revision, regular)
    const marked = addMarks(revision, pages, request.marks, font, {
      at: request.signedAt,
      author: request.signerName,
    })
    if (!marked.ok) return marked
    const signature = revision.add(null)
    const text = signatureDictionary(request)
    revision.replace(signature, { kind: 'verbatim', text })
    const placed = addWidget(file, revision, pages, request, signature, font)
    if (!placed.ok) return placed
    if (font.font.isUsed) finishFont(revision, font)
    else revision.remove(font.reference)
    const { appended, offsets } = revision.write()
    const body = (offsets.get(signature.number) ?? 0) + `${signature.number} 0 obj\n`.length
    const earlierLength = file.source.length
    return accept({
      appended,
      earlierLength,
      byteRange: fillByteRange(appended, earlierLength, body, text),
      fieldName: placed.value,
    })
  })
}

/** Adds the widget with its appearance and the field; returns the field's name. */
function addWidget(
  file: PdfFile,
  revision: Revision,
  pages: readonly Page[],
  request: SignatureRequest,
  signature: PdfReference,
  font: RevisionFont,
): Outcome<string> {
  const page = pageNumbered(pages, request.block?.page ?? 1)
  if (!page.ok) return page
  let rect = [0, 0, 0, 0]
  let appearance: PdfReference | undefined
  if (request.block !== undefined) {
    const missing = missingCharacter(request.block.lines, font.font.typeface)
    if (missing !== undefined) return refuse('glyph-missing', { character: missing })
    const drawn = drawSignatureBlock(request.block, page.value, font.font)
    rect = annotationRectangle(page.value, drawn.place)
    appearance = revision.add(appearanceOf(drawn, page.value, fontResources(font)()))
  }
  const widget = revision.add(null)
  const fieldName = addSignatureField(file, revision, widget, request.fieldName)
  revision.replace(
    widget,
    dictionaryOf({
      Type: nameOf('Annot'),
      Subtype: nameOf('Widget'),
      FT: nameOf('Sig'),
      T: textString(fieldName),
      V: signature,
      F: 4 | 128,
      P: page.value.reference,
      Rect: rect,
      AP: appearance === undefined ? undefined : dictionaryOf({ N: appearance }),
    }),
  )
  addAnnotation(revision, page.value, widget)
  return accept(fieldName)
}

/** The signature dictionary (12.8.1) with room for /ByteRange and /Contents. */
function signatureDictionary(request: SignatureRequest): string {
  const room = '0'.repeat(2 * (request.contentsBytes ?? defaultContentsBytes))
  const range = Array.from({ length: 4 }, () => '0'.repeat(rangeWidth)).join(' ')
  return formatValue(
    dictionaryOf({
      Type: nameOf('Sig'),
      Filter: nameOf('Adobe.PPKLite'),
      SubFilter: nameOf('ETSI.CAdES.detached'),
      ByteRange: { kind: 'verbatim', text: `[${range}]` },
      Contents: { kind: 'verbatim', text: `<${room}>` },
      Name: textString(request.signerName),
      Reason: textString(request.reason),
      M: textString(pdfDate(request.signedAt)),
    }),
  )
}

/** Writes the final /ByteRange over the zeroes of the dictionary that begins at the file's offset `body`. */
function fillByteRange(appended: Uint8Array, earlierLength: number, body: number, text: string): ByteRange {
  const open = body + text.indexOf('/Contents <') + '/Contents '.length
  const close = body + text.indexOf('>', open - body) + 1
  const range = [0, open, close, earlierLength + appended.length - close] as const
  const at = body + text.indexOf('/ByteRange [') + '/ByteRange ['.length
  const room = 4 * rangeWidth + 3
  appended.set(Buffer.from(range.join(' ').padEnd(room, ' '), 'latin1'), at - earlierLength)
  return range
}

/** Puts the CMS into the reserved /Contents; returns what is appended to the file. Refuses signature-too-large. */
export function embedSignature(prepared: PreparedSignature, cms: Uint8Array): Outcome<Uint8Array> {
  const [, open, close] = prepared.byteRange
  const room = close - open - 2
  if (cms.length * 2 > room) return refuse('signature-too-large')
  const signed = Uint8Array.from(prepared.appended)
  const digits = Buffer.from(cms).toString('hex').padEnd(room, '0')
  signed.set(Buffer.from(digits, 'latin1'), open + 1 - prepared.earlierLength)
  return accept(signed)
}

/** The bytes that a signature covers, in parts that are read as they are asked for. */
export function coveredBytes(bytes: BytesOrSource, byteRange: ByteRange): Iterable<Uint8Array> {
  const source = sourceOf(bytes)
  const [first, firstLength, second, secondLength] = byteRange
  return {
    *[Symbol.iterator]() {
      yield* partsOf(source, first, first + firstLength)
      yield* partsOf(source, second, second + secondLength)
    },
  }
}
