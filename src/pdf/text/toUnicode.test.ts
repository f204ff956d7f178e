import { expect, test } from 'vitest'
import { readToUnicode, writeToUnicode } from './toUnicode.ts'

test('what is written is read', () => {
  const texts = new Map([
    [1, 'ก'],
    [2, 'กำ'],
  ])
  expect(readToUnicode(writeToUnicode(texts))).toEqual(texts)
})

test.each([
  ['blocks that never end', 'beginbfchar '.repeat(100_000)],
  ['codes that never end', `beginbfchar ${'<'.repeat(200_000)} endbfchar`],
  ['lists that never end', `beginbfrange ${'['.repeat(200_000)} endbfrange`],
  ['a long text for every code', `beginbfrange <0000> <FFFF> <${'0E01'.repeat(20_000)}> endbfrange`],
])('a CMap of %s takes no more time than its length', (_, cmap) => {
  const before = process.cpuUsage()
  readToUnicode(cmap)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(1000)
})
