import type { SearchFilters } from '../../../shared/contract/search.ts'

/**
 * Between texts in the index: what no typed word has. Two of them, so that the last characters of a text begin a
 * trigram like all others.
 */
export const BORDER = '\n\n'

/** Characters of Unicode's private planes mark what is in the index besides text. */
const CHARACTER = '\u{F0001}'
const FACETS = {
  unitId: '\u{F0010}',
  registerId: '\u{F0011}',
  kind: '\u{F0012}',
  stage: '\u{F0013}',
  urgency: '\u{F0014}',
  year: '\u{F0015}',
  month: '\u{F0016}',
  day: '\u{F0017}',
} as const satisfies Partial<Record<keyof SearchFilters, string>> & Record<string, string>

/** A property by which letters are filtered. */
export type Facet = keyof typeof FACETS

/** The trigram that stands for a property's value: its mark and 30 bits of the value's FNV-1a hash. */
export function facetToken(facet: Facet, value: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < value.length; index += 1) {
    hash = Math.imul(hash ^ value.charCodeAt(index), 0x01000193) >>> 0
  }
  const bits = (hash ^ (hash >>> 30)) & 0x3fffffff
  return FACETS[facet] + String.fromCodePoint(0x100000 + (bits >>> 15), 0x108000 + (bits & 0x7fff))
}

/** The trigram that stands for a character which the letter has somewhere. */
export const characterToken = (character: string): string => CHARACTER + character + CHARACTER

/** All characters of `text`, written so that the trigram of each is among the trigrams of what is returned. */
export function characterTokens(text: string): string {
  const characters = [...new Set(text)].filter((character) => character > ' ').sort()
  return CHARACTER + characters.map((character) => character + CHARACTER).join('')
}

/** Adds each trigram of `text` (three code points) to `grams`. */
export function collectGrams(text: string, grams: Set<string>): void {
  let first = ''
  let second = ''
  for (const third of text) {
    if (first !== '') grams.add(first + second + third)
    first = second
    second = third
  }
}
