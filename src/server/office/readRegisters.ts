import { type Kysely, sql } from 'kysely'
import type { RegisterView } from '../../shared/contract/officeViews.ts'
import type { Directory } from '../../shared/domain/organisation.ts'
import { periodOf } from '../../shared/domain/registers.ts'
import { bangkokDay } from '../../shared/thai/dates.ts'
import type { Tables } from '../database/tables.ts'

/** Who asks, of which organisation, and when (ISO instant). */
export interface Reader {
  readonly personId: string
  readonly directory: Directory
  readonly now: string
}

/** Whether the reader keeps the registers of a unit. */
export const keeps = ({ personId, directory, now }: Reader, unitId: string): boolean =>
  directory.clerkOf(personId, now).some(({ id }) => id === unitId)

/** The registers that the reader keeps; the central registry (งานสารบรรณกลาง) is told of all. */
export async function readRegisters(database: Kysely<Tables>, reader: Reader): Promise<RegisterView[]> {
  const { registers, registryUnitId } = reader.directory.organisation
  const all = keeps(reader, registryUnitId)
  const seen = registers.filter(({ unitId }) => all || keeps(reader, unitId))
  const { rows } = await sql<{ registerId: string; years: number[] }>`
    select register_id, array_agg(buddhist_year order by buddhist_year desc) as years from register_counter
    where last_serial > 0 group by register_id`.execute(database)
  const years = new Map(rows.map((row) => [row.registerId, row.years]))
  return seen.map((register) => ({
    ...{ id: register.id, title: register.title, unitId: register.unitId },
    ...{ use: register.use, secret: register.secret, mine: keeps(reader, register.unitId) },
    buddhistYear: periodOf(register, bangkokDay(reader.now)),
    years: years.get(register.id) ?? [],
  }))
}
