import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { accept, type Outcome } from '../shared/outcome.ts'
import { type FoundAnnotation, readAnnotations } from './annotations.ts'
import { type BlockPlace, freeBlock, namesSigners, placesAboveNames } from './blockPlace.ts'
import { DamagedFile, refusingDamage } from './damaged.ts'
import { openFile } from './document.ts'
import { type Rectangle, shownSize } from './geometry.ts'
import {
  type DateForm,
  dateEms,
  type HeadPlaces,
  type LinePlace,
  labelledDateEms,
  labelledNumberEms,
  type NumberForm,
  numberEms,
  placesInFreeBox,
  placesInHead,
} from './numberPlace.ts'
import { type PageInk, readInk } from './pageInk.ts'
import { type Page, readPages } from './pages.ts'
import { openWithPdfJs } from './pdfjs.ts'
import { readLines, type TextLine } from './textLines.ts'
import { loadTypefaces } from './typeface.ts'
import { isNamed } from './values.ts'

export type { DateForm, LinePlace, NumberForm } from './numberPlace.ts'

/** Where number, date and signature block would go. A person can drag each of them. */
export interface Places {
  readonly number: LinePlace<NumberForm>
  readonly date: LinePlace<DateForm>
  readonly block: { readonly page: number; readonly place: Rectangle }
  /** The part of each place that would cover something, from 0 to 1; below 0.01 nothing is hidden. */
  readonly overlaps: { readonly number: number; readonly date: number; readonly block: number }
}

const mostMilliseconds = 5000
/** Pages that are read: the first for number and date, the last ones for the signature block. */
const headPages = 1
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
export function findPlaces(bytes: Uint8Array): Promise<Outcome<Places>> {
  return refusingDamage(async () => {
    const opened = openFile(bytes)
    if (!opened.ok) return opened
    const pages = readPages(opened.value)
    const annotations = readAnnotations(opened.value, pages).filter(
      ({ dictionary }) => !['Link', 'Popup'].some((kind) => isNamed(dictionary.get('Subtype'), kind)),
    )
    return accept((await withinTime(propose(bytes, annotations))) ?? usualPlaces(pages))
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
    const first = await read(headPages)
    const ink = await first.ink()
    const head = placesInHead(first.lines, ink, first.number, typeface) ?? placesInFreeBox(ink, first.number)
    const block = await blockOf(document.numPages, read)
    return {
      ...head,
      block: { page: block.page, place: block.place },
      overlaps: { ...headOverlaps(head, ink), block: block.ink },
    }
  } finally {
    await opening.destroy()
  }
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

/** The gap above a name on the last page that has one, or else a free rectangle on the last page. */
async function blockOf(pages: number, read: ReadPageNumber): Promise<BlockPlace & { page: number }> {
  for (let page = pages; page > Math.max(0, pages - tailPages); page--) {
    const { lines, ink } = await read(page)
    if (!namesSigners(lines)) continue
    const [gap] = placesAboveNames(lines, await ink())
    if (gap !== undefined) return { ...gap, page }
  }
  const last = await read(pages)
  return { ...freeBlock(await last.ink()), page: pages }
}

function headOverlaps({ number, date }: HeadPlaces, ink: PageInk): { number: number; date: number } {
  const under = ({ place, fontSize }: LinePlace<string>, ems: number): number =>
    ink.under({ x: place.x, y: place.y + 1, width: ems * fontSize, height: 0.8 * fontSize })
  return {
    number: under(number, number.form === 'withLabel' ? labelledNumberEms : numberEms),
    date: under(date, date.form === 'withLabel' ? labelledDateEms : dateEms),
  }
}
