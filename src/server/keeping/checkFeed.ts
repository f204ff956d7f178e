import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { inBatches } from './batches.ts'
import type { Report } from './findings.ts'

/**
 * Reports what is wrong with the feed: it has every entry from 1 to its head, each tells of events that are there, and
 * no letter has changed without it. Returns its head.
 */
export async function checkFeed(transaction: Transaction<Tables>, report: Report): Promise<number> {
  const gaps = sql<{ from: number; to: number }>`
    select before + 1 as "from", seq - 1 as "to" from (
      select seq, lag(seq, 1, 0::bigint) over (order by seq) as before from feed
    ) as entries where seq <> before + 1`
  for await (const rows of inBatches(transaction, gaps, 500)) {
    for (const { from, to } of rows) report({ code: 'feed-gap', detail: { from, to } })
  }

  const ends = await sql<{ head: number; last: number }>`
    select seq as head, (select coalesce(max(seq), 0) from feed) as last from feed_head`.execute(transaction)
  const { head, last } = ends.rows[0] ?? { head: -1, last: 0 }
  if (head !== last) report({ code: 'feed-head-differs', detail: { head, last } })

  const unfounded = sql<{ entry: number; letterId: string; toVersion: number }>`
    select seq as entry, feed.letter_id, to_version from feed
    left join letter_event on letter_event.letter_id = feed.letter_id and letter_event.version = to_version
    where kind = 'events' and feed.letter_id is not null and letter_event.letter_id is null`
  for await (const rows of inBatches(transaction, unfounded, 500)) {
    for (const { entry, letterId: letter, toVersion: version } of rows) {
      report({ code: 'feed-without-event', detail: { entry, letter, version } })
    }
  }

  const untold = sql<{ letterId: string; version: number }>`
    select logs.letter_id, logs.version from
      (select letter_id, max(version) as version from letter_event group by letter_id) as logs
      left join (select letter_id, max(to_version) as version from feed where kind = 'events' group by letter_id)
        as told on told.letter_id = logs.letter_id
    where coalesce(told.version, 0) < logs.version`
  for await (const rows of inBatches(transaction, untold, 500)) {
    for (const { letterId: letter, version } of rows) {
      report({ code: 'event-without-feed', detail: { letter, version } })
    }
  }
  return head
}
