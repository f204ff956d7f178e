import type { AudienceToken } from '../../shared/domain/audience.ts'

/** An entry of the feed before it has its place in the order; one about the organisation is for everybody. */
export interface FeedRow {
  readonly kind: 'events' | 'retract' | 'organisation'
  readonly letterId: string | null
  readonly fromVersion: number | null
  readonly toVersion: number | null
  readonly audience: readonly string[]
}

/** A change of one letter: versions `from` to `to` were appended, and its audience went from `before` to `after`. */
export interface LetterChange {
  readonly letterId: string
  readonly from: number
  readonly to: number
  readonly before: readonly AudienceToken[]
  readonly after: readonly AudienceToken[]
}

/**
 * What the feed says about a change: the new events to those who saw the letter before, the whole log to those who
 * see it for the first time, and a retract to those who no longer do.
 */
export function feedRowsOf({ letterId, from, to, before, after }: LetterChange): FeedRow[] {
  const kept = after.filter((token) => before.includes(token))
  const gained = after.filter((token) => !before.includes(token))
  const lost = before.filter((token) => !after.includes(token))
  const rows: FeedRow[] = [
    { kind: 'events', letterId, fromVersion: from, toVersion: to, audience: kept },
    { kind: 'events', letterId, fromVersion: 1, toVersion: to, audience: gained },
    { kind: 'retract', letterId, fromVersion: null, toVersion: null, audience: lost },
  ]
  return rows.filter((row) => row.audience.length > 0)
}
