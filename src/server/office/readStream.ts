import { sql, type Transaction } from 'kysely'
import type { OfficeResult } from '../../shared/contract/office.ts'
import type { LogEnd } from '../../shared/domain/eventChain.ts'
import type { Tables } from '../database/tables.ts'

/** Makes everybody else who asks something of this log wait until the transaction ends. */
export async function lockStream(transaction: Transaction<Tables>, stream: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${stream}, 0))`.execute(transaction)
}

/** The end of a log so far; undefined for one that has not begun. */
export async function readEnd(transaction: Transaction<Tables>, stream: string): Promise<LogEnd | undefined> {
  const row = await transaction
    .selectFrom('officeEvent')
    .select('event')
    .where('stream', '=', stream)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.event
}

/** The answer that a command of this id was given before, with the hash of what was asked then. */
export async function answeredBefore(
  transaction: Transaction<Tables>,
  id: string,
): Promise<{ bodyHash: string; result: OfficeResult } | undefined> {
  const row = await transaction.selectFrom('command').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const { bodyHash, refusal, stream, firstVersion, lastVersion } = row
  if (refusal) {
    const { code, detail } = refusal
    return { bodyHash, result: { id, outcome: 'refused', refusal: { code, ...(detail && { detail }) } } }
  }
  const events = await transaction
    .selectFrom('officeEvent')
    .select('event')
    .where('stream', '=', stream ?? '')
    .where('version', '>=', firstVersion ?? 1)
    .where('version', '<=', lastVersion ?? 0)
    .orderBy('version')
    .execute()
  return { bodyHash, result: { id, outcome: 'accepted', events: events.map(({ event }) => event) } }
}
