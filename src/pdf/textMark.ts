import { type EmbeddedFont, flateStream } from './fontEmbedding.ts'
import { annotationRectangle, type Rectangle, shownSize, uprightMatrix } from './geometry.ts'
import type { Page } from './pages.ts'
import { formatNumber } from './serialize.ts'
import { drawLines, fitLines, linePitch, linesHeight, roomBelow } from './textBox.ts'
import type { Typeface } from './typeface.ts'
import {
  dictionaryOf,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfStream,
  textString,
} from './values.ts'

/** A mark of ours in the file: its annotation's /NM is this and the mark's name. */
export const markPrefix = 'saraban:'

/** Text to be written on a page: a number, a date, a receive stamp, an order. */
export interface TextMark {
  /** What the mark is, such as `number`, `date` or `stamp:1`. */
  readonly name: string
  /** The page, counted from 1. */
  readonly page: number
  /** A rectangle that the text is fitted into, or where its first baseline begins; on the page as shown. */
  readonly place: Rectangle | { readonly x: number; readonly y: number }
  readonly lines: readonly string[]
  /** In points; smaller is used when the text would not fit. */
  readonly fontSize: number
  readonly color?: 'ink' | 'pen' | 'red'
  readonly frame?: boolean
}

const colors = { ink: '0 0 0', pen: '0.106 0.247 0.651', red: '0.659 0.125 0.102' }
const framePadding = 4
/** Print, ReadOnly, Locked (12.5.3). */
const markFlags = 4 | 64 | 128
/** Keeps marks off the very edge of the paper. */
const edge = 3

/** Where a mark's appearance goes on the page as shown, and the operators that draw it from its lower left. */
export interface DrawnMark {
  readonly place: Rectangle
  readonly operators: string
}

/** Lays out a mark for `page`; it never leaves the page. */
export function drawMark(mark: TextMark, page: Page, font: EmbeddedFont): DrawnMark {
  const padding = mark.frame === true ? framePadding : 0
  const place =
    'width' in mark.place ? insidePage(mark.place, page) : aroundBaseline(mark, page, font, padding)
  const inner = { width: place.width - 2 * padding, height: place.height - 2 * padding }
  const fitted = fitLines(font, mark.lines, inner.width, inner.height, mark.fontSize)
  const color = colors[mark.color ?? 'ink']
  const spare = Math.max(0, inner.height - linesHeight(fitted.lines.length, fitted.size))
  const lift = mark.frame === true ? spare / 2 : 0
  const text = drawLines(font, fitted, { x: padding, y: padding - lift, ...inner })
  const frame =
    mark.frame === true
      ? `${color} RG 1 w ${[0.5, 0.5, place.width - 1, place.height - 1].map(formatNumber).join(' ')} re S\n`
      : ''
  return { place, operators: `q ${color} rg\n${frame}${text}Q\n` }
}

function aroundBaseline(mark: TextMark, page: Page, font: EmbeddedFont, padding: number): Rectangle {
  const shown = shownSize(page)
  const widest = Math.max(...mark.lines.map((line) => font.width(line, mark.fontSize)), 1)
  const left = Math.min(Math.max(mark.place.x - padding, 0), shown.width - edge - 10)
  const shrink = Math.min(1, (shown.width - edge - left - 2 * padding) / widest)
  const size = mark.fontSize * shrink
  const height = linesHeight(mark.lines.length, size) + 2 * padding
  const below = size * (roomBelow + linePitch * (mark.lines.length - 1)) + padding
  const wanted = { x: left, y: mark.place.y - below, width: widest * shrink + 2 * padding + 0.02, height }
  return insidePage(wanted, page)
}

/** The rectangle moved and, if need be, cut so that it lies on the page. */
export function insidePage(place: Rectangle, page: Page): Rectangle {
  const shown = shownSize(page)
  const width = Math.min(Math.max(place.width, 8), shown.width)
  const height = Math.min(Math.max(place.height, 8), shown.height)
  const x = Math.min(Math.max(place.x, 0), shown.width - width)
  const y = Math.min(Math.max(place.y, 0), shown.height - height)
  return { x, y, width, height }
}

/** The form that draws `drawn`, upright on a turned page (12.5.5). */
export function appearanceForm(
  drawn: DrawnMark,
  page: Page,
  fonts: Readonly<Record<string, PdfReference>>,
): PdfStream {
  return flateStream(drawn.operators, {
    Type: nameOf('XObject'),
    Subtype: nameOf('Form'),
    BBox: [0, 0, drawn.place.width, drawn.place.height],
    Matrix: [...uprightMatrix(page)],
    Resources: dictionaryOf({ Font: dictionaryOf(fonts) }),
  })
}

/** The annotation of a mark: locked, printed, and readable by others through /Contents. */
export function markAnnotation(
  mark: TextMark,
  drawn: DrawnMark,
  page: Page,
  appearance: PdfReference,
): PdfDictionary {
  return dictionaryOf({
    Type: nameOf('Annot'),
    Subtype: nameOf('Stamp'),
    Rect: annotationRectangle(page, drawn.place),
    F: markFlags,
    NM: textString(`${markPrefix}${mark.name}`),
    Contents: textString(mark.lines.join('\n')),
    P: page.reference,
    AP: dictionaryOf({ N: appearance }),
  })
}

/** The first character of the marks that `typeface` cannot show. */
export function missingCharacter(lines: readonly string[], typeface: Typeface): string | undefined {
  for (const line of lines) {
    const missing = typeface.missing(line.replace(/[\n\r]/g, ' '))
    if (missing !== undefined) return missing
  }
  return undefined
}
