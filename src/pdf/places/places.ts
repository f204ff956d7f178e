import { accept, type Outcome } from '../../shared/outcome.ts'
import { type Rectangle, shownSize } from '../geometry.ts'
import type { FoundAnnotation } from '../structure/annotations.ts'
import type { BytesOrSource } from '../structure/byteSource.ts'
import { refusingDamage } from '../structure/damaged.ts'
import { openFile } from '../structure/document.ts'
import { type Page, readPages } from '../structure/pages.ts'
import { isNamed } from '../structure/values.ts'
import { loadTypefaces } from '../text/typeface.ts'
import { type BlockPlace, freeBlock, gapAbove, namesSigners, signerNames } from './blockPlace.ts'
import {
  type DateForm,
  dateEms,
  type LinePlace,
  labelledDateEms,
  labelledNumberEms,
  type NumberForm,
  type NumberPlace,
  numberEms,
  placeInOrder,
  placesInFreeBox,
  placesInHead,
} from './numberPlace.ts'
import type { PageInk } from './pageInk.ts'
import { coveringAnnotations, type ReadPage, type ReadPageNumber, readingPages } from './pageReading.ts'
import { endorsementPlace, receiveStampPlace, withTaken } from './stampPlace.ts'

export type { DateForm, LinePlace, NumberForm, NumberPlace } from './numberPlace.ts'

/** A rectangle on a page as shown; pages are counted from 1. */
interface PagePlace {
  readonly page: number
  readonly place: Rectangle
}

/** Where number, date, signature block and other marks would go. A person can drag each of them. */
export interface Places {
  readonly number: NumberPlace
  readonly date: LinePlace<DateForm>
  readonly block: PagePlace
  /** For the receive stamp, in its own size or a smaller one. */
  readonly receiveStamp: PagePlace
  /** For an endorsement, which takes of the height what it needs. */
  readonly endorsement: PagePlace
  /** The part of each place that would cover something, from 0 to 1; below 0.01 nothing is hidden. */
  readonly overlaps: Readonly<Record<'number' | 'date' | 'block' | 'receiveStamp' | 'endorsement', number>>
}

/** Pages that are read: the first that is not empty for number and date, the last for the signature block. */
const headPages = 3
const tailPages = 3

/**
 * Proposes places from the text and a 36-dpi picture of the first and the last pages. What annotations and earlier
 * signatures cover is not proposed again, and no two places overlap when there is room for both. A page that takes
 * more than five seconds to draw gets the usual places, with overlaps of 1. Refuses file-not-pdf, file-encrypted and
 * file-damaged.
 */
export function findPlaces(bytes: BytesOrSource): Promise<Outcome<Places>> {
  return refusingDamage(async () => {
    const opened = openFile(bytes)
    if (!opened.ok) return opened
    const pages = readPages(opened.value)
    const annotations = coveringAnnotations(opened.value, pages)
    const signatures = annotations.filter(({ dictionary }) => isNamed(dictionary.get('FT'), 'Sig'))
    const proposed = await readingPages(bytes, annotations, (read, count) => propose(read, count, signatures))
    return accept(proposed ?? usualPlaces(pages))
  })
}

/** The usual corners, whatever may be there. */
function usualPlaces(pages: readonly Page[]): Places {
  const unseen = (page: Page | undefined): PageInk => ({
    ...(page === undefined ? { width: 0, height: 0 } : shownSize(page)),
    under: () => 1,
  })
  const [first, last] = [unseen(pages[0]), unseen(pages.at(-1))]
  return {
    ...placesInFreeBox(first, 1),
    block: { page: pages.length, place: freeBlock(last).place },
    receiveStamp: { page: 1, place: receiveStampPlace(first).place },
    endorsement: { page: pages.length, place: endorsementPlace(last).place },
    overlaps: { number: 1, date: 1, block: 1, receiveStamp: 1, endorsement: 1 },
  }
}

async function propose(
  read: ReadPageNumber,
  pages: number,
  signatures: readonly FoundAnnotation[],
): Promise<Places> {
  const { regular: typeface } = await loadTypefaces()
  const inkOf = async (page: number): Promise<PageInk> => (await read(page)).ink()
  const first = await headPage(pages, read)
  const ink = await first.ink()
  const head = placesInHead(first.lines, ink, first.number, typeface) ?? placesInFreeBox(ink, first.number)
  const date = (await dateOfOrder(pages, read)) ?? head.date
  const block = await blockOf(pages, read, signatures)
  const taken = [
    { page: head.number.page, place: numberLine(head.number) },
    { page: date.page, place: dateLine(date) },
    { page: block.page, place: block.place },
  ]
  const takenOn = (page: number) => taken.filter((each) => each.page === page).map(({ place }) => place)
  const receiveStamp = receiveStampPlace(withTaken(ink, takenOn(first.number))).place
  taken.push({ page: first.number, place: receiveStamp })
  const endorsement = await endorsementOf(pages, inkOf, takenOn)
  return {
    number: head.number,
    date,
    block: { page: block.page, place: block.place },
    receiveStamp: { page: first.number, place: receiveStamp },
    endorsement: { page: endorsement.page, place: endorsement.place },
    overlaps: {
      number: ink.under(numberLine(head.number)),
      date: (await inkOf(date.page)).under(dateLine(date)),
      block: block.ink,
      receiveStamp: ink.under(receiveStamp),
      endorsement: endorsement.ink,
    },
  }
}

/** A free rectangle on one of the last pages, from the last on; or else the least inky one on the last. */
async function endorsementOf(
  pages: number,
  inkOf: (page: number) => Promise<PageInk>,
  takenOn: (page: number) => readonly Rectangle[],
): Promise<BlockPlace & { page: number }> {
  const on = async (page: number) => {
    const ink = await inkOf(page)
    const { place } = endorsementPlace(withTaken(ink, takenOn(page)))
    return { page, place, ink: ink.under(place) }
  }
  const last = await on(pages)
  let found = last
  while (found.ink >= 0.002 && found.page > Math.max(1, pages - tailPages + 1))
    found = await on(found.page - 1)
  return found.ink < 0.002 ? found : last
}

/** The first page with text or a picture; the very first when all that are looked at are empty. */
async function headPage(pages: number, read: ReadPageNumber): Promise<ReadPage> {
  for (let number = 1; number <= Math.min(pages, headPages); number++) {
    const page = await read(number)
    if (page.lines.length > 0) return page
    const ink = await page.ink()
    if (ink.under({ x: 0, y: 0, width: ink.width, height: ink.height }) > 0) return page
  }
  return await read(1)
}

/**
 * The gap above a name on the last page that has one; or else a free rectangle beside the newest signature, or beside
 * a name that has no gap; or else one on the last page.
 */
async function blockOf(
  pages: number,
  read: ReadPageNumber,
  signatures: readonly FoundAnnotation[],
): Promise<BlockPlace & { page: number }> {
  const newest = signatures.at(-1)
  const neighbours = newest === undefined ? [] : [{ page: newest.page, place: newest.place }]
  for (let page = pages; page > Math.max(0, pages - tailPages); page--) {
    const { lines, ink } = await read(page)
    if (!namesSigners(lines)) continue
    const inked = await ink()
    for (const name of signerNames(lines, inked.width)) {
      const gap = gapAbove(name, lines, inked)
      if (gap !== undefined) return { ...gap, page }
      const place = { x: name.x, y: name.baseline, width: name.width, height: name.fontSize }
      neighbours.push({ page, place })
    }
  }
  for (const { page, place } of neighbours) {
    const found = freeBlock(await (await read(page)).ink(), place)
    if (found.ink < 0.002) return { ...found, page }
  }
  const last = await read(pages)
  return { ...freeBlock(await last.ink()), page: pages }
}

/** The place after สั่ง ณ วันที่ on one of the last pages. */
async function dateOfOrder(pages: number, read: ReadPageNumber): Promise<LinePlace<DateForm> | undefined> {
  const { regular: typeface } = await loadTypefaces()
  for (let page = pages; page > Math.max(0, pages - tailPages); page--) {
    const place = placeInOrder((await read(page)).lines, page, typeface)
    if (place !== undefined) return place
  }
  return undefined
}

const numberLine = (place: LinePlace<NumberForm>): Rectangle =>
  lineAt(place, place.form === 'withLabel' ? labelledNumberEms : numberEms)

const dateLine = (place: LinePlace<DateForm>): Rectangle =>
  lineAt(place, place.form === 'withLabel' ? labelledDateEms : dateEms)

/** A little above the baseline: writing upon a form's dotted line covers nothing. */
const lineAt = ({ place, fontSize }: LinePlace<string>, ems: number): Rectangle => ({
  x: place.x,
  y: place.y + 0.25 * fontSize,
  width: ems * fontSize,
  height: 0.55 * fontSize,
})
