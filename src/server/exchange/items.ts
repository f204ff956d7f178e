import type { Kysely } from 'kysely'
import type { AudienceToken } from '../../shared/domain/audience.ts'
import { accept, type Outcome, type Refusal, refuse } from '../../shared/outcome.ts'
import type { Tables } from '../database/tables.ts'
import type { ExchangeLetter } from './message.ts'
import { queueNotice } from './outbox.ts'

/** An item that a registry clerk has to look at. */
export interface ItemToSettle {
  readonly id: string
  readonly state: 'arrived' | 'registered' | 'quarantined'
  /** Null for what could not be read. */
  readonly letter: ExchangeLetter | null
  /** Why it is in quarantine. */
  readonly refusal: Refusal | null
  /** The number that its sender calls wrong; null for items that were not registered. */
  readonly disputedNumber: string | null
  /** The clerks of the central registry who may see it: all, or those who are cleared for its class. */
  readonly audience: AudienceToken
  /** The bytes as they came, in the file store. */
  readonly evidenceSha256: string
  readonly arrivedAt: Date
}

/**
 * What other agencies sent and nobody has settled yet, oldest first: letters that arrived, what is in quarantine, and
 * letters whose receive number the sender calls wrong.
 */
export async function incomingItems(database: Kysely<Tables>, limit = 200): Promise<ItemToSettle[]> {
  const rows = await database
    .selectFrom('exchangeItem')
    .selectAll()
    .where(({ eb, or, and }) =>
      or([
        eb('state', '=', 'arrived'),
        and([eb('state', '=', 'quarantined'), eb('settledAt', 'is', null)]),
        eb('numberDisputedAt', 'is not', null),
      ]),
    )
    .orderBy('arrivedAt')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    state: row.state as ItemToSettle['state'],
    letter: row.letter,
    refusal: row.refusal,
    disputedNumber: row.numberDisputedAt ? row.receiveNumber : null,
    audience: row.audience,
    evidenceSha256: row.evidenceSha256,
    arrivedAt: row.arrivedAt,
  }))
}

/**
 * Records that an item was entered in the register of incoming letters and tells its sender the receive number (3.2.3),
 * in the caller's transaction where there is one. Done again only for a number that the sender calls wrong.
 */
export const itemRegistered = (
  database: Kysely<Tables>,
  itemId: string,
  receiveNumber: string,
  now: Date,
): Promise<Outcome<null>> => settle(database, { itemId, state: 'registered', receiveNumber, now })

/** Records that an item is not for us and tells its sender so (3.2.4). */
export const itemRejected = (database: Kysely<Tables>, itemId: string, now: Date): Promise<Outcome<null>> =>
  settle(database, { itemId, state: 'rejected', now })

/** Records that a letter is wrong, incomplete for example, and tells its sender so (3.2.5), who may send it anew. */
export const itemInvalid = (database: Kysely<Tables>, itemId: string, now: Date): Promise<Outcome<null>> =>
  settle(database, { itemId, state: 'invalid', now })

interface Settlement {
  readonly itemId: string
  readonly state: 'registered' | 'rejected' | 'invalid'
  readonly receiveNumber?: string
  readonly now: Date
}

async function settle(database: Kysely<Tables>, order: Settlement): Promise<Outcome<null>> {
  const { itemId, state, receiveNumber, now } = order
  const item = await database
    .selectFrom('exchangeItem')
    .selectAll()
    .where('id', '=', itemId)
    .forUpdate()
    .executeTakeFirst()
  if (!item) return refuse('exchange-item-unknown')
  const isCorrection = state === 'registered' && item.state === 'registered' && item.numberDisputedAt !== null
  // What is in quarantine can be put aside, but not registered: its text is in doubt.
  const isQuarantined = item.state === 'quarantined' && item.settledAt === null && state !== 'registered'
  if (item.state !== 'arrived' && !isCorrection && !isQuarantined) return refuse('exchange-item-settled')
  await database
    .updateTable('exchangeItem')
    .set({
      ...(isQuarantined ? {} : { state, receiveNumber: receiveNumber ?? null }),
      ...{ settledAt: now, numberDisputedAt: null },
    })
    .where('id', '=', itemId)
    .execute()
  // Nobody can be told about what could not be read.
  if (item.letter) {
    const number = receiveNumber === undefined ? {} : { receiveNumber }
    await queueNotice(database, { way: item.way, itemId, letter: item.letter, kind: state, now, ...number })
  }
  return accept(null)
}
