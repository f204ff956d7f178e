import type { Rectangle } from '../geometry.ts'
import { leastInky, type PageInk } from './pageInk.ts'
import { leftOf, partsOf, rightOf, type TextLine } from './textLines.ts'

/** The size that a signature block has when there is room. */
const wantedBlock = { width: 220, height: 64 }
const smallestHeight = 30
const edge = 12
const usualMargin = 57

/** A free rectangle and the part of it that is inked. */
export interface BlockPlace {
  readonly place: Rectangle
  readonly ink: number
}

/** ขอแสดงความนับถือ without its marks, with แ as some type it. */
const closingWords = /ขอ(?:แ|เเ)สดงควมนบถอ/

/** Lines such as `(นางสาววรรณวิภา เจริญสุข)`: what is left of the brackets when marks are lost is enough. */
const nameLine = /^\([\u0e01-\u0e2e\u0e40-\u0e44].{3,60}\)$/

/** A signer's name where it stands on the page. */
export interface NameAnchor {
  readonly x: number
  readonly width: number
  readonly baseline: number
  readonly fontSize: number
}

/** The signers' names on lines of their own, the one after ขอแสดงความนับถือ first, then from the bottom up. */
export function signerNames(lines: readonly TextLine[], pageWidth: number): NameAnchor[] {
  const closing = lines.find((line) => closingWords.test(line.bones))
  const names = lines
    .flatMap((line) => bracketed(line))
    .filter((name) => name.x + name.width / 2 > pageWidth * 0.3)
    .sort((one, other) => one.baseline - other.baseline)
  const afterClosing = closing && names.filter((name) => name.baseline < closing.baseline).at(-1)
  return afterClosing ? [afterClosing, ...names.filter((name) => name !== afterClosing)] : names
}

function bracketed(line: TextLine): NameAnchor[] {
  return partsOf(line, 1.5)
    .filter((part) => nameLine.test(part.bones))
    .map((part) => ({
      x: leftOf(part),
      width: rightOf(part) - leftOf(part),
      baseline: part.baseline,
      fontSize: part.fontSize,
    }))
}

/** Whether a page has a name in brackets on a line of its own. */
export const namesSigners = (lines: readonly TextLine[]): boolean =>
  lines.some((line) => bracketed(line).length > 0)

/** The gap above a name, where a pen would sign; undefined when there is none that is free. */
export function gapAbove(name: NameAnchor, lines: readonly TextLine[], ink: PageInk): BlockPlace | undefined {
  const middle = name.x + name.width / 2
  const bottom = name.baseline + 1.05 * name.fontSize
  const above = lines
    .filter((line) => line.baseline > bottom && rightOf(line) > middle - 90 && leftOf(line) < middle + 90)
    .map((line) => line.baseline - 0.35 * line.fontSize)
  const top = Math.min(...above, bottom + 130, ink.height - edge)
  for (let height = Math.min(wantedBlock.height, top - bottom); height >= smallestHeight; height -= 4) {
    const width = Math.min(wantedBlock.width, height * 4.2)
    const left = Math.max(edge, middle - width * 0.75)
    const right = Math.min(ink.width - edge, middle + width * 0.75)
    const found = leastInky(
      ink,
      { width, height },
      { left, right, bottom, top },
      (place) =>
        2 * Math.abs(place.x + width / 2 - middle) + Math.abs(place.y + height / 2 - (bottom + top) / 2),
    )
    if (found !== undefined && found.ink < 0.002) return found
  }
  return undefined
}

/** How much farther away a place above another counts than one below it: names and positions stand below. */
const aboveCosts = 60

/**
 * A free rectangle as near as can be to `neighbour`, an earlier signature or a name, rather below it than above;
 * without one toward the lower right, inside the usual margin. The least inky one when the page is full.
 */
export function freeBlock(ink: PageInk, neighbour?: Rectangle): BlockPlace {
  let best: BlockPlace | undefined
  const margin = Math.min(usualMargin, ink.width * 0.1)
  const fromCorner = (place: Rectangle): number =>
    0.7 * Math.abs(ink.width - margin - place.x - place.width) + Math.abs(place.y - ink.height * 0.12)
  const cost = (place: Rectangle): number => {
    if (neighbour === undefined) return fromCorner(place)
    const across = place.x + place.width / 2 - neighbour.x - neighbour.width / 2
    const up = place.y + place.height / 2 - neighbour.y - neighbour.height / 2
    return Math.abs(across) + Math.abs(up) + (up > 0 ? aboveCosts : 0)
  }
  for (const scale of [1, 0.85, 0.7]) {
    const width = Math.min(wantedBlock.width * scale, ink.width - 2)
    const height = Math.min(wantedBlock.height * scale, ink.height - 2)
    const within = { left: edge, right: ink.width - edge, bottom: edge, top: ink.height - edge }
    const roomy = within.right - within.left >= width && within.top - within.bottom >= height
    const whole = { left: 0, right: ink.width, bottom: 0, top: ink.height }
    const found = leastInky(ink, { width, height }, roomy ? within : whole, cost)
    if (found !== undefined && (best === undefined || found.ink < best.ink - 0.002)) best = found
    if (best !== undefined && best.ink < 0.001) break
  }
  return best ?? { place: { x: 0, y: 0, width: ink.width, height: ink.height }, ink: 1 }
}
