import { type Mark, MOST_COUNTED, type Snippet } from '../../../shared/contract/search.ts'
import type { Letter } from '../../../shared/domain/letter.ts'
import { canonicalMemory } from '../search/canonicalMemory.ts'
import { marksIn, reasonOf } from '../search/marks.ts'
import { type MoreOfLetter, searchedTexts } from '../search/texts.ts'
import { wordsOf } from '../search/words.ts'
import { isUnread, type ListRow } from './letterOperations.ts'
import type { LetterRecords } from './letterRecords.ts'
import type { ListedLetter, StoreOperations } from './operations.ts'
import { type IndexFacts, searchExpression } from './searchExpression.ts'
import type { Statements } from './statements.ts'

/** A letter that was found, and where. */
export interface FoundInStore extends ListedLetter {
  readonly subjectMarks: readonly Mark[]
  readonly snippet: Snippet | null
}

/** A page of what was found, newest change first. */
export interface FoundPage {
  readonly letters: readonly FoundInStore[]
  /** How many there are in all, counted up to one more than MOST_COUNTED; null on later pages. */
  readonly total: number | null
  /** Where the next page begins; null after the last one. */
  readonly next: number | null
  /** Letters that the index does not have yet, counted up to one more than MOST_COUNTED. */
  readonly unindexed: number
}

/** What the store does for searching. */
export type SearchOperations = Pick<
  StoreOperations,
  'search' | 'recentSearches' | 'keepRecentSearches' | 'keepDocumentText' | 'documentsWanted'
>
type FoundRow = ListRow & { readonly current_file: string }

/** Letters on a page. */
const PAGE = 30
const RECENT = 'search.recent'

/** What the index of an open store knows. */
export const indexFacts = (statements: Statements): IndexFacts => ({
  gramsFrom: (beginning) =>
    statements
      .all<{ gram: string }>('search.gramsFrom', beginning, `${beginning}\u{10FFFF}`)
      .map(({ gram }) => gram),
  days: () => {
    const days = statements.get<{ first: string | null; last: string | null }>('search.days')
    return days?.first && days.last ? { first: days.first, last: days.last } : null
  },
})

/** What the store does for searching. `unindexed` tells how many letters wait for their row in the index. */
export function searchOperations(
  statements: Statements,
  letters: LetterRecords,
  personId: string,
  unindexed: () => number,
): SearchOperations {
  const facts = indexFacts(statements)
  const canonical = canonicalMemory()
  const found = (row: FoundRow, words: readonly string[]): FoundInStore => {
    const letter = JSON.parse(row.json) as Letter
    const listed = { letter, waiting: row.waiting, unread: isUnread(letter, row, personId) }
    const subjectMarks = marksIn(letter.subject, words)
    const directory = letters.actor()?.directory
    if (directory === undefined) return { ...listed, subjectMarks, snippet: null }
    const reason = (more: MoreOfLetter) => reasonOf(searchedTexts(letter, directory, more), words, canonical)
    const own = reason({ events: [], documentText: '' })
    if (own.complete) return { ...listed, subjectMarks, snippet: own.snippet }
    // The log and the document are read only where the letter itself does not say why it was found.
    const documentText = statements.get<{ text: string }>('document.get', row.current_file)?.text ?? ''
    const { snippet } = reason({ events: letters.confirmed(letter.id), documentText })
    return { ...listed, subjectMarks, snippet }
  }

  return {
    search: ({ text, filters, before }) => {
      const words = wordsOf(text)
      const expression = searchExpression(words, filters, facts)
      const nothing = { letters: [], total: before === null ? 0 : null, next: null, unindexed: unindexed() }
      if (expression === null) return nothing
      const limit = before === null ? MOST_COUNTED + 1 : PAGE + 1
      const rows = statements.all<{ place: number }>(
        'search.find',
        expression,
        before ?? Number.MAX_SAFE_INTEGER,
        limit,
      )
      const page = rows.slice(0, PAGE)
      return {
        letters: page.flatMap(({ place }) => {
          const row = statements.get<FoundRow>('search.letter', place)
          return row === undefined ? [] : [found(row, words)]
        }),
        total: before === null ? rows.length : null,
        next: rows.length > PAGE ? (page.at(-1)?.place ?? null) : null,
        unindexed: nothing.unindexed,
      }
    },

    recentSearches: () =>
      JSON.parse(statements.get<{ value: string }>('meta.get', RECENT)?.value ?? '[]') as string[],
    keepRecentSearches: (searches) => {
      statements.run('meta.set', RECENT, JSON.stringify(searches))
      return null
    },

    keepDocumentText: ({ sha256, text }) => {
      statements.run('document.read', sha256)
      statements.run('document.set', sha256, text)
      statements.run('search.queueFile', sha256)
      return null
    },
    documentsWanted: (limit) =>
      statements.all<{ sha256: string }>('document.wanted', limit).map((row) => row.sha256),
  }
}
