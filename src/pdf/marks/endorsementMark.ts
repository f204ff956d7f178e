import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { bangkokDay, bangkokTime, letterDate } from '../../shared/thai/dates.ts'
import { toThaiDigits } from '../../shared/thai/digits.ts'
import { insidePage, isFinitePlace, type Rectangle } from '../geometry.ts'
import type { Page } from '../structure/pages.ts'
import type { EmbeddedFont, RevisionFont } from '../text/fontEmbedding.ts'
import { drawLines, linesHeight } from '../text/textBox.ts'
import { wrapText } from '../text/wrapping.ts'
import { checkTexts } from './checkTexts.ts'
import { fontResources, inks, type MarkColor, type MarkDrawing, type MarkFacts } from './drawnMark.ts'

/** What an officer writes on a letter: an opinion (เกษียน) or an order (สั่งการ), with name, position and time. */
export interface EndorsementMark extends MarkFacts {
  readonly kind: 'endorsement'
  /** The room for it on the page as shown. It begins at the top and takes the height that it needs. */
  readonly place: Rectangle
  /** Paragraphs are kept apart by line feeds. */
  readonly text: string
  readonly signerName: string
  readonly signerPosition: string
  readonly writtenAt: Date
  /** In points; 14 when absent. Smaller is used when the text would not fit, but never below 9. */
  readonly fontSize?: number
  readonly color?: MarkColor
}

const usualSize = 14
const largestSize = 72
/** What people still read at arm's length. */
const smallestSize = 9

/**
 * Sets the text, broken between words, and below it in the middle the name in brackets, the position, date and time.
 * Refuses mark-malformed, glyph-missing and, when the place is too small for a size that can be read, mark-overflows.
 */
export function drawEndorsement(
  mark: EndorsementMark,
  page: Page,
  revisionFont: RevisionFont,
): Outcome<MarkDrawing> {
  const { font } = revisionFont
  const { text, signerName, signerPosition, writtenAt, fontSize = usualSize } = mark
  if (!isFinitePlace(mark.place)) return refuse('mark-malformed', { field: 'place' })
  if (Number.isNaN(writtenAt.getTime())) return refuse('mark-malformed', { field: 'writtenAt' })
  if (!(fontSize > 0 && fontSize <= largestSize)) return refuse('mark-malformed', { field: 'fontSize' })
  const checked = checkTexts(font.typeface, { text, signerName }, [signerPosition])
  if (!checked.ok) return checked
  const room = insidePage(mark.place, page)
  const instant = writtenAt.toISOString()
  const when = `${letterDate(bangkokDay(instant))} เวลา ${toThaiDigits(bangkokTime(instant))}`
  const closing = [`(${signerName})`, signerPosition, when].filter((line) => line.trim() !== '')
  const laid = layOut(text, closing, room, fontSize, font)
  if (laid === undefined) return refuse('mark-overflows')
  const { size, textHeight, closingHeight } = laid
  const height = Math.min(room.height, textHeight + closingHeight)
  const area = { x: 0, width: room.width }
  const operators =
    drawLines(font, { lines: laid.text, size }, { ...area, y: height - textHeight, height: textHeight }) +
    drawLines(font, { lines: laid.closing, size }, { ...area, y: 0, height: closingHeight }, 'centre')
  return accept({
    place: { x: room.x, y: room.y + room.height - height, width: room.width, height },
    operators: `q ${inks[mark.color ?? 'pen'].join(' ')} rg\n${operators}Q\n`,
    subtype: 'Stamp',
    contents: [text, ...closing].join('\n'),
    resources: fontResources(revisionFont),
  })
}

interface LaidOut {
  readonly size: number
  readonly text: readonly string[]
  readonly textHeight: number
  readonly closing: readonly string[]
  readonly closingHeight: number
}

/** The largest size from `wanted` down at which all lines fit; undefined when not even the smallest does. */
function layOut(
  text: string,
  closing: readonly string[],
  room: Rectangle,
  wanted: number,
  font: EmbeddedFont,
): LaidOut | undefined {
  const leastWidth = font.width(text.replace(/\s+/g, ' '), 1)
  const paragraphs = text.split('\n').length
  for (let size = wanted; size >= Math.min(smallestSize, wanted); size -= 0.5) {
    // Without this, a text that is far too long would be broken into lines at every size.
    const leastLines = Math.max(paragraphs, (leastWidth * size * 0.9) / room.width)
    if (linesHeight(leastLines, size) > room.height) continue
    const fits = (line: string): boolean => font.width(line, size) <= room.width
    const lines = wrapText(text, fits)
    const closingLines = closing.flatMap((line) => wrapText(line, fits))
    const textHeight = linesHeight(lines.length, size)
    const closingHeight = linesHeight(closingLines.length, size)
    if (textHeight + closingHeight > room.height + 0.01) continue
    return { size, text: lines, textHeight, closing: closingLines, closingHeight }
  }
  return undefined
}
