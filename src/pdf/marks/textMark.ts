import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { insidePage, isFinitePlace, type Rectangle, shownSize } from '../geometry.ts'
import type { Page } from '../structure/pages.ts'
import { formatNumber } from '../structure/serialize.ts'
import type { EmbeddedFont, RevisionFont } from '../text/fontEmbedding.ts'
import { drawLines, fitLines, linePitch, linesHeight, roomBelow } from '../text/textBox.ts'
import { checkTexts } from './checkTexts.ts'
import { fontResources, inks, type MarkColor, type MarkDrawing, type MarkFacts } from './drawnMark.ts'

/** Text to be written on a page: a number, a date, a remark. */
export interface TextMark extends MarkFacts {
  readonly kind?: 'text'
  /** A rectangle that the text is fitted into, or where its first baseline begins; on the page as shown. */
  readonly place: Rectangle | { readonly x: number; readonly y: number }
  readonly lines: readonly string[]
  /** In points; smaller is used when the text would not fit. */
  readonly fontSize: number
  readonly color?: MarkColor
  readonly frame?: boolean
}

const framePadding = 4
/** Keeps marks off the very edge of the paper. */
const edge = 3
const largestSize = 1000

/**
 * Lays out a text for `page`, which it never leaves. Refuses mark-malformed, glyph-missing and, when the place is too
 * small for the text at any size, mark-overflows.
 */
export function drawTextMark(mark: TextMark, page: Page, revisionFont: RevisionFont): Outcome<MarkDrawing> {
  const { font } = revisionFont
  if (!isFinitePlace({ width: 0, height: 0, ...mark.place }))
    return refuse('mark-malformed', { field: 'place' })
  if (!(mark.fontSize > 0 && mark.fontSize <= largestSize))
    return refuse('mark-malformed', { field: 'fontSize' })
  const checked = checkTexts(font.typeface, { lines: mark.lines.join('\n') })
  if (!checked.ok) return checked
  const padding = mark.frame === true ? framePadding : 0
  const place =
    'width' in mark.place ? insidePage(mark.place, page) : aroundBaseline(mark, page, font, padding)
  const inner = { width: place.width - 2 * padding, height: place.height - 2 * padding }
  const deeper = deeperThanUsual(font, mark)
  const fitted = fitLines(font, mark.lines, inner.width, inner.height - deeper, mark.fontSize)
  if (!fitted.fits) return refuse('mark-overflows')
  const color = inks[mark.color ?? 'ink'].join(' ')
  const spare = Math.max(0, inner.height - deeper - linesHeight(fitted.lines.length, fitted.size))
  const lift = mark.frame === true ? spare / 2 : 0
  const text = drawLines(font, fitted, { x: padding, y: padding - lift, ...inner })
  const frame =
    mark.frame === true
      ? `${color} RG 1 w ${[0.5, 0.5, place.width - 1, place.height - 1].map(formatNumber).join(' ')} re S\n`
      : ''
  return accept({
    place,
    operators: `q ${color} rg\n${frame}${text}Q\n`,
    subtype: 'Stamp',
    contents: mark.lines.join('\n'),
    resources: fontResources(revisionFont),
  })
}

/** What ฎุ and ฏู need below the last line besides the usual room, in points. */
const deeperThanUsual = (font: EmbeddedFont, { lines, fontSize }: TextMark): number =>
  Math.max(0, font.depth(lines.at(-1) ?? '', fontSize) - roomBelow * fontSize)

function aroundBaseline(mark: TextMark, page: Page, font: EmbeddedFont, padding: number): Rectangle {
  const shown = shownSize(page)
  const widest = Math.max(...mark.lines.map((line) => font.width(line, mark.fontSize)), 1)
  const left = Math.min(Math.max(mark.place.x - padding, 0), shown.width - edge - 10)
  const shrink = Math.min(1, (shown.width - edge - left - 2 * padding) / widest)
  const size = mark.fontSize * shrink
  const deeper = deeperThanUsual(font, mark)
  const height = linesHeight(mark.lines.length, size) + deeper + 2 * padding
  const below = size * (roomBelow + linePitch * (mark.lines.length - 1)) + deeper + padding
  const wanted = { x: left, y: mark.place.y - below, width: widest * shrink + 2 * padding + 0.02, height }
  return insidePage(wanted, page)
}
