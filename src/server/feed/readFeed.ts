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
  const seen = database
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
  // One row for each event, so that a page is one question to the database and no more of a log than it tells is read.
  const rows = await database
    .selectFrom(seen.as('seen'))
    .leftJoin('letterEvent', (join) =>
      join
        .onRef('letterEvent.letterId', '=', 'seen.letterId')
        .on('seen.kind', '=', 'events')
        .onRef('letterEvent.version', '>=', 'seen.fromVersion')
        .onRef('letterEvent.version', '<=', 'seen.toVersion'),
    )
    .select(['seen.seq', 'seen.kind', 'seen.letterId', 'letterEvent.event'])
    .orderBy('seen.seq')
    .orderBy('letterEvent.version')
    .execute()
  const entries = [...Map.groupBy(rows, ({ seq }) => seq).values()].map(entryOf)
  const last = entries[entries.length - 1]
  return { epoch, entries, next: last && entries.length === limit ? last.seq : Math.max(head, after), head }
}

/** The entry whose rows these are. */
function entryOf(
  rows: readonly {
    readonly seq: number
    readonly kind: string
    readonly letterId: string | null
    readonly event: LetterEvent | null
  }[],
): FeedEntry {
  const [{ seq, kind, letterId }] = rows as [(typeof rows)[number]]
  if (kind === 'organisation' || letterId === null) return { seq, kind: 'organisation' }
  if (kind === 'retract') return { seq, kind: 'retract', letterId }
  return { seq, kind: 'events', letterId, events: rows.flatMap(({ event }) => event ?? []) }
}
