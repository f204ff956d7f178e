import { type Kysely, sql, type Transaction } from 'kysely'
import { migrations } from './migrations.ts'
import type { Tables } from './tables.ts'

/** Any constant: the advisory lock that lets only one of several app servers migrate. */
const MIGRATION_LOCK = 25_690_917

/** Brings the database to the latest schema, in one transaction; does nothing when it is there already. */
export async function migrate(database: Kysely<Tables>): Promise<void> {
  await database.transaction().execute((transaction) => migrateTo(transaction, migrations.length))
}

/** Brings the database forward to schema `version` within a transaction. */
export async function migrateTo(transaction: Transaction<Tables>, version: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction)
  await sql`create table if not exists schema_version (version integer primary key)`.execute(transaction)
  const { rows } = await sql<{
    version: number | null
  }>`select max(version) as version from schema_version`.execute(transaction)
  const current = rows[0]?.version ?? 0
  if (current > migrations.length) {
    throw new Error(`the database has schema ${current}, this server knows only up to ${migrations.length}`)
  }
  for (const [index, statements] of migrations.entries()) {
    if (index < current || index >= version) continue
    for (const statement of statements) await sql.raw(statement).execute(transaction)
    await sql`insert into schema_version (version) values (${index + 1})`.execute(transaction)
  }
}
