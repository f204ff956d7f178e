import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'

const FREE_TRIES = 5
/** Minutes of pause after the fifth wrong password in a row, the sixth, and each later one. */
const PAUSES = [1, 5, 15] as const

/** The pause in minutes after `failures` wrong passwords in a row; 0 while there are tries left. */
export const pauseAfter = (failures: number): number =>
  failures < FREE_TRIES ? 0 : (PAUSES[Math.min(failures - FREE_TRIES, PAUSES.length - 1)] ?? 0)

/** The minutes that a user name is paused for now, rounded up; 0 when it is not. */
export async function pauseLeft(database: Kysely<Tables>, username: string, now: Date): Promise<number> {
  const row = await database
    .selectFrom('signInFailure')
    .select('lockedUntil')
    .where('username', '=', username)
    .executeTakeFirst()
  return Math.max(0, Math.ceil(((row?.lockedUntil?.getTime() ?? 0) - now.getTime()) / 60_000))
}

/**
 * Counts a wrong password of a user name; returns the minutes that it is paused for now, 0 while there are tries
 * left. Names without an account are counted alike, so the answer does not tell which exist.
 */
export async function countFailure(database: Kysely<Tables>, username: string, now: Date): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    const { failures } = await transaction
      .insertInto('signInFailure')
      .values({ username, failures: 1, lockedUntil: null })
      .onConflict((conflict) =>
        conflict.column('username').doUpdateSet((update) => ({
          failures: update('signInFailure.failures', '+', 1),
        })),
      )
      .returning('failures')
      .executeTakeFirstOrThrow()
    const pause = pauseAfter(failures)
    await transaction
      .updateTable('signInFailure')
      // A moment that is past pauses nobody; it tells when the name was tried last, so that it is forgotten in time.
      .set({ lockedUntil: new Date(now.getTime() + pause * 60_000) })
      .where('username', '=', username)
      .execute()
    return pause
  })
}

/** Forgets the wrong passwords of a user name after a right one, and those of names not tried for a day. */
export async function forgetFailures(database: Kysely<Tables>, username: string): Promise<void> {
  await database
    .deleteFrom('signInFailure')
    .where((where) =>
      where.or([
        where('username', '=', username),
        where('lockedUntil', '<', sql<Date>`now() - interval '1 day'`),
      ]),
    )
    .execute()
}
