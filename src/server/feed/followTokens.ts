import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { appendFeed } from './appendFeed.ts'
import type { FeedRow } from './feedRows.ts'

const CHUNK = 1000

/**
 * Keeps the feed complete for people whose posts change. Whoever begins to hold or serve a position is given its
 * letters from the first event on, though their cursor has passed those entries; whoever ceases to is told to let
 * go of them. Call the result with a person's tokens before reading the feed for them.
 */
export function followTokens(
  database: Kysely<Tables>,
): (personId: string, tokens: readonly string[]) => Promise<void> {
  return async (personId, tokens) => {
    // Asked each time: another app server may have followed a change of posts that this one never saw.
    const settled = await database
      .selectFrom('personTokens')
      .select('tokens')
      .where('personId', '=', personId)
      .executeTakeFirst()
    if (settled && sameTokens(settled.tokens, tokens)) return
    await settle(database, personId, tokens)
  }
}

const sameTokens = (some: readonly string[], others: readonly string[]): boolean =>
  [...some].sort().join(' ') === [...others].sort().join(' ')

async function settle(database: Kysely<Tables>, personId: string, tokens: readonly string[]): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const first = await transaction
      .insertInto('personTokens')
      .values({ personId, tokens: [...tokens] })
      .onConflict((conflict) => conflict.doNothing())
      .returning('personId')
      .executeTakeFirst()
    // A person's first cursor is 0, so nothing has passed it yet.
    if (first) return
    const before = await transaction
      .selectFrom('personTokens')
      .select('tokens')
      .where('personId', '=', personId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const lettersOf = async (seen: readonly string[], unseen: readonly string[]) => {
      const { rows } = await sql<{ id: string; version: number }>`
        select id, version from letter
        where audience && ${[...seen]}::text[] and not audience && ${[...unseen]}::text[]
        order by changed_at`.execute(transaction)
      return rows
    }
    const audience = [`person:${personId}`]
    const gained = (await lettersOf(tokens, before.tokens)).map(
      ({ id, version }): FeedRow => ({
        kind: 'events',
        letterId: id,
        fromVersion: 1,
        toVersion: version,
        audience,
      }),
    )
    const lost = (await lettersOf(before.tokens, tokens)).map(
      ({ id }): FeedRow => ({ kind: 'retract', letterId: id, fromVersion: null, toVersion: null, audience }),
    )
    await transaction
      .updateTable('personTokens')
      .set({ tokens: [...tokens] })
      .where('personId', '=', personId)
      .execute()
    const rows = [...gained, ...lost]
    for (let start = 0; start < rows.length; start += CHUNK) {
      await appendFeed(transaction, rows.slice(start, start + CHUNK))
    }
  })
}
