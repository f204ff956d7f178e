/** A part of a page as red, green, blue and opacity of its pixels; `left` and `top` are its corner in points. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** Pixels of a point. */
  readonly scale: number
  readonly left: number
  readonly top: number
  readonly pixels: Uint8ClampedArray
}

/** Of 255: what stands out from the paper, and what no longer does to the eye. */
const inkContrast = 40
const unseenContrast = 24
const unseenPart = 0.2
/** A border between ink and paper, and how much of it has to be left. */
const edgeContrast = 40
const edgePart = 0.3
/** Pixels of borders that a window of text has at least, and the part that has to be left of them. */
const leastEdges = 24
const leastKept = 0.35
/** The part of a window that has another colour when something lies over all of it, not only across. */
const leastChanged = 0.6
const windowPoints = 8

/**
 * Marks the pixels whose ink got lost: they stood out from the paper and now do not. `content` is the page without
 * annotations where only its own ink counts, or else `before` itself.
 */
export function lostPixels(before: Picture, after: Picture, content: Picture): Uint8Array {
  const paper = commonest(before)
  const lost = new Uint8Array(before.width * before.height)
  for (let pixel = 0; pixel < lost.length; pixel++) {
    const stood = contrast(before.pixels, pixel, paper)
    if (stood < inkContrast) continue
    if (content !== before && difference(content.pixels, before.pixels, pixel) > unseenContrast) continue
    const stands = contrast(after.pixels, pixel, paper)
    if (stands <= Math.max(unseenContrast, unseenPart * stood)) lost[pixel] = 1
  }
  return lost
}

/**
 * Whether something lies over text or pictures so that their borders are gone: a bar, say, or a picture with a ground
 * of another colour. A stroke through a line leaves enough of the borders beside it.
 */
export function isBuried(before: Picture, after: Picture, area: readonly number[]): boolean {
  const [left = 0, upper = 0, right = 0, lower = 0] = area
  const step = Math.max(2, Math.round(windowPoints * before.scale))
  for (let row = upper; row < lower; row += step / 2) {
    for (let column = left; column < right; column += step / 2) {
      const window = [
        Math.floor(column),
        Math.floor(row),
        Math.min(column + step, right),
        Math.min(row + step, lower),
      ]
      const { edges, kept, changed } = compareWindow(before, after, window)
      if (edges >= leastEdges && kept < leastKept * edges && changed >= leastChanged) return true
    }
  }
  return false
}

/** How many pixels were on a border, how many of them still are, and which part of all has another colour. */
function compareWindow(before: Picture, after: Picture, window: readonly number[]) {
  const [left = 0, upper = 0, right = 0, lower = 0] = window
  let [edges, kept, changed, all] = [0, 0, 0, 0]
  for (let row = upper; row < lower && row + 1 < before.height; row++) {
    for (let column = left; column < right && column + 1 < before.width; column++) {
      const pixel = row * before.width + column
      all++
      if (difference(before.pixels, after.pixels, pixel) > unseenContrast) changed++
      const stood = edge(before, pixel)
      if (stood < edgeContrast) continue
      edges++
      if (edge(after, pixel) >= edgePart * stood) kept++
    }
  }
  return { edges, kept, changed: changed / Math.max(1, all) }
}

function edge({ pixels, width }: Picture, pixel: number): number {
  let most = 0
  for (let channel = 0; channel < 3; channel++) {
    const here = pixels[4 * pixel + channel] ?? 0
    const right = Math.abs(here - (pixels[4 * (pixel + 1) + channel] ?? 0))
    const below = Math.abs(here - (pixels[4 * (pixel + width) + channel] ?? 0))
    most = Math.max(most, right, below)
  }
  return most
}

function contrast(pixels: Uint8ClampedArray, pixel: number, paper: readonly number[]): number {
  let most = 0
  for (let channel = 0; channel < 3; channel++)
    most = Math.max(most, Math.abs((pixels[4 * pixel + channel] ?? 0) - (paper[channel] ?? 0)))
  return most
}

function difference(one: Uint8ClampedArray, other: Uint8ClampedArray, pixel: number): number {
  let most = 0
  for (let channel = 0; channel < 3; channel++)
    most = Math.max(most, Math.abs((one[4 * pixel + channel] ?? 0) - (other[4 * pixel + channel] ?? 0)))
  return most
}

/** The colour that most pixels have, in steps of eight. */
function commonest({ pixels }: Picture): readonly number[] {
  const counts = new Uint32Array(1 << 15)
  let [best, most] = [0, 0]
  for (let at = 0; at < pixels.length; at += 4) {
    const key =
      (((pixels[at] ?? 0) >> 3) << 10) | (((pixels[at + 1] ?? 0) >> 3) << 5) | ((pixels[at + 2] ?? 0) >> 3)
    const count = (counts[key] ?? 0) + 1
    counts[key] = count
    if (count > most) [best, most] = [key, count]
  }
  return [((best >> 10) & 31) * 8 + 4, ((best >> 5) & 31) * 8 + 4, (best & 31) * 8 + 4]
}
