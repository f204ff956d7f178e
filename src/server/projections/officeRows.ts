import type { Insertable } from 'kysely'
import type { OfficeEvent } from '../../shared/contract/office.ts'
import type { Tables } from '../database/tables.ts'

/** Every row that one of the office's own logs has among the projections. */
export interface OfficeRows {
  readonly reservation: readonly Insertable<Tables['reservation']>[]
}

/**
 * What the projections say about a log of the office: a row for each number that was set aside (จองเลข) in a register,
 * which stays when it is cancelled or runs out. Pure, as `letterRows` is for letters.
 */
export function officeRows(log: readonly OfficeEvent[]): OfficeRows {
  const rows = new Map<string, Insertable<Tables['reservation']>>()
  for (const { actor, body } of log) {
    if (body.type === 'number-reserved') {
      const { type: _, text, ...reserved } = body
      rows.set(keyOf(body), {
        ...reserved,
        ...{ number: text, state: 'reserved', reservedBy: actor, cancelledFor: '' },
      })
    } else if (body.type === 'reservation-cancelled') {
      const row = rows.get(keyOf(body))
      if (!row) throw new Error('a number is cancelled that was not reserved')
      rows.set(keyOf(body), { ...row, state: 'cancelled', cancelledFor: body.reason })
    }
  }
  return { reservation: [...rows.values()] }
}

const keyOf = (number: { registerId: string; buddhistYear: number; serial: number }): string =>
  `${number.registerId} ${number.buddhistYear} ${number.serial}`
