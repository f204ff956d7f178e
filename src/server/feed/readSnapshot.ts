import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'

/** Which letters a page of the snapshot has. */
export interface SnapshotRange {
  /** Only those that are with somebody now. */
  readonly open: boolean
  /** Those whose id is below it; null for the first page. */
  readonly before: string | null
  readonly limit: number
}

/**
 * A page of every letter that someone with `tokens` may see now, whole logs, the highest ids first (they begin with the
 * time at which the client began the letter). Ids never change, so a reader who goes through all pages and then reads
 * the feed from the head of the first one has missed nothing: what changed meanwhile is in the feed, and what the feed
 * tells again is known by its version.
 */
export async function readSnapshot(
  database: Kysely<Tables>,
  tokens: readonly string[],
  { open, before, limit }: SnapshotRange,
): Promise<SnapshotText> {
  const carried = sql`${[...tokens]}::text[]`
  const isBelow = before === null ? sql`true` : sql`letter.id < ${before}`
  const isOpen = open ? sql`letter.stage in ('checking', 'proposed')` : sql`true`
  // One question for the head and the letters: both are of the same moment.
  const { rows } = await sql<PageRow>`
    select feed_head.seq as head, feed_head.epoch, seen.id, logs.events
    from feed_head
    left join lateral (
      select letter.id from letter
      where letter.audience && ${carried} and ${isBelow} and ${isOpen}
      order by letter.id desc limit ${limit}) as seen on true
    left join lateral (
      select string_agg(letter_event.event::text, ',' order by letter_event.version) as events
      from letter_event where letter_event.letter_id = seen.id) as logs on true
    order by seen.id desc`.execute(database)
  const [{ head, epoch }] = rows as [PageRow]
  const letters = rows.flatMap(({ id, events }) =>
    id === null || events === null ? [] : [`{"letterId":"${id}","events":[${events}]}`],
  )
  const last = rows[rows.length - 1]?.id ?? null
  const next = rows.length === limit ? last : null
  const text = `{"epoch":"${epoch}","letters":[${letters.join(',')}],"next":${JSON.stringify(next)},"head":${head}}`
  return { text, next }
}

/** A page as it is sent. */
export interface SnapshotText {
  /** A snapshotPageSchema as JSON, put together in the database and never parsed here. */
  readonly text: string
  /** The `before` of the page after it; null for the last one. */
  readonly next: string | null
}

/** A letter beside the feed's end; one row without any where there is none. */
interface PageRow {
  readonly head: number
  readonly epoch: string
  readonly id: string | null
  /** The events of its log as JSON texts with commas between. */
  readonly events: string | null
}
