import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { DamagedFile } from './damaged.ts'
import { decodeStream, undoPngFilters } from './filters.ts'
import { dictionaryOf, nameOf } from './values.ts'

/** Two pixels of two bytes in each row; the rows say 10 20 30 40, 50 60 70 80 and so on modulo 256. */
const rows = [
  [10, 20, 30, 40],
  [50, 60, 70, 80],
  [90, 100, 110, 120],
  [130, 140, 150, 160],
  [250, 5, 2, 255],
]

test('rows under each of the five filters come out as they were', () => {
  // None, Sub, Up, Average and Paeth by hand, from the formulas of PNG, 9.2.
  const filtered = [
    [0, 10, 20, 30, 40],
    [1, 50, 60, 20, 20],
    [2, 40, 40, 40, 40],
    [3, 85, 90, 30, 30],
    [4, 120, 121, 8, 250],
  ]
  expect([...undoPngFilters(Uint8Array.from(filtered.flat()), 4, 2)]).toEqual(rows.flat())
})

test('a filter that does not exist leaves the row as it is', () => {
  expect([...undoPngFilters(Uint8Array.from([9, 1, 2, 3, 4]), 4, 2)]).toEqual([1, 2, 3, 4])
})

test('what is left of a row at the end is dropped', () => {
  expect([...undoPngFilters(Uint8Array.from([0, 1, 2, 3, 4, 2, 5]), 4, 2)]).toEqual([1, 2, 3, 4])
})

const predicted = (encoded: readonly number[], settings: Readonly<Record<string, number>>): number[] => [
  ...decodeStream({
    kind: 'stream',
    dictionary: dictionaryOf({ Filter: nameOf('FlateDecode'), DecodeParms: dictionaryOf(settings) }),
    encoded: deflateSync(Uint8Array.from(encoded)),
  }),
]

test("TIFF's predictor adds each component to that of the pixel before, in each row anew", () => {
  const settings = { Predictor: 2, Colors: 2, Columns: 2 }
  expect(predicted([10, 20, 20, 20, 50, 60, 20, 20, 250, 5, 8, 250], settings)).toEqual([
    ...[10, 20, 30, 40],
    ...[50, 60, 70, 80],
    ...[250, 5, 2, 255],
  ])
  expect(predicted([1, 1, 1, 1, 1], { Predictor: 2, Columns: 3 })).toEqual([1, 2, 3, 1, 2])
})

test.each([
  { Predictor: 2, BitsPerComponent: 4, Columns: 4 },
  { Predictor: 3, Columns: 4 },
  { Predictor: 99, Columns: 4 },
])('a predictor that readers may take otherwise makes the file damaged: %j', (settings) => {
  expect(() => predicted([1, 2, 3, 4], settings)).toThrow(DamagedFile)
})
