import type { OfficeEvent } from '../../shared/contract/office.ts'
import type { Organisation, Register } from '../../shared/contract/organisation.ts'
import { type Disposal, evolveDisposal } from '../../shared/domain/office/disposal.ts'
import { evolveOrganisation, isOrganisationEvent } from '../../shared/domain/office/organisation.ts'
import { foldRegister } from '../../shared/domain/office/register.ts'
import { disposalRow, importedRow, organisationRow, reservationRow } from './officeRows.ts'
import type { ProjectionRows } from './sources.ts'

/** What one of the office's logs says: rows of projections, and the registers where it is the organisation's own. */
interface OfficeLogRows {
  readonly projections: ProjectionRows
  readonly registers?: readonly Register[]
}

/** The rows that follow from a whole log of the office; `registers` are those that there are. Throws on one that cannot be read. */
export function officeLogRows(
  stream: string,
  log: readonly OfficeEvent[],
  registers: readonly Register[],
): OfficeLogRows {
  const [kind = '', ...rest] = stream.split(':')
  const id = rest.join(':')
  switch (kind) {
    case 'organisation': {
      const organisation = log.reduce<Organisation | undefined>(
        (before, { body }) => (isOrganisationEvent(body) ? evolveOrganisation(before, body) : before),
        undefined,
      )
      if (!organisation) throw new Error('an organisation has events')
      return {
        projections: { organisation: [organisationRow(organisation)] },
        registers: organisation.registers,
      }
    }
    case 'register': {
      const register = registers.find((one) => one.id === id)
      if (!register) throw new Error('a register belongs to the organisation')
      const { reservations, imported } = foldRegister(log)
      return {
        projections: {
          reservation: reservations.map(reservationRow),
          registerEntry: imported.map((entry) => importedRow(entry, register)),
        },
      }
    }
    case 'disposal': {
      const disposal = log.reduce<Disposal | undefined>(evolveDisposal, undefined)
      return { projections: disposal ? { disposal: [disposalRow(disposal)] } : {} }
    }
    default:
      throw new Error('no log of the office')
  }
}
