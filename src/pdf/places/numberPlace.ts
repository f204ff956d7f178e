import type { Typeface } from '../text/typeface.ts'
import { leastInky, type PageInk } from './pageInk.ts'
import { type Letter, leftOf, matchedSize, partsOf, type TextLine } from './textLines.ts'

/** A place for one line of text; the point is where its baseline begins, on the page as shown. */
export interface LinePlace<Form extends string> {
  /** Counted from 1. */
  readonly page: number
  readonly place: { readonly x: number; readonly y: number }
  readonly fontSize: number
  /** How the text has to be written there: what the paper already has is left out. */
  readonly form: Form
}

/**
 * `afterPrefix`: the paper has `ที่ สปสช ๕.๓๐/` or `ที่ สปสช ๕.๓๐/ว`, so `๑๒๔๗`. `afterAgency`: it has `ที่ สปสช`, so
 * `๕.๓๐/๑๒๔๗`. `number`: it has `ที่`, so `สปสช ๕.๓๐/๑๒๔๗`. `withLabel`: it has none of them, so `ที่ สปสช ๕.๓๐/๑๒๔๗`.
 */
export type NumberForm = 'afterPrefix' | 'afterAgency' | 'number' | 'withLabel'

/** A place for the number, with what the paper has of it already when the form is `afterPrefix`: `สปสช๕.๓๐/`. */
export interface NumberPlace extends LinePlace<NumberForm> {
  readonly typed?: string
}

/** `date`: `๑๗ กันยายน ๒๕๖๙`. `withLabel`: `วันที่ ๑๗ กันยายน ๒๕๖๙`. */
export type DateForm = 'date' | 'withLabel'

export interface HeadPlaces {
  readonly number: NumberPlace
  readonly date: LinePlace<DateForm>
}

/** The widths that a number and a date are reckoned with, in em of Sarabun. */
export const numberEms = 6
export const labelledNumberEms = 10.5
export const dateEms = 8
export const labelledDateEms = 11

/** What may stand in a form's line to be filled in. */
const leader = /[.…_·-]{3,}|…/
/** วันที่ without its marks. */
const dateLabel = 'วนท'
const smallest = 9
const largest = 20

/**
 * Where number and date belong in the head of a letter: after `ที่ สปสช` or `ที่`, and after `วันที่`. Undefined
 * when the page has no such line, or the number stands there already.
 */
export function placesInHead(
  lines: readonly TextLine[],
  ink: PageInk,
  page: number,
  typeface: Typeface,
): HeadPlaces | undefined {
  const subject = lines.find((line) => line.bones.startsWith('เรอง'))
  const floor = subject?.baseline ?? ink.height * 0.55
  const head = lines.filter((line) => line.baseline > floor && leftOf(line) < ink.width * 0.75)
  const numberLine = head.find((line) => numberLabel(line) !== undefined)
  const label = numberLine && numberLabel(numberLine)
  if (numberLine === undefined || label === undefined) return undefined
  const fontSize = writtenSize(label, lines, typeface)
  const number: NumberPlace = {
    page,
    place: { x: label.end + (label.typed.endsWith('/') ? 0.1 : 0.4) * fontSize, y: numberLine.baseline },
    fontSize,
    form: label.form,
    ...(label.form === 'afterPrefix' ? { typed: label.typed } : {}),
  }
  return { number, date: datePlace(head, numberLine, number, floor, ink) }
}

/** The size of the agency's letters beside the label, or else the commonest size on the page. */
function writtenSize(label: NumberLabel, lines: readonly TextLine[], typeface: Typeface): number {
  const sizes = lines.flatMap((line) =>
    line.letters.length < 8 ? [] : [matchedSize(line.letters, typeface) ?? line.fontSize],
  )
  const median = sizes.sort((one, other) => one - other)[Math.floor(sizes.length / 2)]
  const size = matchedSize(label.agency, typeface) ?? median ?? 14
  return Math.min(Math.max(size, smallest), largest)
}

interface NumberLabel {
  readonly end: number
  readonly form: 'afterPrefix' | 'afterAgency' | 'number'
  readonly typed: string
  readonly agency: readonly Letter[]
}

/** The agency's letters, then the unit's code up to its stroke, then ว for a circular. */
const labelled = /^ท([\u0e01-\u0e2e.]{0,8})([๐-๙0-9.]{0,12}\/ว?)?$/
/** The room that each form needs, in em: with less, something else is meant to stand there. */
const leastRoom = { afterPrefix: 2, afterAgency: 4, number: 6 } as const

/** Reads `ที่`, `ที่ สปสช` or `ที่ สปสช ๕.๓๐/` at the beginning of a line, up to leader dots, `วันที่` or a gap. */
function numberLabel(line: TextLine): NumberLabel | undefined {
  const [part] = partsOf(line, 4)
  if (part === undefined) return undefined
  const stops = [part.bones.indexOf(dateLabel), part.bones.search(leader)].filter((at) => at >= 0)
  const length = Math.min(part.bones.length, ...stops)
  const match = labelled.exec(part.bones.slice(0, length))
  const last = part.letters[length - 1]
  if (match === null || last === undefined) return undefined
  const agencyLength = match[1]?.length ?? 0
  const form = match[2] !== undefined ? 'afterPrefix' : agencyLength > 0 ? 'afterAgency' : 'number'
  const next = line.letters.slice(length).find(({ letter }) => !/[.…_·-]/.test(letter))
  if (next !== undefined && next.from - last.to < leastRoom[form] * line.fontSize) return undefined
  const typed = part.bones.slice(1, length)
  return { end: last.to, form, typed, agency: part.letters.slice(1, 1 + agencyLength) }
}

function datePlace(
  head: readonly TextLine[],
  numberLine: TextLine,
  number: LinePlace<NumberForm>,
  floor: number,
  ink: PageInk,
): LinePlace<DateForm> {
  const { page, fontSize } = number
  for (const line of [numberLine, ...head]) {
    const at = line.bones.indexOf(dateLabel)
    const last = at < 0 ? undefined : line.letters[at + dateLabel.length - 1]
    if (last === undefined) continue
    return { page, place: { x: last.to + 0.6 * fontSize, y: line.baseline }, fontSize, form: 'date' }
  }
  // An external letter has its date on a line of its own from the middle of the page, above the subject (ข้อ 5.4).
  const size = { width: dateEms * fontSize, height: 1.3 * fontSize }
  const middle = ink.width / 2
  const found = leastInky(
    ink,
    size,
    {
      left: Math.max(30, middle - 4 * fontSize),
      right: Math.min(ink.width - 20, middle + 16 * fontSize),
      bottom: Math.max(20, floor + 0.7 * fontSize),
      top: Math.max(floor + 2.2 * fontSize, numberLine.baseline + 0.4 * fontSize),
    },
    (place) => Math.abs(place.x - middle) + 2 * (place.y - floor),
  )
  const place = found?.place ?? { x: middle, y: numberLine.baseline - 1.6 * fontSize }
  return { page, place: { x: place.x, y: place.y + 0.3 * fontSize }, fontSize, form: 'date' }
}

/** The end of an order, สั่ง ณ วันที่, with nothing but dots after it. */
const orderDate = /^สงณวนท[.…_·-]*$/

/** Where an order has its date: after `สั่ง ณ วันที่`, in the size of these words. */
export function placeInOrder(
  lines: readonly TextLine[],
  page: number,
  typeface: Typeface,
): LinePlace<DateForm> | undefined {
  const line = lines.find(({ bones }) => orderDate.test(bones))
  const words = line?.letters.slice(0, 'สงณวนท'.length)
  const last = words?.at(-1)
  if (line === undefined || words === undefined || last === undefined) return undefined
  const fontSize = Math.min(Math.max(matchedSize(words, typeface) ?? line.fontSize, smallest), largest)
  return { page, place: { x: last.to + 0.6 * fontSize, y: line.baseline }, fontSize, form: 'date' }
}

/** Number above date in a free box near the top right, for papers that have no head of their own. */
export function placesInFreeBox(ink: PageInk, page: number): HeadPlaces {
  let best: { place: { x: number; y: number }; ink: number; fontSize: number } | undefined
  for (const fontSize of [14, 12, 10, 8]) {
    const size = { width: labelledDateEms * fontSize, height: 3.1 * fontSize }
    const right = ink.width - 16
    const found = leastInky(
      ink,
      { width: Math.min(size.width, right - 16), height: size.height },
      { left: 16, right, bottom: ink.height * 0.55, top: ink.height - 12 },
      (place) => 0.6 * (right - place.x - size.width) + (ink.height - place.y - size.height),
    )
    if (found !== undefined && (best === undefined || found.ink < best.ink - 0.002))
      best = { ...found, fontSize }
    if (best !== undefined && best.ink === 0) break
  }
  const fontSize = best?.fontSize ?? 8
  const place = best?.place ?? { x: 16, y: ink.height - 12 - 3.1 * fontSize }
  return {
    number: { page, place: { x: place.x, y: place.y + 1.75 * fontSize }, fontSize, form: 'withLabel' },
    date: { page, place: { x: place.x, y: place.y + 0.45 * fontSize }, fontSize, form: 'withLabel' },
  }
}
