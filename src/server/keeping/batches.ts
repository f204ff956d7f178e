import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Tables } from '../database/tables.ts'

let cursors = 0

/**
 * Reads what `query` gives, `size` rows at a time and never more of it in memory, through a cursor of the
 * transaction's own; other queries may run in between.
 */
export async function* inBatches<Row>(
  transaction: Transaction<Tables>,
  query: RawBuilder<Row>,
  size: number,
): AsyncGenerator<Row[]> {
  cursors += 1
  const cursor = sql.id(`keeping_${cursors}`)
  await sql`declare ${cursor} no scroll cursor for ${query}`.execute(transaction)
  try {
    for (;;) {
      const { rows } = await sql<Row>`fetch ${sql.lit(size)} from ${cursor}`.execute(transaction)
      if (rows.length > 0) yield rows
      if (rows.length < size) break
    }
  } finally {
    // A transaction that has failed has closed it already.
    await sql`close ${cursor}`.execute(transaction).catch(() => undefined)
  }
}
