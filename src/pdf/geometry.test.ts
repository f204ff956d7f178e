import fc from 'fast-check'
import { expect, test } from 'vitest'
import { annotationRectangle, shownRectangle, shownSize, toPageSpace, toVisible } from './geometry.ts'
import type { Turn } from './structure/pages.ts'

const turns: Turn[] = [0, 90, 180, 270]
const box = [30, 20, 630, 820] as const

test('a page that is turned to its side is shown with width and height exchanged', () => {
  expect(shownSize({ box, turn: 0 })).toEqual({ width: 600, height: 800 })
  expect(shownSize({ box, turn: 90 })).toEqual({ width: 800, height: 600 })
  expect(shownSize({ box, turn: 270 })).toEqual({ width: 800, height: 600 })
})

test('the lower left corner as shown is the corner of the cropped page that turning brings there', () => {
  expect(toPageSpace({ box, turn: 0 }, 0, 0)).toEqual([30, 20])
  expect(toPageSpace({ box, turn: 90 }, 0, 0)).toEqual([630, 20])
  expect(toPageSpace({ box, turn: 180 }, 0, 0)).toEqual([630, 820])
  expect(toPageSpace({ box, turn: 270 }, 0, 0)).toEqual([30, 820])
})

test('what is drawn at a place of the visible page is found at that place again', () => {
  const whole = fc.integer({ min: 0, max: 500 })
  fc.assert(
    fc.property(fc.constantFrom(...turns), whole, whole, whole, whole, (turn, x, y, width, height) => {
      const page = { box, turn }
      expect(toVisible(page, ...toPageSpace(page, x, y))).toEqual([x, y])
      const place = { x, y, width, height }
      expect(shownRectangle(page, annotationRectangle(page, place))).toEqual(place)
    }),
  )
})
