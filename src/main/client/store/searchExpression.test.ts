import fc from 'fast-check'
import { expect, it } from 'vitest'
import { periodsOf, searchExpression } from './searchExpression.ts'
import { characterToken, characterTokens, collectGrams, facetToken } from './searchTokens.ts'

const day = fc
  .integer({ min: Date.UTC(2019, 0, 1) / 86_400_000, max: Date.UTC(2030, 11, 31) / 86_400_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))

it('years, months and days together are exactly the days from the first to the last', () => {
  fc.assert(
    fc.property(day, day, day, (from, to, asked) => {
      const periods = periodsOf(from, to)
      const covered = periods.filter(({ value }) => asked.startsWith(value))
      expect(covered).toHaveLength(asked >= from && asked <= to ? 1 : 0)
    }),
  )
  expect(periodsOf('2026-01-01', '2027-12-31')).toHaveLength(2)
  expect(periodsOf('2025-12-31', '2027-02-01').map(({ value }) => value)).toEqual([
    '2025-12-31',
    '2026',
    '2027-01',
    '2027-02-01',
  ])
})

const facts = {
  gramsFrom: (beginning: string) => (beginning === 'งบ' ? ['งบป', 'งบ\n'] : []),
  days: () => ({ first: '2026-03-01', last: '2026-04-30' }),
}

it('a word of two characters is any trigram that begins with it, and nothing when there is none', () => {
  expect(searchExpression(['งบ', 'กองทุน'], {}, facts)).toBe('("งบป" OR "งบ\n") AND "กองทุน"')
  expect(searchExpression(['ปี', 'กองทุน'], {}, facts)).toBeNull()
})

it('what a person types is never taken for an operator', () => {
  expect(searchExpression(['"or"*'], {}, facts)).toBe('"""or""*"')
})

it('days without end reach as far as there are letters', () => {
  const months = ['2026-03', '2026-04'].map((month) => `"${facetToken('month', month)}"`).join(' OR ')
  expect(searchExpression([], { from: '2020-01-01' }, facts)).toBe(`(${months})`)
  expect(searchExpression([], { from: '2026-05-01' }, facts)).toBeNull()
})

it('each character of a text is a trigram of its own', () => {
  const grams = new Set<string>()
  collectGrams(characterTokens('งบ 😀ก\n\n'), grams)
  for (const character of ['ง', 'บ', '😀', 'ก']) expect(grams).toContain(characterToken(character))
  expect(grams).not.toContain(characterToken('ข'))
})

it('a value’s token is three characters and its own', () => {
  const values = Array.from({ length: 20_000 }, (_, index) => facetToken('unitId', `unit-${index}`))
  expect(new Set(values).size).toBe(values.length)
  expect([...values[0]!]).toHaveLength(3)
})
