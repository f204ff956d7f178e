import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { skeleton, withRoom } from '../text/skeleton.ts'
import type { Typeface } from '../text/typeface.ts'

/** A letter that takes room, with its place on the page as shown; the marks above and below it are left out. */
export interface Letter {
  readonly letter: string
  readonly from: number
  readonly to: number
}

/** A line of upright text, or a part of one. */
export interface TextLine {
  /** The line's skeleton: one character for each of `letters`. */
  readonly bones: string
  readonly letters: readonly Letter[]
  /** Lower left is the origin of the page as shown. */
  readonly baseline: number
  readonly fontSize: number
}

interface PlacedRun {
  readonly text: string
  readonly x: number
  readonly width: number
  readonly baseline: number
  readonly fontSize: number
}

const mostRuns = 20_000

/**
 * The size at which `typeface` takes as much room as `letters` do, in points: faces differ much in how large their
 * letters are at one size.
 */
export function matchedSize(letters: readonly Letter[], typeface: Typeface): number | undefined {
  const ours = typeface.shape(letters.map(({ letter }) => letter).join('')).width / typeface.unitsPerEm
  const theirs = letters.reduce((sum, { from, to }) => sum + to - from, 0)
  return ours > 0 && theirs > 0 ? theirs / ours : undefined
}

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
    return lineOf(ordered.flatMap(lettersOf), ordered[0]?.baseline ?? 0, fontSize)
  })
}

const lineOf = (letters: readonly Letter[], baseline: number, fontSize: number): TextLine => ({
  bones: letters.map(({ letter }) => letter).join(''),
  letters,
  baseline,
  fontSize,
})

/** Shares a run's width out among the characters that take room. */
function lettersOf(run: PlacedRun): Letter[] {
  const taking = [...withRoom(run.text)]
  const each = run.width / Math.max(1, taking.length)
  return taking.flatMap((character, index) => {
    const letter = skeleton(character)
    return letter === '' ? [] : [{ letter, from: run.x + index * each, to: run.x + (index + 1) * each }]
  })
}

/** Where a line begins and where it ends. */
export const leftOf = (line: TextLine): number => line.letters[0]?.from ?? 0
export const rightOf = (line: TextLine): number => line.letters.at(-1)?.to ?? 0

/** The parts of a line that gaps of `ems` em or more keep apart. */
export function partsOf(line: TextLine, ems: number): TextLine[] {
  const parts: Letter[][] = []
  for (const letter of line.letters) {
    const part = parts.at(-1)
    const previous = part?.at(-1)
    if (part && previous && letter.from - previous.to < ems * line.fontSize) part.push(letter)
    else parts.push([letter])
  }
  return parts.map((letters) => lineOf(letters, line.baseline, line.fontSize))
}
