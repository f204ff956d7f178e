import type { Insertable } from 'kysely'
import type { ImportedEntry } from '../../shared/contract/office.ts'
import type { Organisation, Register } from '../../shared/contract/organisation.ts'
import { type Disposal, disposalStage } from '../../shared/domain/office/disposal.ts'
import type { Reservation } from '../../shared/domain/office/register.ts'
import type { Tables } from '../database/tables.ts'
import { senderKey } from './senderKey.ts'

/** The organisation's one row. */
export const organisationRow = (organisation: Organisation): Insertable<Tables['organisation']> => ({
  id: 1,
  version: organisation.version,
  organisation: JSON.stringify(organisation),
})

/** A reserved number's row. */
export const reservationRow = ({ text, ...made }: Reservation): Insertable<Tables['reservation']> => ({
  ...made,
  number: text,
})

/** The row of an entry that was taken over; what stands in a secret register is secret (ทะเบียนลับ). */
export function importedRow(
  entry: ImportedEntry & { readonly buddhistYear: number },
  register: Pick<Register, 'id' | 'secret'>,
): Insertable<Tables['registerEntry']> {
  const { serial, number, date, sender, senderNumber, senderDate, addressee, subject, practice, remarks } =
    entry
  const from = { from: sender, agencyId: null, number: senderNumber, date: senderDate }
  return {
    ...{ registerId: register.id, buddhistYear: entry.buddhistYear, serial, number, date },
    ...{ letterId: null, state: 'issued', reason: '', secrecy: register.secret ? 1 : 0 },
    ...{ subject, addressee, sender, senderNumber, senderDate, practice, remarks },
    senderKey: senderKey(from),
  }
}

/** A disposal's row. */
export const disposalRow = (disposal: Disposal): Insertable<Tables['disposal']> => ({
  id: disposal.id,
  version: disposal.version,
  unitId: disposal.unitId,
  year: disposal.year,
  stage: disposalStage(disposal),
  disposal: JSON.stringify(disposal),
})
