import type { Kysely } from 'kysely'
import type { LetterEvent } from '../../shared/contract/letter.ts'
import type { FeedEntry, FeedPage } from '../../shared/contract/sync.ts'
import type { Tables } from '../database/tables.ts'

/** The feed's end: every entry up to it is committed. */
export async function feedHead(database: Kysely<Tables>): Promise<number> {
  return (await feedEnd(database)).seq
}

/** The feed's end with its epoch, which a restore changes. */
const feedEnd = (database: Kysely<Tables>) =>
  database.selectFrom('feedHead').select(['seq', 'epoch']).executeTakeFirstOrThrow()

/**
 * Reads on from the cursor `after`: at most `limit` entries that someone with `tokens` may see now. `next` is the
 * last place that was looked at, so a reader who may see nothing still moves on.
 */
export async function readFeed(
  database: Kysely<Tables>,
  tokens: readonly string[],
  after: number,
  limit: number,
): Promise<FeedPage> {
  const { seq: head, epoch } = await feedEnd(database)
  const rows = await database
    .selectFrom('feed')
    .leftJoin('letter', 'letter.id', 'feed.letterId')
    .select(['feed.seq', 'feed.kind', 'feed.letterId', 'feed.fromVersion', 'feed.toVersion'])
    .where('feed.seq', '>', after)
    .where('feed.seq', '<=', head)
    .where(({ eb, or, and, not }) => {
      const addressed = eb('feed.audience', '&&', eb.val([...tokens]))
      const visible = eb('letter.audience', '&&', eb.val([...tokens]))
      return or([
        eb('feed.kind', '=', 'organisation'),
        and([eb('feed.kind', '=', 'events'), addressed, visible]),
        and([eb('feed.kind', '=', 'retract'), addressed, or([eb('letter.id', 'is', null), not(visible)])]),
      ])
    })
    .orderBy('feed.seq')
    .limit(limit)
    .execute()
  const logs = await readLogs(database, rows)
  const entries = rows.map((row): FeedEntry => {
    if (row.kind === 'organisation' || row.letterId === null) return { seq: row.seq, kind: 'organisation' }
    const { seq, letterId } = row
    if (row.kind === 'retract') return { seq, kind: 'retract', letterId }
    const events = (logs.get(letterId) ?? []).filter(
      ({ version }) => version >= (row.fromVersion ?? 1) && version <= (row.toVersion ?? 0),
    )
    return { seq, kind: 'events', letterId, events }
  })
  const last = rows[rows.length - 1]
  return { epoch, entries, next: last && rows.length === limit ? last.seq : Math.max(head, after), head }
}

async function readLogs(
  database: Kysely<Tables>,
  rows: readonly { kind: string; letterId: string | null }[],
): Promise<Map<string, LetterEvent[]>> {
  const ids = new Set(rows.flatMap((row) => (row.kind === 'events' && row.letterId ? [row.letterId] : [])))
  if (ids.size === 0) return new Map()
  const events = await database
    .selectFrom('letterEvent')
    .select('event')
    .where('letterId', 'in', [...ids])
    .orderBy('letterId')
    .orderBy('version')
    .execute()
  return Map.groupBy(
    events.map((row) => row.event),
    (event) => event.letterId,
  )
}
