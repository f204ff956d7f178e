import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { FeedRow } from './feedRows.ts'
import { newsText } from './news.ts'

/** The channel on which every app server hears that the feed has grown. */
export const FEED_CHANNEL = 'saraban_feed'

/**
 * Appends rows to the feed and wakes whoever listens when the transaction commits. Locks the feed's head until
 * then, so this comes last in a transaction: the feed has no gaps, and its order is the order of commits.
 */
export async function appendFeed(transaction: Transaction<Tables>, rows: readonly FeedRow[]): Promise<void> {
  if (rows.length === 0) return
  const { seq: head } = await transaction
    .updateTable('feedHead')
    .set((update) => ({ seq: update('seq', '+', rows.length) }))
    .where('id', '=', 1)
    .returning('seq')
    .executeTakeFirstOrThrow()
  const first = head - rows.length + 1
  await transaction
    .insertInto('feed')
    .values(rows.map((row, index) => ({ ...row, seq: first + index, audience: [...row.audience] })))
    .execute()
  const news = newsText(
    head,
    rows.flatMap(({ audience }) => audience),
  )
  await sql`select pg_notify(${FEED_CHANNEL}, ${news})`.execute(transaction)
}
