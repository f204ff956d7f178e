import { describe, expect, test } from 'vitest'
import { type Progress, progressLine } from './progressLine.ts'
import { columnsOf } from './words.ts'

const progress = (more: Partial<Progress>): Progress => ({
  label: 'ลงนาม',
  done: 25,
  total: 100,
  current: 'หนังสือที่ ๔.๓.pdf',
  elapsedMilliseconds: 10_000,
  ...more,
})

describe('the progress bar', () => {
  test('tells what is done, how much of it, the time left and the file under way', () => {
    expect(progressLine(progress({}), 80)).toBe(
      'ลงนาม █████░░░░░░░░░░░░░░░ 25/100 เหลือ 30 วินาที หนังสือที่ ๔.๓.pdf',
    )
  })

  test.each([
    ['not before the first file is done', { done: 0 }, undefined],
    ['not behind the last', { done: 100 }, undefined],
    ['in minutes when it is long', { elapsedMilliseconds: 100_000 }, 'เหลือ 5 นาที'],
  ])('tells the time left %s', (_, more, left) => {
    const line = progressLine(progress(more), 80)
    if (left === undefined) expect(line).not.toContain('เหลือ')
    else expect(line).toContain(left)
  })

  test.each([10, 20, 40, 60, 80, 200])('stays on one line of a terminal with %i columns', (columns) => {
    const line = progressLine(progress({ current: `${'ที่นี่/'.repeat(40)}หนังสือ.pdf` }), columns)
    expect(columnsOf(line)).toBeLessThan(columns)
  })

  test('shows the end of a long name, and no mark without its letter', () => {
    const line = progressLine(progress({ current: `${'/โฟลเดอร์'.repeat(20)}/ที่.pdf` }), 60)
    expect(line).toMatch(/…[^\p{M}].*\/ที่\.pdf$/u)
  })

  test('steers no terminal with the name of a file', () => {
    expect(progressLine(progress({ current: 'a\u001b[2J\nb\u202e.pdf' }), 80)).toMatch(/ a\?\[2J\?b\?\.pdf$/)
  })
})
