import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'

/** A table as the database describes it; names as in SQL. */
export interface TableShape {
  readonly name: string
  readonly columns: readonly string[]
  /** The columns of its primary key. */
  readonly key: readonly string[]
  /** Tables that its rows refer to. */
  readonly refersTo: readonly string[]
}

/**
 * Every table of the server's schema, those that others refer to first. Asked of the database itself, so that a table
 * that a later migration adds is kept, checked and rebuilt without being named anywhere.
 */
export async function tableShapes(database: Kysely<Tables>): Promise<TableShape[]> {
  const { rows } = await sql<TableShape>`
    select class.relname as name,
      array(select attname::text from pg_attribute where attrelid = class.oid and attnum > 0 and not attisdropped
        order by attnum) as columns,
      array(select attname::text from pg_constraint, unnest(conkey) with ordinality as part (number, place)
        join pg_attribute on attnum = part.number
        where conrelid = class.oid and contype = 'p' and attrelid = class.oid order by place) as key,
      array(select distinct other.relname::text from pg_constraint join pg_class as other on other.oid = confrelid
        where conrelid = class.oid and contype = 'f') as refers_to
    from pg_class as class
    where class.relkind = 'r' and class.relnamespace = current_schema()::regnamespace
    order by class.relname`.execute(database)
  return parentsFirst(rows)
}

function parentsFirst(shapes: readonly TableShape[]): TableShape[] {
  const ordered: TableShape[] = []
  const visit = (shape: TableShape) => {
    if (ordered.includes(shape)) return
    for (const parent of shapes) if (parent !== shape && shape.refersTo.includes(parent.name)) visit(parent)
    ordered.push(shape)
  }
  for (const shape of shapes) visit(shape)
  return ordered
}

/** The schema that the database has; 0 for a database without any. */
export async function schemaVersion(database: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ exists: boolean }>`
    select to_regclass('schema_version') is not null as exists`.execute(database)
  if (!rows[0]?.exists) return 0
  const versions = await sql<{ version: number | null }>`
    select max(version) as version from schema_version`.execute(database)
  return versions.rows[0]?.version ?? 0
}
