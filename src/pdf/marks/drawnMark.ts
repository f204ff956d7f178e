import type { Rectangle } from '../geometry.ts'
import { dictionaryOf, nameOf, type PdfValue } from '../structure/values.ts'
import type { ObjectSink, RevisionFont } from '../text/fontEmbedding.ts'

/** What every mark says of itself. */
export interface MarkFacts {
  /** What the mark is, such as `number`, `date` or `stamp:1`; the annotation's /NM is `saraban:` and this. */
  readonly name: string
  /** The page, counted from 1. */
  readonly page: number
  /** Who made the mark, for /T; without one it is whoever writes the revision. */
  readonly author?: string
}

/** The inks of an office: black, the blue of a pen, the red of a stamp. */
export type MarkColor = 'ink' | 'pen' | 'red'

/** Red, green and blue of each ink, from 0 to 1. */
export const inks: Readonly<Record<MarkColor, readonly [number, number, number]>> = {
  ink: [0, 0, 0],
  pen: [0.106, 0.247, 0.651],
  red: [0.659, 0.125, 0.102],
}

/** Where a mark's appearance goes on the page as shown, and the operators that draw it from its lower left. */
export interface DrawnMark {
  readonly place: Rectangle
  readonly operators: string
}

/** A mark as an annotation of its kind (ISO 32000-2, 12.5.6), before anything is added to the file. */
export interface MarkDrawing extends DrawnMark {
  readonly subtype: 'Stamp' | 'Ink' | 'Highlight'
  /** What readers that do not draw appearances show, and what is read aloud. */
  readonly contents: string
  /** Adds what the operators name and returns the form's /Resources. */
  readonly resources: (objects: ObjectSink) => Record<string, PdfValue>
  /** What the annotation says besides what all marks say. */
  readonly entries?: Readonly<Record<string, PdfValue>>
}

/**
 * The /Resources of a mark that lies on the paper as ink does (blend mode Multiply, 11.3.5): what is below stays to be
 * seen. The operator is `/Multiply gs`.
 */
export const multiplied = {
  ExtGState: dictionaryOf({ Multiply: dictionaryOf({ Type: nameOf('ExtGState'), BM: nameOf('Multiply') }) }),
}

/** The /Resources of a mark that is text. */
export const fontResources =
  ({ font, reference }: RevisionFont) =>
  (): Record<string, PdfValue> => ({ Font: dictionaryOf({ [font.resource]: reference }) })
