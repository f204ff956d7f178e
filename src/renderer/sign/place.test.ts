import { describe, expect, it } from 'vitest'
import { hasInk, keyMove, movedPlace, shownPlace } from './place.ts'

const page = { width: 595, height: 842 }
const place = { x: 300, y: 190, width: 200, height: 60 }

describe('the signature’s place', () => {
  it('moves, but never off the page', () => {
    expect(movedPlace(place, 10, -20, page)).toEqual({ ...place, x: 310, y: 170 })
    expect(movedPlace(place, 900, -900, page)).toEqual({ ...place, x: 395, y: 0 })
    expect(movedPlace(place, -900, 900, page)).toEqual({ ...place, x: 0, y: 782 })
  })

  it('goes up with the up key: points count from the lower edge', () => {
    expect(keyMove('ArrowUp', false)).toEqual([0, 6])
    expect(keyMove('ArrowLeft', true)).toEqual([-1, 0])
    expect(keyMove('Enter', false)).toBeUndefined()
  })

  it('is shown from the upper edge', () => {
    const whole = { x: 0, y: 0, ...page }
    expect(shownPlace(whole, page)).toEqual({ left: '0%', top: '0%', width: '100%', height: '100%' })
    expect(shownPlace({ x: 0, y: 421, width: 595, height: 421 }, page).top).toBe('0%')
  })
})

describe('whether something is printed there', () => {
  const picture = (dark: number) => {
    const pixels = new Uint8ClampedArray(4 * 10_000).fill(255)
    for (let at = 0; at < dark; at += 1) pixels.set([20, 20, 20], at * 4)
    return pixels
  }

  it('takes a clear place and a few specks for clear', () => {
    expect(hasInk(picture(0))).toBe(false)
    expect(hasInk(picture(15))).toBe(false)
  })

  it('sees a line of text', () => {
    expect(hasInk(picture(300))).toBe(true)
  })
})
