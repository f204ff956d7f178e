import { plainLine, plainText } from '../../shared/thai/plainText.ts'
import { annotationRectangle, uprightMatrix } from '../geometry.ts'
import type { Page } from '../structure/pages.ts'
import { pdfDate } from '../structure/pdfDate.ts'
import {
  dictionaryOf,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfStream,
  type PdfValue,
  textString,
} from '../structure/values.ts'
import { flateStream } from '../text/fontEmbedding.ts'
import type { DrawnMark, MarkDrawing, MarkFacts } from './drawnMark.ts'
import { markPrefix } from './markPrefix.ts'

/** Print, ReadOnly, Locked (ISO 32000-2, 12.5.3). */
const markFlags = 4 | 64 | 128

/** When marks are written, and by whom unless they say so themselves. */
export interface Writing {
  readonly at: Date
  readonly author?: string
}

/** The form that draws `drawn`, upright on a turned page (12.5.5). */
export function appearanceOf(
  drawn: DrawnMark,
  page: Page,
  resources: Readonly<Record<string, PdfValue>>,
): PdfStream {
  return flateStream(drawn.operators, {
    Type: nameOf('XObject'),
    Subtype: nameOf('Form'),
    BBox: [0, 0, drawn.place.width, drawn.place.height],
    Matrix: [...uprightMatrix(page)],
    Resources: dictionaryOf(resources),
  })
}

/** The annotation of a mark: locked, printed, and readable by others through /Contents. */
export function markAnnotation(
  mark: MarkFacts,
  drawing: MarkDrawing,
  page: Page,
  appearance: PdfReference,
  writing: Writing,
): PdfDictionary {
  const author = mark.author ?? writing.author
  return dictionaryOf({
    Type: nameOf('Annot'),
    Subtype: nameOf(drawing.subtype),
    Rect: annotationRectangle(page, drawing.place),
    F: markFlags,
    NM: textString(`${markPrefix}${mark.name}`),
    M: textString(pdfDate(writing.at)),
    T: author === undefined ? undefined : textString(plainLine(author)),
    Contents: textString(plainText(drawing.contents)),
    P: page.reference,
    AP: dictionaryOf({ N: appearance }),
    ...drawing.entries,
  })
}
