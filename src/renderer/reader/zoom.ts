/** How large the pages are shown: to the width of the pane, or a factor of their true size. */
export type Zoom = 'fit' | number

/** CSS pixels for one point at 100 %. */
const PIXELS_PER_POINT = 96 / 72
const STEPS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const
/** Wider than this, a fitted page would be larger than a person reads well. */
const FIT_MAXIMUM = 2
/** The most pixels of one page's canvas, so that memory stays bounded at any zoom. */
const CANVAS_PIXELS = 12_000_000

/** CSS pixels for one point, for pages `width` points wide in a pane of `room` CSS pixels. */
export function scaleOf(zoom: Zoom, width: number, room: number): number {
  if (zoom !== 'fit') return zoom * PIXELS_PER_POINT
  return Math.min(Math.max(room, 120) / width, FIT_MAXIMUM * PIXELS_PER_POINT)
}

/** The percentage that a scale is of true size. */
export const percentOf = (scale: number): number => Math.round((scale / PIXELS_PER_POINT) * 100)

/** The next larger (1) or smaller (-1) step from a scale. */
export function zoomStep(scale: number, direction: 1 | -1): number {
  const now = scale / PIXELS_PER_POINT
  const next =
    direction === 1 ? STEPS.find((step) => step > now + 0.01) : STEPS.findLast((step) => step < now - 0.01)
  return next ?? (direction === 1 ? STEPS[STEPS.length - 1] : STEPS[0]) ?? 1
}

/** Device pixels for one CSS pixel of a page's canvas: sharp, but never more than the bound in all. */
export function pixelRatio(width: number, height: number, devicePixelRatio: number): number {
  return Math.min(devicePixelRatio, Math.sqrt(CANVAS_PIXELS / (width * height)))
}
