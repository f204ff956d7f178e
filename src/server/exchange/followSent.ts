import type { Refusal } from '../../shared/outcome.ts'
import type { DeliveryParts } from './deliver.ts'

/**
 * Asks the exchange what became of letters that were sent and that nobody has confirmed yet, and keeps its words on
 * them for people to read.
 */
export async function followSent({ database, gateway }: DeliveryParts): Promise<Refusal | undefined> {
  if (!gateway.sentItems) return undefined
  const unconfirmed = await database
    .selectFrom('exchangeOutbox as sent')
    .select(['sent.id', 'sent.receipt', 'sent.status'])
    .where('way', '=', gateway.way)
    .where('kind', '=', 'letter')
    .where('state', '=', 'sent')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('exchangeConfirmation')
            .select('exchangeConfirmation.id')
            .whereRef('exchangeConfirmation.outboxId', '=', 'sent.id'),
        ),
      ),
    )
    .execute()
  if (unconfirmed.length === 0) return undefined
  const asked = await gateway.sentItems()
  if (!asked.ok) return asked.refusal
  const statuses = new Map(asked.value.map(({ receipt, status }) => [receipt, status.slice(0, 200)]))
  for (const { id, receipt, status } of unconfirmed) {
    const now = statuses.get(receipt ?? '')
    if (now === undefined || now === status) continue
    await database.updateTable('exchangeOutbox').set({ status: now }).where('id', '=', id).execute()
  }
  return undefined
}
