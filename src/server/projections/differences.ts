import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { inBatches } from '../keeping/batches.ts'
import type { Report } from '../keeping/findings.ts'
import type { ExpectedTable } from './expected.ts'

const ROWS_AT_ONCE = 500

/**
 * Kept rows of which no log tells: the counter of a register from which nothing was numbered yet, and the organisation
 * of a server that has not run since its log was introduced.
 */
const keptApart: Readonly<Record<string, RawBuilder<boolean>>> = {
  register_counter: sql<boolean>`kept.last_serial <> 0`,
  organisation: sql<boolean>`exists (select from office_event where stream = 'organisation')`,
}

/** Reports every row of a projection that is not what the logs say. */
export async function reportDifferences(
  transaction: Transaction<Tables>,
  table: ExpectedTable,
  report: Report,
): Promise<void> {
  const { shape, expected } = table
  const told = (column: string) => sql.ref(`told.${column}`)
  const kept = (column: string) => sql.ref(`kept.${column}`)
  const [first = ''] = shape.key
  const keyText = (of: (column: string) => RawBuilder<unknown>) =>
    sql`concat_ws(' ', ${sql.join(shape.key.map((column) => sql`${of(column)}::text`))})`

  const twice = sql<{ key: string; times: number }>`
    select ${keyText(told)} as key, count(*) as times from ${sql.id(expected)} as told
    group by ${sql.join(shape.key.map(told))} having count(*) > 1`
  for await (const rows of inBatches(transaction, twice, ROWS_AT_ONCE)) {
    for (const { key, times } of rows) {
      report({ code: 'projection-twice', detail: { table: shape.name, key, times } })
    }
  }

  const changed = valuesOf(table).map(
    (column) => sql`case when ${told(column)} is distinct from ${kept(column)} then ${sql.lit(column)} end`,
  )
  const columns = changed.length > 0 ? sql`concat_ws(', ', ${sql.join(changed)})` : sql`''`
  const differing = sql<{ key: string; missing: boolean; extra: boolean; columns: string }>`
    select * from (
      select coalesce(${keyText(told)}, '') || case when ${told(first)} is null then ${keyText(kept)} else '' end as key,
        ${kept(first)} is null as missing, ${told(first)} is null as extra, ${columns} as columns
      from ${sql.id(expected)} as told
      full join ${sql.table(shape.name)} as kept on ${sameKey(table)}
      where (${told(first)} is not null or ${keptApart[shape.name] ?? sql`true`})
    ) as compared where missing or extra or columns <> ''`
  for await (const rows of inBatches(transaction, differing, ROWS_AT_ONCE)) {
    for (const { key, missing, extra, columns: names } of rows) {
      const detail = { table: shape.name, key }
      if (missing) report({ code: 'projection-missing', detail })
      else if (extra) report({ code: 'projection-extra', detail })
      else report({ code: 'projection-differs', detail: { ...detail, columns: names } })
    }
  }
}

/** How many rows of a projection were not as the logs say. */
export interface Mended {
  readonly removed: number
  readonly written: number
}

/**
 * Makes the projections what the logs say: rows that no log tells of go, rows that are missing or differ are written.
 * Returns what changed, for each table where something did. Fails on a row that the logs give twice.
 */
export async function mendProjections(
  transaction: Transaction<Tables>,
  tables: readonly ExpectedTable[],
): Promise<Record<string, Mended>> {
  const removed = new Map<string, number>()
  // Rows go before those that they refer to, and come after them.
  for (const table of [...tables].reverse()) {
    const { name } = table.shape
    const isReferredTo = tables.some(({ shape }) => shape.refersTo.includes(name))
    const gone = await sql`
      delete from ${sql.table(name)} as kept
      where not exists (select from ${sql.id(table.expected)} as told where
        ${isReferredTo ? sameKey(table) : sameRow(table)})
      and ${keptApart[name] ?? sql`true`}`.execute(transaction)
    removed.set(name, Number(gone.numAffectedRows ?? 0))
  }
  const mended: Record<string, Mended> = {}
  for (const table of tables) {
    const { name } = table.shape
    const written = await writeTold(transaction, table)
    const changes = { removed: removed.get(name) ?? 0, written }
    if (changes.removed + changes.written > 0) mended[name] = changes
  }
  return mended
}

async function writeTold(transaction: Transaction<Tables>, table: ExpectedTable): Promise<number> {
  const { shape, expected } = table
  const names = sql.join(shape.columns.map((column) => sql.id(column)))
  const key = sql.join(shape.key.map((column) => sql.id(column)))
  const updates = valuesOf(table).map((column) => sql`${sql.id(column)} = ${sql.ref(`excluded.${column}`)}`)
  const settled = updates.length === 0 ? sql`do nothing` : sql`do update set ${sql.join(updates)}`
  const written = await sql`
    insert into ${sql.table(shape.name)} (${names})
    select ${sql.join(shape.columns.map((column) => sql.ref(`told.${column}`)))} from ${sql.id(expected)} as told
    where not exists (select from ${sql.table(shape.name)} as kept where ${sameRow(table)})
    on conflict (${key}) ${settled}`.execute(transaction)
  return Number(written.numAffectedRows ?? 0)
}

const valuesOf = ({ shape }: ExpectedTable): string[] =>
  shape.columns.filter((column) => !shape.key.includes(column))

/** That a row told by the logs (`told`) and a kept one (`kept`) have one key. */
const sameKey = ({ shape }: ExpectedTable): RawBuilder<unknown> =>
  sql.join(
    shape.key.map((column) => sql`${sql.ref(`told.${column}`)} = ${sql.ref(`kept.${column}`)}`),
    sql` and `,
  )

/** That they are the same in every column. */
const sameRow = (table: ExpectedTable): RawBuilder<unknown> =>
  sql.join(
    [
      sameKey(table),
      ...valuesOf(table).map(
        (column) => sql`${sql.ref(`told.${column}`)} is not distinct from ${sql.ref(`kept.${column}`)}`,
      ),
    ],
    sql` and `,
  )
