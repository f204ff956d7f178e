import { type Kysely, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { SERVER_ACTOR } from '../../../shared/contract/letter.ts'
import { directoryOf } from '../../../shared/domain/organisation.ts'
import { accept, type Outcome, type Refusal, refuse } from '../../../shared/outcome.ts'
import { bangkokDay } from '../../../shared/thai/dates.ts'
import type { Tables } from '../../database/tables.ts'
import { commitOffice, type OfficeParts } from '../commitOffice.ts'
import { serialsGiven } from '../readOffice.ts'
import { hasErrors, type ImportFinding } from './importFindings.ts'
import type { Table } from './readTable.ts'
import { type RegisterRows, readRegisterRows } from './registerRows.ts'

/** What is imported, and whether it is only tried. */
export interface RegisterImport {
  readonly table: Table
  readonly registerId: string
  /** The Buddhist year; undefined for that of the table's first row. */
  readonly year: number | undefined
  readonly dryRun: boolean
}

/** What came of an import. */
export interface RegisterImported {
  readonly buddhistYear: number
  /** Entries that could be read. */
  readonly entries: number
  /** Entries that were written: all, or none where something was wrong or it was only tried. */
  readonly imported: number
  readonly found: readonly ImportFinding[]
}

/**
 * Takes an older system's register over into one here, whole or not at all; the register's own log keeps it, and its
 * counter goes on after the highest number. Refuses organisation-unknown-id and table-headings.
 */
export async function importRegister(
  parts: OfficeParts,
  { table, registerId, year, dryRun }: RegisterImport,
): Promise<Outcome<RegisterImported>> {
  const { database, clock } = parts
  const kept = await database.selectFrom('organisation').select('organisation').executeTakeFirstOrThrow()
  const directory = directoryOf(kept.organisation)
  const register = directory.register(registerId)
  if (!register) return refuse('organisation-unknown-id', { id: registerId })
  const today = bangkokDay(clock().toISOString())
  const rows = readRegisterRows(table, { register, directory, year, today })
  if (!rows) return refuse('table-headings', { headings: 'เลขทะเบียน, เรื่อง' })
  const { buddhistYear, entries } = rows
  const found = [...rows.found, ...(await alreadyThere(database, registerId, rows))]
  const result = { buddhistYear, entries: entries.length, found }
  if (dryRun || entries.length === 0 || hasErrors(found)) return accept({ ...result, imported: 0 })
  const body = {
    ...{ type: 'import-entries' as const, registerId, buddhistYear, source: table.sha256 },
    entries: [...entries],
  }
  const command = { id: uuid(), clientTime: clock().toISOString(), body }
  const done = await commitOffice(parts, { command, actor: SERVER_ACTOR, device: SERVER_ACTOR })
  if (done.outcome === 'refused') return { ok: false, refusal: done.refusal as Refusal }
  return accept({ ...result, imported: entries.length })
}

/** Numbers that the register has given already. */
async function alreadyThere(
  database: Kysely<Tables>,
  registerId: string,
  { buddhistYear, entries, places }: RegisterRows,
): Promise<ImportFinding[]> {
  const serials = entries.map(({ serial }) => serial)
  const taken = await serialsGiven(database, registerId, buddhistYear, serials)
  const { rows } = await sql<{ number: string }>`
    select number from register_entry where register_id = ${registerId} and buddhist_year = ${buddhistYear}
      and number = any(${entries.map(({ number }) => number)}::text[])`.execute(database)
  const numbers = new Set(rows.map(({ number }) => number))
  const row = (serial: number) => places.get(serial) ?? 0
  return [
    ...taken.map((serial): ImportFinding => ({ code: 'serial-taken', detail: { row: row(serial), serial } })),
    ...entries
      .filter(({ number, serial }) => numbers.has(number) && !taken.includes(serial))
      .map(({ serial }): ImportFinding => ({ code: 'number-twice', detail: { row: row(serial) } })),
  ]
}
