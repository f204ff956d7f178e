import { expect, test } from 'vitest'
import { parseContentRange, parseRange } from './contentRange.ts'

test.each([
  ['bytes 0-9/10', { start: 0, end: 9, total: 10 }],
  ['bytes 5-9/10', { start: 5, end: 9, total: 10 }],
])('the part %s is understood', (header, range) => {
  expect(parseContentRange(header)).toEqual(range)
})

test.each([undefined, '', 'bytes 9-5/10', 'bytes 0-10/10', 'bytes 0-9/*', 'bytes -1-9/10', 'bytes 0-9'])(
  'the part %s is not',
  (header) => {
    expect(parseContentRange(header)).toBeUndefined()
  },
)

test.each([
  ['bytes=0-4', { start: 0, end: 4, total: 10 }],
  ['bytes=4-', { start: 4, end: 9, total: 10 }],
  ['bytes=-3', { start: 7, end: 9, total: 10 }],
  ['bytes=-30', { start: 0, end: 9, total: 10 }],
  ['bytes=4-99', { start: 4, end: 9, total: 10 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-2', 'whole'],
  ['bytes=0-1,3-4', 'whole'],
  ['lines=1-2', 'whole'],
  [undefined, 'whole'],
])('of ten bytes, %s asks for %o', (header, range) => {
  expect(parseRange(header, 10)).toEqual(range)
})
