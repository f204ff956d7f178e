import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { insidePage, isFinitePlace, type Rectangle } from '../geometry.ts'
import { missingCharacter } from '../marks/checkTexts.ts'
import type { DrawnMark } from '../marks/drawnMark.ts'
import { drawQr } from '../marks/qr.ts'
import type { Page } from '../structure/pages.ts'
import { formatNumber } from '../structure/serialize.ts'
import type { EmbeddedFont } from '../text/fontEmbedding.ts'
import { drawLines, fitLines, linesHeight } from '../text/textBox.ts'

/** The visible part of a signature: lines of text beside a QR code. */
export interface SignatureBlock {
  /** The page, counted from 1. */
  readonly page: number
  /** On the page as shown. */
  readonly place: Rectangle
  /** The name, the position, the time. */
  readonly lines: readonly string[]
  /** What the QR code says; none when absent. */
  readonly qr?: string
}

const padding = 3
const greatestSize = 12

/** In bytes: a code that says more has modules too small for a telephone. */
const longestQr = 1000

/**
 * Lays the block out on `page`: a thin frame, the QR code at the left, the lines in the middle of the height. Refuses
 * glyph-missing and mark-malformed.
 */
export function drawSignatureBlock(
  block: SignatureBlock,
  page: Page,
  font: EmbeddedFont,
): Outcome<DrawnMark> {
  if (!isFinitePlace(block.place)) return refuse('mark-malformed', { field: 'place' })
  if (Buffer.byteLength(block.qr ?? '') > longestQr) return refuse('mark-malformed', { field: 'qr' })
  const character = missingCharacter(block.lines, font.typeface)
  if (character !== undefined) return refuse('glyph-missing', { character })
  const place = insidePage(block.place, page)
  const inner = { width: place.width - 2 * padding, height: place.height - 2 * padding }
  const side = block.qr === undefined ? 0 : Math.min(inner.height, inner.width * 0.4)
  const gap = side === 0 ? 2 : 5
  const width = inner.width - side - gap - 2
  const fitted = fitLines(font, block.lines, width, inner.height + 3, greatestSize)
  const height = linesHeight(fitted.lines.length, fitted.size)
  const area = {
    x: padding + side + gap,
    y: padding + (inner.height - height) / 2,
    width,
    height: height + fitted.size * 0.12,
  }
  const frame = [0.3, 0.3, place.width - 0.6, place.height - 0.6].map(formatNumber).join(' ')
  const qr =
    block.qr === undefined ? '' : drawQr(block.qr, padding, padding + (inner.height - side) / 2, side)
  const text = drawLines(font, fitted, area)
  return accept({ place, operators: `q 0.48 0.53 0.6 RG 0.6 w ${frame} re S\n${qr}0 0 0 rg\n${text}Q\n` })
}
