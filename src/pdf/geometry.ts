import type { Page } from './structure/pages.ts'

/**
 * A rectangle in PDF points in the page's visible space: the origin is the lower left corner of the page as the
 * reader sees it, after CropBox and /Rotate.
 */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A form's /Matrix (ISO 32000-2, 8.3.4). */
export type Matrix = readonly [number, number, number, number, number, number]

/** The size of the page as shown, in points. */
export function shownSize(page: Pick<Page, 'box' | 'turn'>): { width: number; height: number } {
  const width = page.box[2] - page.box[0]
  const height = page.box[3] - page.box[1]
  return page.turn === 90 || page.turn === 270 ? { width: height, height: width } : { width, height }
}

/** The rectangle moved and, if need be, cut so that it lies on the page. */
export function insidePage(place: Rectangle, page: Pick<Page, 'box' | 'turn'>): Rectangle {
  const shown = shownSize(page)
  const width = Math.min(Math.max(place.width, 8), shown.width)
  const height = Math.min(Math.max(place.height, 8), shown.height)
  const x = Math.min(Math.max(place.x, 0), shown.width - width)
  const y = Math.min(Math.max(place.y, 0), shown.height - height)
  return { x, y, width, height }
}

/** Whether all of a place's numbers are numbers. */
export const isFinitePlace = (place: Rectangle): boolean =>
  [place.x, place.y, place.width, place.height].every(Number.isFinite)

/** Where a point of the visible page is in page space. */
export function toPageSpace(page: Pick<Page, 'box' | 'turn'>, x: number, y: number): [number, number] {
  const [left, bottom, right, top] = page.box
  if (page.turn === 90) return [right - y, bottom + x]
  if (page.turn === 180) return [right - x, top - y]
  if (page.turn === 270) return [left + y, top - x]
  return [left + x, bottom + y]
}

/** Where a point of page space is on the visible page; the inverse of toPageSpace. */
export function toVisible(page: Pick<Page, 'box' | 'turn'>, x: number, y: number): [number, number] {
  const [left, bottom, right, top] = page.box
  if (page.turn === 90) return [y - bottom, right - x]
  if (page.turn === 180) return [right - x, top - y]
  if (page.turn === 270) return [top - y, x - left]
  return [x - left, y - bottom]
}

/** An annotation's /Rect for a rectangle of the visible page: left, bottom, right, top in page space. */
export function annotationRectangle(page: Pick<Page, 'box' | 'turn'>, place: Rectangle): number[] {
  const [x1, y1] = toPageSpace(page, place.x, place.y)
  const [x2, y2] = toPageSpace(page, place.x + place.width, place.y + place.height)
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]
}

/** An annotation's /Rect as a rectangle of the visible page; the inverse of annotationRectangle. */
export function shownRectangle(page: Pick<Page, 'box' | 'turn'>, rect: readonly number[]): Rectangle {
  const [x1, y1] = toVisible(page, rect[0] ?? 0, rect[1] ?? 0)
  const [x2, y2] = toVisible(page, rect[2] ?? 0, rect[3] ?? 0)
  return { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) }
}

/** The /Matrix that sets an appearance upright on a turned page (12.5.5). */
export function uprightMatrix(page: Pick<Page, 'turn'>): Matrix {
  if (page.turn === 90) return [0, 1, -1, 0, 0, 0]
  if (page.turn === 180) return [-1, 0, 0, -1, 0, 0]
  if (page.turn === 270) return [0, -1, 1, 0, 0, 0]
  return [1, 0, 0, 1, 0, 0]
}
