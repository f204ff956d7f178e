import { expect, test } from 'vitest'
import { pauseAfter } from './lockOut.ts'

test('the fifth wrong password in a row pauses for 1 minute, the sixth for 5, later ones for 15', () => {
  expect([1, 4, 5, 6, 7, 8, 100].map(pauseAfter)).toEqual([0, 0, 1, 5, 15, 15, 15])
})
