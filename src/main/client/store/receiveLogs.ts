import type { LetterEvent } from '../../../shared/contract/letter.ts'
import type { LetterRecords } from './letterRecords.ts'
import type { Statements } from './statements.ts'

/** Takes in what the server tells of letters, within one transaction. */
export interface Receiving {
  receive(letterId: string, events: readonly LetterEvent[]): void
  /** Folds what has to be folded anew; returns the letters of which that is so. */
  end(): ReadonlySet<string>
}

/**
 * Begins to take in events. A letter about which nothing waits is moved on by its new events alone; any other is folded
 * anew, once, at the end. A command whose events come leaves the outbox: it must not be folded on top of itself.
 */
export function receiveLogs(statements: Statements, letters: LetterRecords): Receiving {
  const outbox = new Map(
    statements
      .all<{ id: string; letter_id: string }>('outbox.letters')
      .map(({ id, letter_id }) => [id, letter_id]),
  )
  const waitedFor = new Set(outbox.values())
  const anew = new Set<string>()
  return {
    receive: (letterId, events) => {
      for (const { commandId } of outbox.size === 0 ? [] : events) {
        const own = outbox.get(commandId)
        if (own === undefined) continue
        statements.run('outbox.remove', commandId)
        anew.add(own)
      }
      if (!waitedFor.has(letterId) && !anew.has(letterId) && letters.advance(letterId, events)) return
      letters.addEvents(events)
      anew.add(letterId)
    },
    end: () => {
      for (const letterId of anew) letters.refold(letterId)
      return anew
    },
  }
}
