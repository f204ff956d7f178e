import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

const ATTEMPTS = 10
/** SQLSTATE of losing a race with another app server: unique_violation, serialization_failure, deadlock_detected. */
const LOST_RACE = new Set(['23505', '40001', '40P01'])

/**
 * Does `work` in a transaction. Where another app server has changed the same rows meanwhile, its commit wins, and the
 * work is done anew on what it left.
 */
export async function inTransaction<Value>(
  database: Kysely<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<Value>,
): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction().execute(work)
    } catch (error) {
      if (attempt === ATTEMPTS || !LOST_RACE.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}
