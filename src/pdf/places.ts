import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { accept, type Outcome } from '../shared/outcome.ts'
import { type FoundAnnotation, readAnnotations } from './annotations.ts'
import { type BlockPlace, freeBlock, gapAbove, namesSigners, signerNames } from './blockPlace.ts'
import { type BytesOrSource, wholeOf } from './byteSource.ts'
import { DamagedFile, refusingDamage } from './damaged.ts'
import { openFile } from './document.ts'
import { type Rectangle, shownSize } from './geometry.ts'
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
import { type PageInk, readInk } from './pageInk.ts'
import { type Page, readPages } from './pages.ts'
import { openWithPdfJs } from './pdfjs.ts'
import { readLines, type TextLine } from './textLines.ts'
import { loadTypefaces } from './typeface.ts'
import { isNamed } from './values.ts'

export type { DateForm, LinePlace, NumberForm, NumberPlace } from './numberPlace.ts'

/** Where number, date and signature block would go. A person can drag each of them. */
export interface Places {
  readonly number: NumberPlace
  readonly date: LinePlace<DateForm>
  readonly block: { readonly page: number; readonly place: Rectangle }
  /** The part of each place that would cover something, from 0 to 1; below 0.01 nothing is hidden. */
  readonly overlaps: { readonly number: number; readonly date: number; readonly block: number }
}

const mostMilliseconds = 5000
/** Pages that are read: the first that is not empty for number and date, the last for the signature block. */
const headPages = 3
const tailPages = 3

interface ReadPage {
  readonly number: number
  readonly lines: readonly TextLine[]
  /** Draws the page when it is first asked for: most pages are judged by their text alone. */
  ink(): Promise<PageInk>
}

/**
 * Proposes places from the text and a 36-dpi picture of the first and the last pages; what annotations and earlier
 * signatures cover is not proposed again. A page that takes more than five seconds to draw gets the usual places,
 * with overlaps of 1. Refuses file-not-pdf, file-encrypted and file-damaged.
 */
export function findPlaces(bytes: BytesOrSource): Promise<Outcome<Places>> {
  return refusingDamage(async () => {
    const opened = openFile(bytes)
    if (!opened.ok) return opened
    const pages = readPages(opened.value)
    const annotations = readAnnotations(opened.value, pages).filter(
      ({ dictionary }) => !['Link', 'Popup'].some((kind) => isNamed(dictionary.get('Subtype'), kind)),
    )
    return accept((await withinTime(propose(wholeOf(bytes), annotations))) ?? usualPlaces(pages))
  })
}

/** Undefined when `work` does not end in time. pdf.js reports a broken file by exceptions of many kinds. */
async function withinTime<Value>(work: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, mostMilliseconds, undefined)
  })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    throw new DamagedFile(String(error))
  } finally {
    clearTimeout(timer)
  }
}

/** Number and date near the top right, the block toward the lower right, whatever may be there. */
function usualPlaces(pages: readonly Page[]): Places {
  const unseen = (page: Page | undefined): PageInk => ({
    ...(page === undefined ? { width: 0, height: 0 } : shownSize(page)),
    under: () => 1,
  })
  return {
    ...placesInFreeBox(unseen(pages[0]), 1),
    block: { page: pages.length, place: freeBlock(unseen(pages.at(-1))).place },
    overlaps: { number: 1, date: 1, block: 1 },
  }
}

async function propose(bytes: Uint8Array, annotations: readonly FoundAnnotation[]): Promise<Places> {
  const opening = await openWithPdfJs(bytes)
  try {
    const document = await opening.promise
    const { regular: typeface } = await loadTypefaces()
    const read = pageReader(document, annotations)
    const first = await headPage(document.numPages, read)
    const ink = await first.ink()
    const head = placesInHead(first.lines, ink, first.number, typeface) ?? placesInFreeBox(ink, first.number)
    const date = (await dateOfOrder(document.numPages, read)) ?? head.date
    const signatures = annotations.filter(({ dictionary }) => isNamed(dictionary.get('FT'), 'Sig'))
    const block = await blockOf(document.numPages, read, signatures)
    const overlaps = {
      number: underNumber(head.number, ink),
      date: underDate(date, await (await read(date.page)).ink()),
      block: block.ink,
    }
    return { number: head.number, date, block: { page: block.page, place: block.place }, overlaps }
  } finally {
    await opening.destroy()
  }
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

type ReadPageNumber = (number: number) => Promise<ReadPage>

function pageReader(document: PDFDocumentProxy, annotations: readonly FoundAnnotation[]): ReadPageNumber {
  const done = new Map<number, Promise<ReadPage>>()
  const read = async (number: number): Promise<ReadPage> => {
    const page = await document.getPage(number)
    const covered = annotations.filter((annotation) => annotation.page === number).map(({ place }) => place)
    let ink: Promise<PageInk> | undefined
    return {
      number,
      lines: await readLines(page),
      ink: () => {
        ink ??= readInk(document, page, covered)
        return ink
      },
    }
  }
  return (number) => {
    const known = done.get(number) ?? read(number)
    done.set(number, known)
    return known
  }
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

const underNumber = (place: LinePlace<NumberForm>, ink: PageInk): number =>
  underLine(place, place.form === 'withLabel' ? labelledNumberEms : numberEms, ink)

const underDate = (place: LinePlace<DateForm>, ink: PageInk): number =>
  underLine(place, place.form === 'withLabel' ? labelledDateEms : dateEms, ink)

/** A little above the baseline: writing upon a form's dotted line covers nothing. */
const underLine = ({ place, fontSize }: LinePlace<string>, ems: number, ink: PageInk): number =>
  ink.under({ x: place.x, y: place.y + 0.25 * fontSize, width: ems * fontSize, height: 0.55 * fontSize })
