/** A rectangle on a page in points, origin lower left. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

const clamp = (value: number, maximum: number) => Math.min(Math.max(value, 0), Math.max(maximum, 0))

/** `place` moved by `dx`, `dy` points, kept on the page. */
export const movedPlace = (place: Place, dx: number, dy: number, page: Size): Place => ({
  ...place,
  x: clamp(place.x + dx, page.width - place.width),
  y: clamp(place.y + dy, page.height - place.height),
})

const STEP = 6
const FINE = 1
const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

/** How far an arrow key moves the block, in points: 6, or 1 with Shift. Undefined for other keys. */
export function keyMove(key: string, fine: boolean): readonly [number, number] | undefined {
  const direction = DIRECTIONS[key]
  const step = fine ? FINE : STEP
  return direction && [direction[0] * step, direction[1] * step]
}

/** Where a place lies on its page as shown, in percent from the upper left. */
export const shownPlace = (place: Place, page: Size) => ({
  left: `${(place.x / page.width) * 100}%`,
  top: `${((page.height - place.y - place.height) / page.height) * 100}%`,
  width: `${(place.width / page.width) * 100}%`,
  height: `${(place.height / page.height) * 100}%`,
})

/** Pixels darker than this (0–255) are printed; paper texture and shadows of a scan are lighter. */
const INK = 170
/** Fewer printed pixels than this share of the place are specks. */
const SPECKS = 0.002

/** Whether more than specks is printed in a picture of the place (RGBA bytes, as canvases give them). */
export function hasInk(pixels: Uint8ClampedArray): boolean {
  let dark = 0
  for (let at = 0; at < pixels.length; at += 4) {
    const light =
      0.299 * (pixels[at] ?? 255) + 0.587 * (pixels[at + 1] ?? 255) + 0.114 * (pixels[at + 2] ?? 255)
    if (light < INK) dark += 1
  }
  return dark > (pixels.length / 4) * SPECKS
}
