import { expect, it } from 'vitest'
import { letterDate, listDate } from './dates.ts'
import { readDay } from './readDay.ts'

it.each([
  ['๑๕ ม.ค. ๒๕๖๙', '2026-01-15'],
  ['15 มกราคม พ.ศ. 2569', '2026-01-15'],
  ['วันที่ ๑๕ มกราคม ๒๕๖๙', '2026-01-15'],
  ['15มค69', '2026-01-15'],
  ['15/1/2569', '2026-01-15'],
  ['15-1-69', '2026-01-15'],
  ['15.01.2569', '2026-01-15'],
  ['2026-01-15', '2026-01-15'],
  ['2569-01-15', '2026-01-15'],
  ['15/1/2026', '2026-01-15'],
  ['๒๙ ก.พ. ๒๕๖๗', '2024-02-29'],
  ['31 ต.ค. 2569', '2026-10-31'],
])('reads %s', (typed, day) => {
  expect(readDay(typed)).toBe(day)
})

it.each([
  '',
  '15',
  'ม.ค. 2569',
  '31/2/2569',
  '29 ก.พ. 2569',
  '15/13/2569',
  '15 มนาคม 2569',
  '0/1/2569',
  '15/1/256',
  'งบ',
])('takes %s for no day', (typed) => {
  expect(readDay(typed)).toBeNull()
})

it('reads every day in the ways in which this program writes it', () => {
  for (let day = Date.UTC(2026, 0, 1); day <= Date.UTC(2028, 11, 31); day += 86_400_000) {
    const written = new Date(day).toISOString().slice(0, 10)
    expect(readDay(letterDate(written))).toBe(written)
    expect(readDay(listDate(written))).toBe(written)
  }
})
