import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Rectangle } from '../geometry.ts'
import { canvasFor } from './pdfjs.ts'

const pixelsPerPoint = 0.5
const inkContrast = 30
const longestSide = 1500
/** In points, and how many of them along a side: a page of a plan is looked through more coarsely than a letter. */
const smallestStep = 3
const mostSteps = 400

/** Where a page has ink, at 36 dots per inch. */
export interface PageInk {
  readonly width: number
  readonly height: number
  /** The part of the rectangle that is inked or off the page, from 0 to 1. */
  under(place: Rectangle): number
}

/** Draws a page with its annotations and counts what differs from its commonest brightness as ink. */
export async function readInk(
  document: PDFDocumentProxy,
  page: PDFPageProxy,
  covered: readonly Rectangle[],
): Promise<PageInk> {
  const natural = page.getViewport({ scale: 1 / page.userUnit })
  const perPoint = Math.min(pixelsPerPoint, longestSide / Math.max(natural.width, natural.height))
  const viewport = page.getViewport({ scale: perPoint / page.userUnit })
  const columns = Math.max(1, Math.ceil(viewport.width))
  const rows = Math.max(1, Math.ceil(viewport.height))
  const { canvas, context } = canvasFor(document, columns, rows)
  await page.render({ canvas, canvasContext: context, viewport, background: '#ffffff' }).promise
  const pixels = context.getImageData(0, 0, columns, rows).data
  const ink = inkOf(pixels, columns * rows)
  for (const place of covered) {
    const left = Math.max(0, Math.floor(place.x * perPoint))
    const right = Math.min(columns, Math.ceil((place.x + place.width) * perPoint))
    const top = Math.max(0, Math.floor((natural.height - place.y - place.height) * perPoint))
    const bottom = Math.min(rows, Math.ceil((natural.height - place.y) * perPoint))
    for (let row = top; row < bottom; row++)
      ink.fill(1, row * columns + left, row * columns + Math.max(left, right))
  }
  const sums = integral(ink, columns, rows)
  return {
    width: natural.width,
    height: natural.height,
    under: (place) => {
      const left = Math.floor(place.x * perPoint)
      const right = Math.max(left + 1, Math.ceil((place.x + place.width) * perPoint))
      const top = Math.floor((natural.height - place.y - place.height) * perPoint)
      const bottom = Math.max(top + 1, Math.ceil((natural.height - place.y) * perPoint))
      const area = (right - left) * (bottom - top)
      const [l, r] = [clamp(left, columns), clamp(right, columns)]
      const [t, b] = [clamp(top, rows), clamp(bottom, rows)]
      const at = (row: number, column: number): number => sums[row * (columns + 1) + column] ?? 0
      const inked = at(b, r) - at(t, r) - at(b, l) + at(t, l)
      return (inked + area - (r - l) * (b - t)) / area
    },
  }
}

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most)

function inkOf(pixels: Uint8ClampedArray, count: number): Uint8Array {
  const brightness = new Uint8Array(count)
  const histogram = new Uint32Array(32)
  for (let pixel = 0; pixel < count; pixel++) {
    const at = pixel * 4
    const value = ((pixels[at] ?? 0) * 54 + (pixels[at + 1] ?? 0) * 183 + (pixels[at + 2] ?? 0) * 19) >> 8
    brightness[pixel] = value
    histogram[value >> 3] = (histogram[value >> 3] ?? 0) + 1
  }
  const paper = histogram.indexOf(Math.max(...histogram)) * 8 + 4
  return brightness.map((value) => (Math.abs(value - paper) > inkContrast ? 1 : 0))
}

function integral(ink: Uint8Array, columns: number, rows: number): Uint32Array {
  const sums = new Uint32Array((columns + 1) * (rows + 1))
  for (let row = 0; row < rows; row++) {
    let inRow = 0
    for (let column = 0; column < columns; column++) {
      inRow += ink[row * columns + column] ?? 0
      sums[(row + 1) * (columns + 1) + column + 1] = (sums[row * (columns + 1) + column + 1] ?? 0) + inRow
    }
  }
  return sums
}

/** Limits within which a free rectangle is looked for. */
export interface SearchWindow {
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

/** The rectangle of the given size with the least ink; among equals the one with the least `cost`. */
export function leastInky(
  ink: PageInk,
  size: { width: number; height: number },
  within: SearchWindow,
  cost: (place: Rectangle) => number,
): { place: Rectangle; ink: number } | undefined {
  let best: { place: Rectangle; ink: number; cost: number } | undefined
  const margin = 2
  const step = Math.max(smallestStep, Math.max(ink.width, ink.height) / mostSteps)
  for (let y = within.bottom; y + size.height <= within.top + 0.01; y += step) {
    for (let x = within.left; x + size.width <= within.right + 0.01; x += step) {
      const place = { x, y, ...size }
      const price = cost(place)
      // No place is better than a free one that costs less.
      if (best !== undefined && best.ink <= 1e-9 && price >= best.cost) continue
      const inked = ink.under({
        x: x - margin,
        y: y - margin,
        width: size.width + 2 * margin,
        height: size.height + 2 * margin,
      })
      if (best === undefined || inked < best.ink - 1e-9 || (inked <= best.ink + 1e-9 && price < best.cost))
        best = { place, ink: inked, cost: price }
    }
  }
  return best
}
