import type { LetterEvent } from '../../../../src/shared/contract/letter.ts'
import type { FeedPage } from '../../../../src/shared/contract/sync.ts'
import type { Caller } from '../../bench/load/caller.ts'

/** What one client has of the feed, kept through every crash of the server as a client's store keeps it. */
export interface View {
  readonly personId: string
  /** Letters by id, their events by version. */
  readonly letters: ReadonlyMap<string, ReadonlyMap<number, LetterEvent>>
  /** Pulls to the feed's end; throws when the server goes away, having kept each whole page. */
  pull(caller: Caller): Promise<void>
}

/** The view of somebody who has seen nothing yet. */
export function emptyView(personId: string): View {
  const letters = new Map<string, Map<number, LetterEvent>>()
  let cursor = 0
  return {
    personId,
    letters,
    pull: async (caller) => {
      for (;;) {
        const { status, body } = await caller.ask(`/feed?after=${cursor}`)
        if (status !== 200) throw new Error(`feed: ${status}`)
        const { entries, next, head } = body as FeedPage
        for (const entry of entries) {
          if (entry.kind === 'retract') letters.delete(entry.letterId)
          if (entry.kind !== 'events') continue
          const log = letters.get(entry.letterId) ?? new Map<number, LetterEvent>()
          for (const event of entry.events) log.set(event.version, event)
          letters.set(entry.letterId, log)
        }
        cursor = next
        if (next >= head) return
      }
    },
  }
}
