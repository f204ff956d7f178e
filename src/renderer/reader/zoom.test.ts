import { describe, expect, it } from 'vitest'
import { percentOf, pixelRatio, scaleOf, zoomStep } from './zoom.ts'

const A4 = 595

describe('zoom', () => {
  it('shows paper at its true size at 100 %', () => {
    expect(scaleOf(1, A4, 700)).toBeCloseTo(96 / 72)
    expect(percentOf(scaleOf(1, A4, 700))).toBe(100)
  })

  it('fits the width of the pane, but no larger than reads well', () => {
    expect(scaleOf('fit', A4, 595)).toBeCloseTo(1)
    expect(percentOf(scaleOf('fit', A4, 5000))).toBe(200)
    expect(scaleOf('fit', A4, 0)).toBeGreaterThan(0)
  })

  it('steps to the next round percentage, from a fitted width too', () => {
    const fitted = scaleOf('fit', A4, 700)
    expect(percentOf(fitted)).toBe(88)
    expect(zoomStep(fitted, 1)).toBe(1)
    expect(zoomStep(fitted, -1)).toBe(0.75)
    expect(zoomStep(scaleOf(4, A4, 700), 1)).toBe(4)
    expect(zoomStep(scaleOf(0.25, A4, 700), -1)).toBe(0.25)
  })

  it('keeps a page’s canvas within the bound at any zoom', () => {
    expect(pixelRatio(700, 1000, 2)).toBe(2)
    const ratio = pixelRatio(3000, 4200, 2)
    expect(3000 * ratio * 4200 * ratio).toBeLessThanOrEqual(12_000_001)
  })
})
