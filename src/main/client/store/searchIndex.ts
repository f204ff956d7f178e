import { type Letter, stageOf } from '../../../shared/domain/letter.ts'
import { bangkokDay } from '../../../shared/thai/dates.ts'
import { canonicalMemory } from '../search/canonicalMemory.ts'
import { searchedTexts } from '../search/texts.ts'
import type { LetterRecords } from './letterRecords.ts'
import { BORDER, characterTokens, collectGrams, facetToken } from './searchTokens.ts'
import type { Statements } from './statements.ts'

/** Keeps a row of the search index for each letter. */
export interface SearchIndex {
  /** Writes the letter's row anew from what the store has of it, or takes it away when the store has none. */
  put(letterId: string): void
  /** Forgets which trigrams were written: after a transaction that was rolled back. */
  forgetGrams(): void
}

/** How many letters may have changed in one millisecond and still have places of their own. */
const PLACES_A_MILLISECOND = 1024

/** The day by which a letter is found: its own, that of its receipt, or of its draft. */
const dayOf = (letter: Letter): string =>
  letter.number?.date ?? letter.receipt?.date ?? bangkokDay(letter.draftedAt)

/** Takes a letter out of the index at once, in the transaction that takes the letter away. */
export function removeFromIndex(statements: Statements, letterId: string): void {
  statements.run('search.dequeue', letterId)
  const row = statements.get<{ place: number }>('search.placeOf', letterId)
  if (row === undefined) return
  statements.run('search.removeLetter', row.place)
  statements.run('search.removeText', row.place)
}

/** Empties the index. */
export function clearIndex(statements: Statements): void {
  for (const name of [
    'search.clearText',
    'search.clearLetters',
    'search.clearQueue',
    'document.removeAll',
  ] as const) {
    statements.run(name)
  }
}

/** The index of an open store. */
export function searchIndex(statements: Statements, letters: LetterRecords): SearchIndex {
  const searchable = canonicalMemory()
  let known: Set<string> | undefined

  const keepGrams = (text: string) => {
    known ??= new Set(statements.all<{ gram: string }>('search.grams').map(({ gram }) => gram))
    const grams = new Set<string>()
    collectGrams(text, grams)
    for (const gram of grams) {
      if (known.has(gram)) continue
      known.add(gram)
      statements.run('search.addGram', gram)
    }
  }

  /** A place among the letters of that millisecond, above those taken; where all are, of the next one. */
  const placeFor = (changedAt: string): number => {
    for (let first = Date.parse(changedAt) * PLACES_A_MILLISECOND; ; first += PLACES_A_MILLISECOND) {
      const end = first + PLACES_A_MILLISECOND
      const taken = statements.get<{ place: number | null }>('search.placeBetween', first, end)?.place
      const place = taken === null || taken === undefined ? first : taken + 1
      if (place < end) return place
    }
  }

  return {
    put: (letterId) => {
      removeFromIndex(statements, letterId)
      const letter = letters.view(letterId)
      const directory = letters.actor()?.directory
      if (letter === undefined || directory === undefined) return
      const sha256 = letter.revisions.at(-1)?.sha256 ?? ''
      const documentText = statements.get<{ text: string }>('document.get', sha256)?.text ?? ''
      const texts = searchedTexts(letter, directory, { events: letters.confirmed(letterId), documentText })
      const text = texts.map((searched) => searchable(searched.text) + BORDER).join('')
      const day = dayOf(letter)
      const place = placeFor(letter.changedAt)
      keepGrams(text)
      statements.run('search.addLetter', place, letterId, day)
      statements.run('search.addText', place, text + characterTokens(text) + facetsOf(letter, day))
    },
    forgetGrams: () => {
      known = undefined
    },
  }
}

/** The trigrams of what the letter is filtered by. */
const facetsOf = (letter: Letter, day: string): string =>
  [
    facetToken('unitId', letter.unitId),
    facetToken('registerId', letter.registerId),
    facetToken('kind', letter.kind),
    facetToken('stage', stageOf(letter)),
    facetToken('urgency', letter.urgency),
    facetToken('year', day.slice(0, 4)),
    facetToken('month', day.slice(0, 7)),
    facetToken('day', day),
  ].join('')
