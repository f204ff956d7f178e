import { type Kysely, sql, type Transaction } from 'kysely'
import type { AudienceToken } from '../../shared/domain/audience.ts'
import type { Tables } from '../database/tables.ts'
import { appendFeed } from '../feed/appendFeed.ts'
import { feedRowsOf } from '../feed/feedRows.ts'
import { type Mended, mendProjections } from '../projections/differences.ts'
import { dropExpectedTables, fillExpectedTables, makeExpectedTables } from '../projections/expected.ts'
import type { LogsRead } from '../projections/sources.ts'
import { inBatches } from './batches.ts'
import { tableShapes } from './catalogue.ts'
import type { Report } from './findings.ts'

/** What a rebuild read and changed. */
export interface Rebuilt extends LogsRead {
  /** Rows that were not as the logs say, for each table that had any. */
  readonly mended: Readonly<Record<string, Mended>>
  /** Letters that clients are sent anew, because who may see them was kept wrong. */
  readonly sentAnew: number
}

/**
 * Makes every projection anew from the logs, in one transaction: commands wait meanwhile, readers see all as it was
 * and then all as it should be. Returns undefined, with nothing changed, when a log cannot be read: its letter must
 * not vanish from sight. Clients hear of letters whose audience was kept wrong.
 */
export async function rebuildProjections(
  database: Kysely<Tables>,
  report: Report,
): Promise<Rebuilt | undefined> {
  return database.connection().execute(async (connection) => {
    const expected = await makeExpectedTables(connection, await tableShapes(connection))
    try {
      return await connection.transaction().execute(async (transaction) => {
        // In the order in which commands take them, so that neither waits for the other.
        await sql`lock table register_counter, letter_event, office_event, letter, letter_file, register_entry, reservation,
          disposal, organisation in share row exclusive mode`.execute(transaction)
        let unreadable = 0
        const read = await fillExpectedTables(transaction, (finding) => {
          if (finding.code.endsWith('-unreadable')) unreadable += 1
          report(finding)
        })
        if (unreadable > 0) return undefined
        const news = await wrongAudiences(transaction)
        const mended = await mendProjections(transaction, expected)
        await appendFeed(transaction, news.flatMap(feedRowsOf))
        return { ...read, mended, sentAnew: news.length }
      })
    } finally {
      await dropExpectedTables(connection, expected)
    }
  })
}

/** Letters whose kept audience is not the one that the logs tell, as changes for the feed. */
async function wrongAudiences(transaction: Transaction<Tables>) {
  const query = sql<{ id: string; version: number; before: AudienceToken[]; after: AudienceToken[] }>`
    select told.id, told.version, coalesce(kept.audience, '{}') as before, told.audience as after
    from expected_letter as told left join letter as kept on kept.id = told.id
    where kept.audience is distinct from told.audience or kept.version is distinct from told.version`
  const changes: Parameters<typeof feedRowsOf>[0][] = []
  for await (const rows of inBatches(transaction, query, 500)) {
    for (const { id, version, before, after } of rows) {
      changes.push({ letterId: id, from: 1, to: version, before, after })
    }
  }
  return changes
}
