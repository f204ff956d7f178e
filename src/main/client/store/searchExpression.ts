import type { SearchFilters } from '../../../shared/contract/search.ts'
import { characterToken, type Facet, facetToken } from './searchTokens.ts'

/** What the index knows that an expression depends on. */
export interface IndexFacts {
  /** The trigrams that begin with `beginning`. */
  gramsFrom(beginning: string): string[]
  /** The first and the last day of all letters; null while there are none. */
  days(): { first: string; last: string } | null
}

/**
 * What is asked of the full-text index for letters that have every one of `words` and pass the filters; null when no
 * letter can. A word of three characters and more is a phrase of its trigrams, one of two any trigram that begins
 * with it, a single character a token of its own.
 */
export function searchExpression(
  words: readonly string[],
  filters: SearchFilters,
  facts: IndexFacts,
): string | null {
  const parts = [...words.map((word) => wordPart(word, facts)), ...filterParts(filters, facts)]
  return parts.length === 0 || parts.some((part) => part === null) ? null : parts.join(' AND ')
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
const any = (tokens: readonly string[]): string | null =>
  tokens.length === 0 ? null : `(${tokens.map(quoted).join(' OR ')})`

function wordPart(word: string, facts: IndexFacts): string | null {
  const length = [...word].length
  if (length === 1) return quoted(characterToken(word))
  return length === 2 ? any(facts.gramsFrom(word)) : quoted(word)
}

function filterParts(filters: SearchFilters, facts: IndexFacts): (string | null)[] {
  const named = (['unitId', 'registerId', 'kind', 'stage', 'urgency'] as const).flatMap((facet) => {
    const value = filters[facet]
    return value === undefined ? [] : [quoted(facetToken(facet, value))]
  })
  if (filters.from === undefined && filters.to === undefined) return named
  const days = facts.days()
  if (days === null) return [null]
  const from = later(filters.from ?? days.first, days.first)
  const to = earlier(filters.to ?? days.last, days.last)
  return [...named, any(periodTokens(from, to))]
}

const later = (one: string, other: string) => (one > other ? one : other)
const earlier = (one: string, other: string) => (one < other ? one : other)
const DAY = 86_400_000

/** The whole years, whole months and single days that make up the days from `from` to `to`, inclusive. */
export function periodsOf(from: string, to: string): { period: 'year' | 'month' | 'day'; value: string }[] {
  const periods: { period: 'year' | 'month' | 'day'; value: string }[] = []
  for (let day = from; day <= to; ) {
    const year = day.slice(0, 4)
    const month = day.slice(0, 7)
    const endOfMonth = dayBefore(nextMonth(month))
    if (day === `${year}-01-01` && `${year}-12-31` <= to) {
      periods.push({ period: 'year', value: year })
      day = `${String(Number(year) + 1).padStart(4, '0')}-01-01`
    } else if (day === `${month}-01` && endOfMonth <= to) {
      periods.push({ period: 'month', value: month })
      day = nextMonth(month)
    } else {
      periods.push({ period: 'day', value: day })
      day = new Date(Date.parse(day) + DAY).toISOString().slice(0, 10)
    }
  }
  return periods
}

const periodTokens = (from: string, to: string): string[] =>
  periodsOf(from, to).map(({ period, value }) => facetToken(period satisfies Facet, value))

const nextMonth = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10)
}
const dayBefore = (day: string): string => new Date(Date.parse(day) - DAY).toISOString().slice(0, 10)
