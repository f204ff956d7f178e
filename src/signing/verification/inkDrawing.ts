import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Rectangle } from '../../pdf/geometry.ts'
import { canvasFor } from '../../pdf/places/pdfjs.ts'
import { isBuried, lostPixels, type Picture } from './inkLoss.ts'
import type { InkPage, InkPart } from './inkWork.ts'

/** 144 dots per inch: a full stop has some pixels, and a digit cannot be mended unseen. */
const pixelsPerPoint = 2
const mostPixelsOfPage = 4_000_000
/** Ink that may get lost before something counts as hidden, in square points: less than a full stop. */
const mostLost = 1

/** The parts that hide ink of the earlier document's pages. */
export async function findHidingParts(
  earlier: PDFDocumentProxy,
  later: PDFDocumentProxy,
  pages: readonly InkPage[],
): Promise<(InkPart & { page: number })[]> {
  const found: (InkPart & { page: number })[] = []
  for (const { page, parts } of pages) {
    const hiding = await hidingParts(earlier, later, page, parts)
    found.push(...hiding.map((part) => ({ ...part, page })))
  }
  return found
}

async function hidingParts(
  earlier: PDFDocumentProxy,
  later: PDFDocumentProxy,
  page: number,
  parts: readonly InkPart[],
): Promise<InkPart[]> {
  const region = around(parts.map(({ place }) => place))
  const before = await picture(earlier, page, region, true)
  const after = await picture(later, page, region, true)
  // The field's own text may give way to what is filled in; what is printed below it may not.
  const isFilled = parts.some(({ kind }) => kind === 'shadow-replace')
  const content = isFilled ? await picture(earlier, page, region, false) : before
  const places = parts.map((part) => ({ part, area: inPixels(part.place, region, before) }))
  const lost = lostPixels(before, after, content)
  const inEach = places.map(({ part, area }) => ({
    part,
    lost: count(lost, before, area),
    isBuried: isBuried(part.kind === 'shadow-replace' ? content : before, after, area),
  }))
  const limit = mostLost * before.scale * before.scale
  // Many that each hide a little hide much.
  const total = lost.reduce((sum, pixel) => sum + pixel, 0)
  const most = Math.max(...inEach.map((each) => each.lost))
  return inEach
    .filter((each) => each.isBuried || (total > limit && each.lost > 0 && each.lost >= Math.min(most, limit)))
    .map(({ part }) => part)
}

/** The least rectangle around all places. */
function around(places: readonly Rectangle[]): Rectangle {
  const x = Math.min(...places.map((place) => place.x))
  const y = Math.min(...places.map((place) => place.y))
  const right = Math.max(...places.map((place) => place.x + place.width))
  const top = Math.max(...places.map((place) => place.y + place.height))
  return { x, y, width: right - x, height: top - y }
}

/** A part of a page as pixels, with its annotations or without. */
async function picture(
  document: PDFDocumentProxy,
  number: number,
  region: Rectangle,
  isAnnotated: boolean,
): Promise<Picture> {
  const page = await document.getPage(number)
  const natural = page.getViewport({ scale: 1 / page.userUnit })
  const [left, right] = [Math.max(0, region.x), Math.min(natural.width, region.x + region.width)]
  const [bottom, top] = [Math.max(0, region.y), Math.min(natural.height, region.y + region.height)]
  const [across, up] = [Math.max(0, right - left), Math.max(0, top - bottom)]
  const scale = Math.min(pixelsPerPoint, Math.sqrt(mostPixelsOfPage / Math.max(1, across * up)))
  const [width, height] = [Math.max(1, Math.ceil(across * scale)), Math.max(1, Math.ceil(up * scale))]
  const viewport = page.getViewport({
    scale: scale / page.userUnit,
    offsetX: -left * scale,
    offsetY: -(natural.height - top) * scale,
  })
  const { canvas, context } = canvasFor(document, width, height)
  const annotationMode = isAnnotated ? 1 : 0
  await page.render({ canvas, canvasContext: context, viewport, background: '#ffffff', annotationMode })
    .promise
  return { width, height, scale, left, top, pixels: context.getImageData(0, 0, width, height).data }
}

/** A place of the page in pixels of the picture: left, upper, right and lower border. */
function inPixels(place: Rectangle, _: Rectangle, { left, top, scale, width, height }: Picture): number[] {
  const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most)
  return [
    clamp(Math.floor((place.x - left) * scale), width),
    clamp(Math.floor((top - place.y - place.height) * scale), height),
    clamp(Math.ceil((place.x + place.width - left) * scale), width),
    clamp(Math.ceil((top - place.y) * scale), height),
  ]
}

function count(
  lost: Uint8Array,
  { width }: Picture,
  [left = 0, upper = 0, right = 0, lower = 0]: number[],
): number {
  let sum = 0
  for (let row = upper; row < lower; row++)
    for (let column = left; column < right; column++) sum += lost[row * width + column] ?? 0
  return sum
}
