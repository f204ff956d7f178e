import { v7 as uuid } from 'uuid'
import { SERVER_ACTOR } from '../../shared/contract/letter.ts'
import { commitOffice, type OfficeParts } from './commitOffice.ts'

const AT_ONCE = 500

/**
 * Cancels reserved numbers that ran out and that no letter has taken, with the reason on record; of one register where
 * it is named. Each is decided anew, so it does not matter how many app servers do this at once.
 */
export async function expireReservations(parts: OfficeParts, registerId?: string): Promise<void> {
  const { database, clock } = parts
  const now = clock()
  const rows = await database
    .selectFrom('reservation')
    .select(['registerId', 'buddhistYear', 'serial'])
    .where('state', '=', 'reserved')
    .where('until', '<', now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('registerEntry')
            .select('registerEntry.serial')
            .whereRef('registerEntry.registerId', '=', 'reservation.registerId')
            .whereRef('registerEntry.buddhistYear', '=', 'reservation.buddhistYear')
            .whereRef('registerEntry.serial', '=', 'reservation.serial'),
        ),
      ),
    )
    .$if(registerId !== undefined, (query) => query.where('registerId', '=', registerId ?? ''))
    .limit(AT_ONCE)
    .execute()
  for (const number of rows) {
    const command = {
      id: uuid(),
      clientTime: now.toISOString(),
      body: { type: 'expire-reservation' as const, ...number },
    }
    await commitOffice(parts, { command, actor: SERVER_ACTOR, device: SERVER_ACTOR })
  }
}
