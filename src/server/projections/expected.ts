import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { TableShape } from '../keeping/catalogue.ts'
import type { Report } from '../keeping/findings.ts'
import { type LogsRead, type ProjectionTable, projectionTables, rowsFromLogs } from './sources.ts'

const ROWS_AT_ONCE = 500

/** A projection as SQL names it, with the table of the connection's own that holds what it should be. */
export interface ExpectedTable {
  readonly shape: TableShape
  readonly expected: string
}

/**
 * Makes an empty table, of this connection alone, beside each projection. What the logs say is gathered there and
 * compared by the database, so that memory does not grow with the number of letters.
 */
export async function makeExpectedTables(
  connection: Kysely<Tables>,
  shapes: readonly TableShape[],
): Promise<ExpectedTable[]> {
  const tables = projectionTables.map((table) => {
    const shape = shapes.find(({ name }) => name === inSql(table))
    if (!shape) throw new Error(`the schema lacks ${table}`)
    return { shape, expected: inSql(expectedName(table)) }
  })
  await dropExpectedTables(connection, tables)
  for (const { shape, expected } of tables) {
    await sql`create temporary table ${sql.id(expected)} (like ${sql.table(shape.name)})`.execute(connection)
  }
  return tables
}

/** Takes the tables away again; they would otherwise live as long as the connection. */
export async function dropExpectedTables(
  connection: Kysely<Tables>,
  tables: readonly ExpectedTable[],
): Promise<void> {
  for (const { expected } of tables) {
    await sql`drop table if exists ${sql.id('pg_temp', expected)}`.execute(connection)
  }
}

/** Fills the expected tables from the logs. */
export async function fillExpectedTables(
  transaction: Transaction<Tables>,
  report: Report,
): Promise<LogsRead> {
  const read: LogsRead = { letters: 0, events: 0 }
  for await (const rows of rowsFromLogs(transaction, report, read)) {
    for (const table of projectionTables) {
      const all = rows[table] ?? []
      for (let start = 0; start < all.length; start += ROWS_AT_ONCE) {
        await transaction
          // A table of the same columns under another name.
          .insertInto(expectedName(table) as ProjectionTable)
          .values(all.slice(start, start + ROWS_AT_ONCE) as never)
          .execute()
      }
    }
  }
  await sql`
    insert into ${sql.id(inSql(expectedName('registerCounter')))} (register_id, buddhist_year, last_serial)
    select register_id, buddhist_year, max(serial) from (
      select register_id, buddhist_year, serial from ${sql.id(inSql(expectedName('registerEntry')))}
      union all select register_id, buddhist_year, serial from ${sql.id(inSql(expectedName('reservation')))}
    ) as taken group by register_id, buddhist_year`.execute(transaction)
  return read
}

const expectedName = (table: ProjectionTable): string => `expected${table[0]?.toUpperCase()}${table.slice(1)}`
const inSql = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
