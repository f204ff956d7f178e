import type { Rectangle } from '../geometry.ts'
import type { EmbeddedFont } from './fontEmbedding.ts'
import { wrapText } from './wrapping.ts'

/** Room above the first baseline for stacked vowel and tone, below the last for ปู่ and ฏุ, in em. */
const roomAbove = 1.35
export const roomBelow = 0.42
/** From baseline to baseline, in em. */
export const linePitch = 1.3

const smallestSize = 2

/** Lines set at a size so that they fit. */
export interface FittedLines {
  readonly lines: readonly string[]
  readonly size: number
}

/** Fitted lines, or those that are still too long at the smallest size. */
interface FitAttempt extends FittedLines {
  readonly fits: boolean
}

/** The height of `count` lines at `size`, from the top of the first to the bottom of the last. */
export const linesHeight = (count: number, size: number): number =>
  size * (roomAbove + roomBelow + linePitch * (count - 1))

/** Lines stay whole when that costs no more than this part of the size that breaking them would allow. */
const worthStayingWhole = 0.82

/**
 * Sets `lines` into `width` × `height` points at `size` or, when they do not fit, at a smaller size, broken between
 * words where keeping them whole would make them much smaller.
 */
export function fitLines(
  font: EmbeddedFont,
  lines: readonly string[],
  width: number,
  height: number,
  size: number,
): FitAttempt {
  const whole = lines.flatMap((line) => line.split(/\r\n|[\n\r\u2028\u2029]/))
  const widest = Math.max(...whole.map((line) => font.width(line, 1)), 0.01)
  const wholeSize = Math.min(size, width / widest, height / linesHeight(whole.length, 1))
  for (let tried = size; ; tried = Math.max(smallestSize, tried * 0.95)) {
    if (wholeSize >= worthStayingWhole * tried) return { lines: whole, size: wholeSize, fits: true }
    // A text that is far too long is not broken into lines at every size.
    const leastLines = whole.reduce(
      (sum, line) => sum + Math.max(1, Math.floor((font.width(line, tried) * 0.9) / width)),
      0,
    )
    if (tried > smallestSize && linesHeight(leastLines, tried) > height) continue
    const wrapped = lines.flatMap((line) => wrapText(line, (part) => font.width(part, tried) <= width + 0.01))
    const fits = linesHeight(wrapped.length, tried) <= height + 0.01
    if (fits || tried <= smallestSize) return { lines: wrapped, size: tried, fits }
  }
}

/** The operators that draw fitted lines from the top of `area`, at its left edge or in its middle. */
export function drawLines(
  font: EmbeddedFont,
  fitted: FittedLines,
  area: Rectangle,
  align: 'left' | 'centre' = 'left',
): string {
  return fitted.lines
    .map((line, index) => {
      const spare = align === 'left' ? 0 : (area.width - font.width(line, fitted.size)) / 2
      const baseline = area.y + area.height - fitted.size * (roomAbove + linePitch * index)
      return font.operators(line, area.x + spare, baseline, fitted.size)
    })
    .join('')
}
