import { createHash, type Hash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type Kysely, sql, type Transaction } from 'kysely'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { migrateTo } from '../database/migrate.ts'
import { migrations } from '../database/migrations.ts'
import type { Tables } from '../database/tables.ts'
import type { FileStore } from '../files/store.ts'
import { type ArchivePart, DamagedArchive } from './archiveReader.ts'
import {
  type BackupManifest,
  leftOut,
  MANIFEST,
  manifestSchema,
  OPENING,
  openingSchema,
} from './backupFormat.ts'
import { tableShapes } from './catalogue.ts'
import type { KeptServer } from './openKept.ts'

const unzip = promisify(gunzip)
/** A table's part holds a few hundred rows; one that claims more than this is none of ours. */
const LARGEST_PART = 512 * 1024 * 1024

/** A backup that is being read. */
interface Restoring {
  readonly transaction: Transaction<Tables>
  readonly store: FileStore
  readonly tables: Map<string, { rows: number; hash: Hash }>
  readonly files: { count: number; bytes: number; altered: string[] }
  manifest: BackupManifest | undefined
}

/**
 * Restores a backup into a server that holds nothing: its tables in one transaction, its files each checked by its
 * hash before it has its name. Clients' cursors mean nothing afterwards, which the feed's new epoch tells them.
 * Refuses server-not-empty, server-schema-differs (the backup is of a later version) and backup-damaged; nothing is
 * visible then.
 */
export async function restore(
  { database, store }: Pick<KeptServer, 'database' | 'store'>,
  parts: AsyncGenerator<ArchivePart>,
): Promise<Outcome<BackupManifest>> {
  try {
    return await restoreParts(database, store, parts)
  } catch (error) {
    if (error instanceof DamagedArchive) return { ok: false, refusal: error.refusal }
    throw error
  } finally {
    await parts.return(undefined)
  }
}

async function restoreParts(
  database: Kysely<Tables>,
  store: FileStore,
  parts: AsyncGenerator<ArchivePart>,
): Promise<Outcome<BackupManifest>> {
  const first = await parts.next()
  if (first.done || first.value.name !== OPENING) throw new DamagedArchive(OPENING)
  const { schema } = await readJson(first.value, openingSchema)
  if (schema > migrations.length) {
    return refuse('server-schema-differs', { found: schema, known: migrations.length })
  }
  return database.transaction().execute(async (transaction) => {
    if (!(await dropEmptySchema(transaction))) return refuse('server-not-empty')
    await migrateTo(transaction, schema)
    // What a migration puts in is in the backup as well.
    for (const { name } of (await tableShapes(transaction)).reverse()) {
      if (!leftOut.has(name)) await sql`delete from ${sql.table(name)}`.execute(transaction)
    }
    const files = { count: 0, bytes: 0, altered: [] }
    const restoring: Restoring = { transaction, store, tables: new Map(), files, manifest: undefined }
    const addReferences = await dropReferences(transaction)
    for await (const part of parts) await takePart(restoring, part)
    const manifest = checkedManifest(restoring)
    await addReferences()
    await migrateTo(transaction, migrations.length)
    await sql`update feed_head set epoch = gen_random_uuid()`.execute(transaction)
    // What waited for other agencies when the backup was made may have been sent since: they are asked first.
    await sql`update exchange_outbox set uncertain = true where state = 'waiting'`.execute(transaction)
    return accept(manifest)
  })
}

/** Takes away the tables of a server that was started but never used; false when anything is in them. */
async function dropEmptySchema(transaction: Transaction<Tables>): Promise<boolean> {
  const shapes = await tableShapes(transaction)
  if (shapes.length > 0 && !shapes.some(({ name }) => name === 'schema_version')) return false
  for (const { name } of shapes) {
    if (name === 'schema_version') continue
    const rows = name === 'feed_head' ? sql`where seq > 0` : sql``
    const found = await sql`select from ${sql.table(name)} ${rows} limit 1`.execute(transaction)
    if (found.rows.length > 0) return false
  }
  for (const { name } of shapes.reverse()) await sql`drop table ${sql.table(name)}`.execute(transaction)
  return true
}

/**
 * Takes the tables' references to each other away, since a row may come before one of its own table that it refers to.
 * The result puts them back, which checks every row.
 */
async function dropReferences(transaction: Transaction<Tables>): Promise<() => Promise<void>> {
  const { rows } = await sql<{ table: string; name: string; definition: string }>`
    select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`.execute(
    transaction,
  )
  const alter = (table: string) => sql`alter table ${sql.raw(table)}`
  for (const { table, name } of rows) {
    await sql`${alter(table)} drop constraint ${sql.id(name)}`.execute(transaction)
  }
  return async () => {
    for (const { table, name, definition } of rows) {
      await sql`${alter(table)} add constraint ${sql.id(name)} ${sql.raw(definition)}`
        .execute(transaction)
        .catch((error: { code?: string }) => {
          throw error.code === '23503' ? new DamagedArchive(`tables/${table}`) : error
        })
    }
  }
}

async function takePart(restoring: Restoring, part: ArchivePart): Promise<void> {
  const [kind, name = ''] = part.name.split('/')
  if (restoring.manifest) throw new DamagedArchive(part.name)
  if (part.name === MANIFEST) restoring.manifest = await readJson(part, manifestSchema)
  else if (kind === 'tables' && /^[a-z_]+$/.test(name)) await takeRows(restoring, name, part)
  else if (kind === 'files' && /^[0-9a-f]{64}$/.test(name)) await takeFile(restoring, name, part)
  else throw new DamagedArchive(part.name)
}

async function takeRows({ transaction, tables }: Restoring, name: string, part: ArchivePart): Promise<void> {
  const lines = await unzip(await wholeOf(part)).catch(() => {
    throw new DamagedArchive(part.name)
  })
  const table = tables.get(name) ?? { rows: 0, hash: createHash('sha256') }
  tables.set(name, table)
  table.hash.update(lines)
  const rows = lines.toString().split('\n').slice(0, -1)
  table.rows += rows.length
  await sql`insert into ${sql.table(name)} overriding system value
    select * from json_populate_recordset(null::${sql.table(name)}, ${`[${rows.join(',')}]`}::json)`
    .execute(transaction)
    .catch((error: { code?: string }) => {
      // data_exception, integrity_constraint_violation, undefined_table: not what a server of ours wrote.
      throw /^(22|23|42)/.test(error.code ?? '') ? new DamagedArchive(part.name) : error
    })
}

async function takeFile({ store, files }: Restoring, sha256: string, part: ArchivePart): Promise<void> {
  const name = `restore.${sha256}`
  const path = join(store.uploads, name)
  const hash = createHash('sha256')
  await pipeline(
    part.content,
    async function* (chunks) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        yield chunk
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  )
  files.count += 1
  files.bytes += part.size
  if (hash.digest('hex') === sha256) await store.keep(name, sha256)
  else {
    files.altered.push(sha256)
    await rm(path, { force: true })
  }
}

/** The manifest, when all that it names has come as it was. */
function checkedManifest({ manifest, tables, files }: Restoring): BackupManifest {
  if (!manifest) throw new DamagedArchive(MANIFEST)
  for (const [name, { rows, sha256 }] of Object.entries(manifest.tables)) {
    const taken = tables.get(name) ?? { rows: 0, hash: createHash('sha256') }
    if (taken.rows !== rows || taken.hash.digest('hex') !== sha256) throw new DamagedArchive(`tables/${name}`)
  }
  const strange = [...tables.keys()].find((name) => !Object.hasOwn(manifest.tables, name))
  if (strange !== undefined) throw new DamagedArchive(`tables/${strange}`)
  const altered = files.altered.find((sha256) => !manifest.files.altered.includes(sha256))
  if (altered !== undefined) throw new DamagedArchive(`files/${altered}`)
  if (files.count !== manifest.files.count || files.bytes !== manifest.files.bytes) {
    throw new DamagedArchive('files')
  }
  return manifest
}

async function readJson<Value>(
  part: ArchivePart,
  schema: { safeParse(value: unknown): { success: true; data: Value } | { success: false } },
): Promise<Value> {
  const bytes = await wholeOf(part)
  let value: unknown
  try {
    value = JSON.parse(bytes.toString())
  } catch {
    throw new DamagedArchive(part.name)
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new DamagedArchive(part.name)
  return parsed.data
}

async function wholeOf({ name, size, content }: ArchivePart): Promise<Buffer> {
  if (size > LARGEST_PART) throw new DamagedArchive(name)
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}
