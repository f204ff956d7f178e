import { type Kysely, sql } from 'kysely'
import type { LetterEvent } from '../../shared/contract/letter.ts'
import type { FeedEntry, FeedPage } from '../../shared/contract/sync.ts'
import type { Tables } from '../database/tables.ts'

/** The feed's end: every entry up to it is committed. */
export async function feedHead(database: Kysely<Tables>): Promise<number> {
  return (await database.selectFrom('feedHead').select('seq').executeTakeFirstOrThrow()).seq
}

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
  const carried = sql`${[...tokens]}::text[]`
  // One question for the end, the entries and their events: a commit wakes many readers, and each asks this. One row
  // for each event, and one without any where there is nothing to tell.
  const { rows } = await sql<PageRow>`
    select feed_head.seq as head, feed_head.epoch, seen.seq, seen.kind, seen.letter_id, letter_event.event
    from feed_head
    left join lateral (
      select feed.seq, feed.kind, feed.letter_id, feed.from_version, feed.to_version
      from feed left join letter on letter.id = feed.letter_id
      where feed.seq > ${after} and feed.seq <= feed_head.seq
        and (feed.kind = 'organisation' or feed.audience && ${carried} and case feed.kind
          when 'events' then letter.audience && ${carried}
          else letter.id is null or not letter.audience && ${carried} end)
      order by feed.seq limit ${limit}) as seen on true
    left join letter_event on seen.kind = 'events' and letter_event.letter_id = seen.letter_id
      and letter_event.version between seen.from_version and seen.to_version
    order by seen.seq, letter_event.version`.execute(database)
  const [{ head, epoch }] = rows as [PageRow]
  const entries = [...Map.groupBy(rows, ({ seq }) => seq).values()].flatMap(entryOf)
  const last = entries[entries.length - 1]
  return { epoch, entries, next: last && entries.length === limit ? last.seq : Math.max(head, after), head }
}

/** An event of an entry, beside the feed's end. */
interface PageRow {
  readonly head: number
  readonly epoch: FeedPage['epoch']
  /** Null, with all that follows, where there is no entry. */
  readonly seq: number | null
  readonly kind: 'events' | 'retract' | 'organisation'
  readonly letterId: string | null
  readonly event: LetterEvent | null
}

/** The entry whose rows these are; none where there is none. */
function entryOf(rows: readonly PageRow[]): FeedEntry[] {
  const [{ seq, kind, letterId }] = rows as [PageRow]
  if (seq === null) return []
  if (kind === 'organisation' || letterId === null) return [{ seq, kind: 'organisation' }]
  if (kind === 'retract') return [{ seq, kind, letterId }]
  return [{ seq, kind, letterId, events: rows.flatMap(({ event }) => event ?? []) }]
}
