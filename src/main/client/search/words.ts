import { canonicalThai } from '../../../shared/thai/canonical.ts'

/** Characters that stand for marks of the index itself; no text has them. */
const RESERVED = /[\0\u{F0000}-\u{10FFFF}]/gu

/** A text as it is searched: canonical, in one line, without what the index keeps for itself. */
export const searchable = (text: string): string =>
  canonicalThai(text.toWellFormed().replace(RESERVED, '')).trim()

/** More words than a person types. */
const MOST_WORDS = 12

/** The words of what a person typed, each once; all of them have to occur. */
export const wordsOf = (typed: string): string[] =>
  [...new Set(searchable(typed).split(' '))].filter((word) => word !== '').slice(0, MOST_WORDS)
