import type { Transaction } from 'kysely'
import type { LetterEvent } from '../../shared/contract/letter.ts'
import type { Tables } from '../database/tables.ts'
import { itemRegistered } from './items.ts'

/**
 * Carries what was recorded about letters over to the exchange, in the same transaction: a dispatch by e-CMS will be
 * queued, one that was withdrawn is not sent any more if nobody has begun to, and the sender of an item that was
 * registered gets its receive number.
 */
export async function tellExchange(
  transaction: Transaction<Tables>,
  events: readonly LetterEvent[],
): Promise<void> {
  for (const { letterId, serverTime, body } of events) {
    const now = new Date(serverTime)
    if (body.type === 'dispatched' && body.way === 'e-cms') {
      await transaction
        .insertInto('exchangeDispatch')
        .values({ dispatchId: body.dispatchId, letterId, refusal: null, settledAt: null })
        .execute()
    } else if (body.type === 'dispatch-withdrawn') {
      await stopSending(transaction, body.dispatchId, now)
    } else if (body.type === 'registered' && body.exchangeItemId !== null) {
      // The first number that was told stands, should the clerk enter the same letter in the register twice.
      await itemRegistered(transaction, body.exchangeItemId, body.receipt.text, now)
    }
  }
}

async function stopSending(transaction: Transaction<Tables>, dispatchId: string, now: Date): Promise<void> {
  await transaction
    .updateTable('exchangeDispatch')
    .set({ settledAt: now })
    .where('dispatchId', '=', dispatchId)
    .where('settledAt', 'is', null)
    .execute()
  await transaction
    .updateTable('exchangeOutbox')
    .set({ state: 'replaced' })
    .where('dispatchId', '=', dispatchId)
    .where('state', '=', 'waiting')
    .where('uncertain', '=', false)
    .execute()
}
