import type { Rectangle } from '../geometry.ts'
import { receiveStampSize } from '../marks/receiveStampMark.ts'
import type { BlockPlace } from './blockPlace.ts'
import { leastInky, type PageInk, type SearchWindow } from './pageInk.ts'

/** Between a mark and the edge of the paper, in points. */
const edge = 12
/** Pages of official letters leave 3 cm at the left. */
const leftMargin = 85
const isFree = 0.001
/** How many points away from its corner a mark goes rather than be one size smaller. */
const costOfSmaller = 40

interface Size {
  readonly width: number
  readonly height: number
}

/** The receive stamp's sizes, largest first; it is still read at the smallest. */
const stampScales = [1, 0.9, 0.8, 0.7]
/** Room for an order of several lines with name, position and time. */
const endorsementSizes = [
  { width: 240, height: 170 },
  { width: 220, height: 140 },
  { width: 200, height: 110 },
  { width: 170, height: 90 },
]

/** Where the receive stamp goes: in the upper right corner (ข้อ 37), or as near to it as the page is free. */
export function receiveStampPlace(ink: PageInk): BlockPlace {
  const sizes = stampScales.map((scale) => ({
    width: receiveStampSize.width * scale,
    height: receiveStampSize.height * scale,
  }))
  const farFromCorner = (place: Rectangle): number =>
    0.7 * (ink.width - place.x - place.width) + (ink.height - place.y - place.height)
  const upper = { left: edge, right: ink.width - edge, bottom: ink.height * 0.5, top: ink.height - edge }
  return freest(ink, sizes, upper, farFromCorner)
}

/** Where an endorsement goes: in the lower left part, below what is written. */
export function endorsementPlace(ink: PageInk): BlockPlace {
  const margin = Math.min(leftMargin, ink.width * 0.1)
  const farFromCorner = (place: Rectangle): number =>
    Math.abs(place.x - margin) + 0.6 * Math.abs(place.y - ink.height * 0.08)
  const whole = { left: edge, right: ink.width - edge, bottom: edge, top: ink.height - edge }
  return freest(ink, endorsementSizes, whole, farFromCorner)
}

/**
 * The cheapest place that is free, where each smaller size costs more; or else the least inky place of all. Always on
 * the page.
 */
function freest(
  ink: PageInk,
  sizes: readonly Size[],
  within: SearchWindow,
  cost: (place: Rectangle) => number,
): BlockPlace {
  const found = sizes.flatMap((size, smaller) => {
    const place = leastInky(ink, size, within, cost)
    return place === undefined ? [] : [{ ...place, cost: cost(place.place) + smaller * costOfSmaller }]
  })
  const free = found.filter((place) => place.ink < isFree).sort((one, other) => one.cost - other.cost)
  const [best] = [...free, ...found.sort((one, other) => one.ink - other.ink)]
  if (best !== undefined) return { place: best.place, ink: best.ink }
  const smallest = sizes.at(-1) ?? { width: 0, height: 0 }
  const width = Math.min(smallest.width, ink.width)
  const height = Math.min(smallest.height, ink.height)
  return { place: { x: ink.width - width, y: ink.height - height, width, height }, ink: 1 }
}

/** The page with places that something else will take. */
export const withTaken = (ink: PageInk, taken: readonly Rectangle[]): PageInk => ({
  ...ink,
  under: (place) => (taken.some((other) => isTouching(place, other)) ? 1 : ink.under(place)),
})

const isTouching = (one: Rectangle, other: Rectangle): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height
