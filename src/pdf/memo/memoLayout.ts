import { formatNumber } from '../structure/serialize.ts'
import type { EmbeddedFont } from '../text/fontEmbedding.ts'
import { wrapText } from '../text/wrapping.ts'

/** Points in a centimetre. */
export const cm = 72 / 2.54

/**
 * The rules give sizes for TH Sarabun, whose letters are about a fifth smaller than Sarabun's at the same number of
 * points; so that a page holds as much as it should, their sizes are multiplied by this.
 */
const sarabunScale = 0.78

/** A4 with the margins of official letters: left 3 cm, right 2 cm, top 2.5 cm, bottom 2 cm. */
export const paper = {
  width: 595.28,
  height: 841.89,
  left: 3 * cm,
  right: 595.28 - 2 * cm,
  top: 841.89 - 2.5 * cm,
  bottom: 2 * cm,
} as const
export const titleSize = 29 * sarabunScale
export const labelSize = 20 * sarabunScale
export const bodySize = 16 * sarabunScale
export const linePitch = bodySize * 1.42
const paragraphGap = 6
const firstLineIndent = 2.5 * cm

/** The two weights in which a memo is set. */
export interface MemoFonts {
  readonly regular: EmbeddedFont
  readonly bold: EmbeddedFont
}

/** A line of the body: its indent, and the room that it leaves above. */
export interface BodyLine {
  readonly text: string
  readonly indent: number
  readonly gap: number
}

/** Paragraphs as lines of the text width, the first of each indented by 2.5 cm. */
export function bodyLines(font: EmbeddedFont, paragraphs: readonly string[]): BodyLine[] {
  const width = paper.right - paper.left
  return paragraphs.flatMap((paragraph) => {
    const first = (number: number): number => (number === 0 ? firstLineIndent : 0)
    const fits = (line: string, number: number): boolean =>
      font.width(line, bodySize) <= width - first(number)
    return wrapText(paragraph.trim(), fits).map((text, number) => ({
      text,
      indent: first(number),
      gap: number === 0 ? paragraphGap : 0,
    }))
  })
}

/**
 * Shares lines out among pages. `closing` is the height of what follows the last line; at least two lines stay with
 * it on the last page.
 */
export function paginate(lines: readonly BodyLine[], firstTop: number, closing: number): BodyLine[][] {
  const pages: BodyLine[][] = [[]]
  let y = firstTop
  const turn = (): void => {
    pages.push([])
    y = paper.top
  }
  lines.forEach((line, index) => {
    const kept = lines.slice(index)
    const needed =
      kept.length <= 2
        ? kept.reduce((sum, item) => sum + item.gap + linePitch, closing)
        : line.gap + linePitch
    // Room for the words that lead over to the next page.
    const floor = kept.length <= 2 ? paper.bottom : paper.bottom + linePitch
    const isEmpty = pages.at(-1)?.length === 0 && pages.length > 1
    if (y - needed < floor && !isEmpty) turn()
    pages.at(-1)?.push(line)
    y -= line.gap + linePitch
  })
  return pages
}

/** A dotted line to be written on. */
export function dottedLine(from: number, to: number, y: number): string {
  const numbers = [from, y - 2.6, to, y - 2.6].map(formatNumber)
  return `q 0.7 w 1 J [0 2.3] 0 d 0.25 G ${numbers[0]} ${numbers[1]} m ${numbers[2]} ${numbers[3]} l S Q\n`
}

/** A circle around x, y. */
export function circle(x: number, y: number, radius: number, lineWidth: number): string {
  const k = 0.5523 * radius
  const point = (dx: number, dy: number): string => `${formatNumber(x + dx)} ${formatNumber(y + dy)}`
  return (
    `q ${formatNumber(lineWidth)} w ${point(radius, 0)} m\n` +
    `${point(radius, k)} ${point(k, radius)} ${point(0, radius)} c\n` +
    `${point(-k, radius)} ${point(-radius, k)} ${point(-radius, 0)} c\n` +
    `${point(-radius, -k)} ${point(-k, -radius)} ${point(0, -radius)} c\n` +
    `${point(k, -radius)} ${point(radius, -k)} ${point(radius, 0)} c S Q\n`
  )
}

/** Text with its middle at x. */
export function centred(font: EmbeddedFont, text: string, x: number, y: number, size: number): string {
  return font.operators(text, x - font.width(text, size) / 2, y, size)
}
