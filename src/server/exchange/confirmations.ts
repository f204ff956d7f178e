import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'

/** What another agency said about a letter of ours. */
export interface Confirmation {
  /** The same however often it is told: who is told by it twice can know. */
  readonly id: string
  readonly letterId: string
  /** The dispatch that it answers and which of its recipients does; null for a letter sent without one. */
  readonly dispatch: { readonly id: string; readonly recipient: number } | null
  readonly departmentId: string
  readonly kind: 'arrived' | 'registered' | 'rejected' | 'invalid'
  /** The receive number; empty for the other kinds. */
  readonly number: string
  /** When it reached us; an ISO instant. */
  readonly at: string
}

const ROUND = 100

/**
 * Tells `onConfirmation` what was not told yet, oldest first, and marks it told once that has returned: a server that
 * dies in between tells it again. One that cannot be told holds up no other; returns how many there were of those.
 */
export async function tellConfirmations(
  database: Kysely<Tables>,
  clock: () => Date,
  onConfirmation: (confirmation: Confirmation) => Promise<void>,
): Promise<number> {
  const rows = await database
    .selectFrom('exchangeConfirmation as told')
    .innerJoin('exchangeOutbox as sent', 'sent.id', 'told.outboxId')
    .select(['told.id', 'told.kind', 'told.number', 'told.at'])
    .select(['sent.letterId', 'sent.department', 'sent.dispatchId', 'sent.recipient'])
    .where('told.toldAt', 'is', null)
    .orderBy('told.id')
    .limit(ROUND)
    .execute()
  let untold = 0
  for (const { id, kind, number, at, letterId, department, dispatchId, recipient } of rows) {
    const dispatch = dispatchId === null ? null : { id: dispatchId, recipient: recipient ?? 0 }
    const confirmation = {
      dispatch,
      id,
      letterId: letterId ?? '',
      departmentId: department,
      number,
      at: at.toISOString(),
    }
    try {
      await onConfirmation({ ...confirmation, kind: kind as Confirmation['kind'] })
    } catch {
      untold += 1
      continue
    }
    await database.updateTable('exchangeConfirmation').set({ toldAt: clock() }).where('id', '=', id).execute()
  }
  return untold
}
