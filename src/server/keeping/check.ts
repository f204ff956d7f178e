import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { FileStore } from '../files/store.ts'
import { reportDifferences } from '../projections/differences.ts'
import { dropExpectedTables, fillExpectedTables, makeExpectedTables } from '../projections/expected.ts'
import { tableShapes } from './catalogue.ts'
import { checkFeed } from './checkFeed.ts'
import { checkFiles } from './checkFiles.ts'
import { checkRegisters } from './checkRegisters.ts'
import type { Report } from './findings.ts'

/** How much a check looked at. */
export interface Checked {
  readonly letters: number
  readonly events: number
  readonly files: number
  readonly fileBytes: number
  readonly feed: number
}

/**
 * Looks at all that a server keeps, as it was at one moment, while the server goes on: each log's chain of hashes,
 * each projection against the logs, the feed, the registers and the files. `fast` trusts the content of files whose
 * size is right.
 */
export async function checkKept(
  { database, store }: { readonly database: Kysely<Tables>; readonly store: FileStore },
  { fast }: { readonly fast: boolean },
  report: Report,
): Promise<Checked> {
  return database.connection().execute(async (connection) => {
    // Made before the snapshot, in which nothing can be made.
    const expected = await makeExpectedTables(connection, await tableShapes(connection))
    try {
      return await connection
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (snapshot) => {
          const read = await fillExpectedTables(snapshot, report)
          for (const { expected: name } of expected) await sql`analyze ${sql.id(name)}`.execute(snapshot)
          for (const table of expected) await reportDifferences(snapshot, table, report)
          await checkRegisters(snapshot, report)
          const feed = await checkFeed(snapshot, report)
          const files = await checkFiles(snapshot, store, fast, report)
          return { ...read, ...files, feed }
        })
    } finally {
      await dropExpectedTables(connection, expected)
    }
  })
}
