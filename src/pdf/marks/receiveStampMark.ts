import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { bangkokDay, bangkokTime, letterDate } from '../../shared/thai/dates.ts'
import { toThaiDigits } from '../../shared/thai/digits.ts'
import { insidePage, isFinitePlace, type Rectangle } from '../geometry.ts'
import type { Page } from '../structure/pages.ts'
import { formatNumber } from '../structure/serialize.ts'
import type { EmbeddedFont, RevisionFont } from '../text/fontEmbedding.ts'
import { drawLines, fitLines, linesHeight } from '../text/textBox.ts'
import { checkTexts } from './checkTexts.ts'
import { fontResources, inks, type MarkColor, type MarkDrawing, type MarkFacts } from './drawnMark.ts'

/** The stamp for letters received (ตรารับหนังสือ, แบบที่ ๑๒). */
export interface ReceiveStampMark extends MarkFacts {
  readonly kind: 'receiveStamp'
  /** Where the lower left corner of a stamp of its own size goes; or what it is fitted into. On the page as shown. */
  readonly place: Rectangle | { readonly x: number; readonly y: number }
  readonly agency: string
  /** เลขรับ as the register has it; written in Thai digits. */
  readonly number: string
  readonly receivedAt: Date
  readonly color?: MarkColor
}

const centimetre = 72 / 2.54

/** The stamp's own size, 5 × 2.5 cm in points. */
export const receiveStampSize = { width: 5 * centimetre, height: 2.5 * centimetre } as const

/** What is smaller cannot be read. */
const smallestScale = 0.6
const smallestSize = 7

/** Measures of a stamp of its own size, in points. */
const stamp = { padding: 5, frame: 0.9, agencyHeight: 24, agencySize: 13, fontSize: 12, rowPitch: 15.4 }

/**
 * Draws the agency's name and, on dotted lines, เลขรับ, วันที่ and เวลา in Thai digits, in the proportions of the form.
 * Refuses mark-malformed, glyph-missing and, when text or stamp would be too small to read, mark-overflows.
 */
export function drawReceiveStamp(
  mark: ReceiveStampMark,
  page: Page,
  revisionFont: RevisionFont,
): Outcome<MarkDrawing> {
  const { font } = revisionFont
  if (!isFinitePlace({ ...receiveStampSize, ...mark.place }))
    return refuse('mark-malformed', { field: 'place' })
  if (Number.isNaN(mark.receivedAt.getTime())) return refuse('mark-malformed', { field: 'receivedAt' })
  const checked = checkTexts(font.typeface, { agency: mark.agency, number: mark.number })
  if (!checked.ok) return checked
  const instant = mark.receivedAt.toISOString()
  const rows: Row[] = [
    { label: 'เลขรับ', value: toThaiDigits(mark.number) },
    { label: 'วันที่', value: letterDate(bangkokDay(instant)) },
    { label: 'เวลา', value: toThaiDigits(bangkokTime(instant)) },
  ]
  const place = placeOf(mark, page)
  const scale = place.width / receiveStampSize.width
  const text = drawText(mark.agency, rows, font)
  if (text === undefined || scale < smallestScale) return refuse('mark-overflows')
  const { width, height } = receiveStampSize
  const frame = [stamp.frame / 2, stamp.frame / 2, width - stamp.frame, height - stamp.frame]
  const color = inks[mark.color ?? 'red'].join(' ')
  return accept({
    place,
    operators:
      `q ${formatNumber(scale)} 0 0 ${formatNumber(scale)} 0 0 cm ${color} rg ${color} RG\n` +
      `${stamp.frame} w ${frame.map(formatNumber).join(' ')} re S\n${text}Q\n`,
    subtype: 'Stamp',
    contents: [mark.agency, ...rows.map(({ label, value }) => `${label} ${value}`)].join('\n'),
    resources: fontResources(revisionFont),
  })
}

/** The largest stamp of the form's proportions that the place holds, no larger than the form's own. */
function placeOf({ place }: ReceiveStampMark, page: Page): Rectangle {
  const room = insidePage('width' in place ? place : { ...place, ...receiveStampSize }, page)
  const scale = Math.min(1, room.width / receiveStampSize.width, room.height / receiveStampSize.height)
  const [width, height] = [receiveStampSize.width * scale, receiveStampSize.height * scale]
  return { x: room.x + (room.width - width) / 2, y: room.y + (room.height - height) / 2, width, height }
}

interface Row {
  readonly label: string
  readonly value: string
}

/** The operators of all text, in the stamp's own size; undefined when a text would be too small. */
function drawText(agency: string, rows: readonly Row[], font: EmbeddedFont): string | undefined {
  const { padding, agencyHeight, agencySize } = stamp
  const { width, height } = receiveStampSize
  const head = { x: padding, width: width - 2 * padding, height: agencyHeight }
  const fitted = fitLines(font, [agency], head.width, head.height, agencySize)
  if (!fitted.fits || fitted.size < smallestSize) return undefined
  const spare = (head.height - linesHeight(fitted.lines.length, fitted.size)) / 2
  let out = drawLines(font, fitted, { ...head, y: height - head.height - spare - 1 }, 'centre')
  for (const [index, row] of rows.entries()) {
    const drawn = drawRow(row, height - agencyHeight - stamp.rowPitch * (index + 0.72), font)
    if (drawn === undefined) return undefined
    out += drawn
  }
  return out
}

function drawRow({ label, value }: Row, baseline: number, font: EmbeddedFont): string | undefined {
  const { padding, fontSize } = stamp
  const from = padding + font.width(label, fontSize) + 3
  const to = receiveStampSize.width - padding
  const room = to - from - 4
  const size = Math.min(fontSize, (fontSize * room) / font.width(value, fontSize))
  if (size < smallestSize) return undefined
  const line = [from, to].map((x) => `${formatNumber(x)} ${formatNumber(baseline - 2.2)}`)
  return (
    font.operators(label, padding, baseline, fontSize) +
    `q 0.6 w 1 J [0 2] 0 d ${line[0]} m ${line[1]} l S Q\n` +
    font.operators(value, from + 4, baseline, size)
  )
}
