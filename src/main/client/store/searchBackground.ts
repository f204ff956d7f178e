import { createHash } from 'node:crypto'
import type { Organisation } from '../../../shared/contract/organisation.ts'
import { MOST_COUNTED } from '../../../shared/contract/search.ts'
import type { Directory } from '../../../shared/domain/organisation.ts'
import { faultFacts, type Log } from '../log.ts'
import type { LetterRecords } from './letterRecords.ts'
import { type SearchIndex, searchIndex } from './searchIndex.ts'
import type { Statements } from './statements.ts'

/** Brings the search index up to date between the store's requests. */
export interface SearchBackground {
  /** Looks whether there is work; called after each request. With `restMs` not before so many milliseconds. */
  wake(restMs?: number): void
  /** Ends it for good. */
  stop(): void
  /** Letters that wait for their row, up to one more than MOST_COUNTED. */
  unindexed(): number
}

/** Raised when what the index holds of a letter changes: every letter is then written anew. */
const INDEX_VERSION = 1
/** How long a request may have to wait for the background, in milliseconds; one letter more may be begun. */
const BUDGET_MS = 6
const MOST_LETTERS = 32
/** Pages that are merged at a time when nothing else is to do. */
const MERGED_PAGES = 40
/** After so many letters the whole index is merged into one piece, which halves the time of searches. */
const MANY_WRITTEN = 2000

/** The background work over an open store. */
export function searchBackground(statements: Statements, letters: LetterRecords, log: Log): SearchBackground {
  const index = searchIndex(statements, letters)
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  /** The people and places whose names were compared with those in the index. */
  let lookedAt: Directory | undefined
  let merging: 'not' | 'some' | 'all' = 'not'
  let written = 0
  /** Letters that could not be indexed: a bug, which must not keep the others out of the index. */
  const skipped = new Set<string>()

  const rest = (work: boolean) => {
    timer = undefined
    if (work && !stopped) timer = setTimeout(step, 1)
  }

  /** Begins again with all letters when the index or the names in it are of another make. */
  const beginWhereNeeded = () => {
    const directory = letters.actor()?.directory
    if (directory === undefined || directory === lookedAt) return
    const make = indexMake(directory.organisation)
    lookedAt = directory
    if (make === statements.get<{ value: string }>('meta.get', 'search.make')?.value) return
    statements.run('meta.set', 'search.make', make)
    const top = statements.get<{ place: number }>('search.sweepTop')?.place ?? 0
    statements.run('meta.set', 'search.sweep', String(top + 1))
  }

  const put = (letterId: string) => {
    if (skipped.has(letterId)) return
    try {
      index.put(letterId)
    } catch (error) {
      skipped.add(letterId)
      throw error
    }
  }

  const step = () => {
    try {
      const done = statements.background(() => {
        beginWhereNeeded()
        return indexSome(statements, put)
      })
      written += done
      if (done > 0) {
        merging = 'some'
      } else if (merging === 'some' && written >= MANY_WRITTEN) {
        written = 0
        merging = 'all'
        mergeIndex(statements, -MERGED_PAGES)
      } else if (merging !== 'not' && !mergeIndex(statements, MERGED_PAGES)) {
        merging = 'not'
      }
      rest(merging !== 'not')
    } catch (error) {
      // What was begun is rolled back; the next request tries again, without the letter that failed.
      index.forgetGrams()
      lookedAt = undefined
      log('search.fault', faultFacts(error))
      rest(false)
    }
  }

  return {
    wake: (restMs) => {
      if (stopped || (timer !== undefined && restMs === undefined)) return
      clearTimeout(timer)
      timer = setTimeout(step, restMs ?? 1)
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
    unindexed: () => {
      const queued = statements.get<{ count: number }>('search.queueLength', MOST_COUNTED + 1)?.count ?? 0
      return Math.min(MOST_COUNTED + 1, queued + sweepLeft(statements))
    },
  }
}

const sweepAt = (statements: Statements): number =>
  Number(statements.get<{ value: string }>('meta.get', 'search.sweep')?.value ?? 0)

/** About how many letters the sweep has still to do. */
const sweepLeft = (statements: Statements): number => Math.max(0, sweepAt(statements) - 1)

/** Indexes queued letters, then those of the sweep, the latest first, as long as the budget lasts; how many. */
function indexSome(statements: Statements, put: SearchIndex['put']): number {
  const end = performance.now() + BUDGET_MS
  const queued = statements.all<{ letter_id: string }>('search.queued', MOST_LETTERS)
  let done = 0
  for (const { letter_id } of queued) {
    put(letter_id)
    statements.run('search.dequeue', letter_id)
    done += 1
    if (performance.now() > end) return done
  }
  if (queued.length > 0) return done
  const from = sweepAt(statements)
  if (from === 0) return done
  const swept = statements.all<{ place: number; id: string }>('search.sweepNext', from, MOST_LETTERS)
  let reached = swept.length === 0 ? 0 : from
  for (const { place, id } of swept) {
    put(id)
    reached = place
    done += 1
    if (performance.now() > end) break
  }
  statements.run('meta.set', 'search.sweep', String(reached))
  return Math.max(done, 1)
}

/**
 * Merges a part of the index, about so many pages; a negative number begins to merge all of it into one piece. Whether
 * there may be more to merge.
 */
export function mergeIndex(statements: Statements, pages: number): boolean {
  const before = statements.changes()
  statements.background(() => statements.run('search.merge', pages))
  return statements.changes() - before >= 2
}

/** What the index is made by: its version and the names in it. With another make every letter is written anew. */
export function indexMake({ units, positions, people, assignments, agencies }: Organisation): string {
  const named = JSON.stringify([units, positions, people, assignments, agencies])
  return `${INDEX_VERSION}/${createHash('sha256').update(named).digest('base64url').slice(0, 22)}`
}
