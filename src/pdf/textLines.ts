import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { canonicalExtracted } from './canonicalText.ts'

/** A run of text with its place on the page as shown; the origin is the lower left. */
export interface TextRun {
  readonly text: string
  readonly x: number
  readonly width: number
}

/** A line of upright text. */
export interface TextLine {
  readonly text: string
  readonly x: number
  readonly right: number
  readonly baseline: number
  readonly fontSize: number
  readonly runs: readonly TextRun[]
}

interface PlacedRun extends TextRun {
  readonly baseline: number
  readonly fontSize: number
}

const mostRuns = 20_000

/** The page's upright lines of text, from the top down. */
export async function readLines(page: PDFPageProxy): Promise<TextLine[]> {
  const viewport = page.getViewport({ scale: 1 / page.userUnit })
  const content = await page.getTextContent()
  const runs: PlacedRun[] = []
  for (const item of content.items.slice(0, mostRuns)) {
    if (!('str' in item) || item.str.trim() === '') continue
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: number[] = item.transform
    const [x = 0, y = 0]: number[] = viewport.convertToViewportPoint(e, f)
    const [alongX = 0, alongY = 0]: number[] = viewport.convertToViewportPoint(e + a, f + b)
    if (alongX - x <= Math.abs(alongY - y)) continue
    runs.push({
      text: item.str,
      x,
      width: item.width,
      baseline: viewport.height - y,
      fontSize: Math.hypot(c, d) || 12,
    })
  }
  return linesOf(runs)
}

function linesOf(runs: readonly PlacedRun[]): TextLine[] {
  const rows: PlacedRun[][] = []
  for (const run of [...runs].sort((one, other) => other.baseline - one.baseline)) {
    const row = rows.at(-1)
    const first = row?.[0]
    if (
      row &&
      first &&
      Math.abs(first.baseline - run.baseline) < 0.35 * Math.max(first.fontSize, run.fontSize)
    )
      row.push(run)
    else rows.push([run])
  }
  return rows.map((row) => {
    const ordered = row.sort((one, other) => one.x - other.x)
    const fontSize = Math.max(...ordered.map((run) => run.fontSize))
    let text = ''
    let right = ordered[0]?.x ?? 0
    for (const run of ordered) {
      if (text !== '' && run.x - right > 0.2 * fontSize && !text.endsWith(' ')) text += ' '
      text += run.text
      right = Math.max(right, run.x + run.width)
    }
    return {
      text: canonicalExtracted(text).trim(),
      x: ordered[0]?.x ?? 0,
      right,
      baseline: ordered[0]?.baseline ?? 0,
      fontSize,
      runs: ordered,
    }
  })
}

const marks = /[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/g

/** Where the first `length` characters of a run end, judging by the letters that take room. */
export function endWithin(run: TextRun, length: number): number {
  const room = (text: string): number => text.replace(marks, '').length
  const whole = room(run.text)
  return whole === 0 ? run.x : run.x + (run.width * room(run.text.slice(0, length))) / whole
}
