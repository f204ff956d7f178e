import type { Kysely, Transaction } from 'kysely'
import { v7 as uuid } from 'uuid'
import { SERVER_ACTOR } from '../../shared/contract/letter.ts'
import type { Organisation } from '../../shared/contract/organisation.ts'
import type { Tables } from '../database/tables.ts'
import { commitIn } from '../office/commitOffice.ts'
import { lockStream, readEnd } from '../office/readStream.ts'

const STREAM = 'organisation'

/** Begins the organisation's log with all that it is; false where it has begun already. */
export async function found(
  transaction: Transaction<Tables>,
  clock: () => Date,
  organisation: Organisation,
): Promise<boolean> {
  await lockStream(transaction, STREAM)
  if (await readEnd(transaction, STREAM)) return false
  const command = {
    id: uuid(),
    clientTime: clock().toISOString(),
    body: { type: 'found' as const, organisation },
  }
  await commitIn(transaction, clock, { command, actor: SERVER_ACTOR, device: SERVER_ACTOR })
  return true
}

/** Begins the log of an organisation that was set up before there was one. */
export async function foundKept(database: Kysely<Tables>, clock: () => Date): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const kept = await transaction.selectFrom('organisation').select('organisation').executeTakeFirst()
    if (kept) await found(transaction, clock, kept.organisation)
  })
}
