import { createHash, type Hash } from 'node:crypto'
import { Transform } from 'node:stream'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { FileStore } from '../files/store.ts'
import type { ArchiveWriter } from './archive.ts'
import { type BackupManifest, FORMAT, leftOut, MANIFEST, OPENING } from './backupFormat.ts'
import { inBatches } from './batches.ts'
import { schemaVersion, tableShapes } from './catalogue.ts'
import type { KeptServer } from './openKept.ts'

const zip = promisify(gzip)
const ROWS_AT_ONCE = 500

/**
 * Puts all that a server keeps into an archive, as it was at one moment, while the server goes on. Files that the
 * server has lost or that were altered are named in the manifest: the rest is worth keeping all the same.
 */
export async function backUp(
  { database, store }: Pick<KeptServer, 'database' | 'store'>,
  archive: ArchiveWriter,
  now: Date,
): Promise<BackupManifest> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (snapshot) => {
      const opening = {
        format: FORMAT,
        schema: await schemaVersion(snapshot),
        takenAt: now.toISOString(),
      } as const
      await archive.add(OPENING, jsonBytes(opening))
      const tables: BackupManifest['tables'] = {}
      for (const { name } of await tableShapes(snapshot)) {
        if (!leftOut.has(name)) tables[name] = await addTable(snapshot, archive, name)
      }
      const files = await addFiles(snapshot, archive, store)
      const manifest = { ...opening, ...(await heads(snapshot)), tables, files }
      await archive.add(MANIFEST, jsonBytes(manifest))
      return manifest
    })
}

async function addTable(snapshot: Transaction<Tables>, archive: ArchiveWriter, name: string) {
  const hash = createHash('sha256')
  let rows = 0
  let part = 0
  const query = sql<{ line: string }>`select row_to_json(kept)::text as line from ${sql.table(name)} as kept`
  for await (const batch of inBatches(snapshot, query, ROWS_AT_ONCE)) {
    const lines = Buffer.from(batch.map(({ line }) => `${line}\n`).join(''))
    hash.update(lines)
    rows += batch.length
    part += 1
    const packed = await zip(lines, { level: constants.Z_BEST_SPEED })
    await archive.add(`tables/${name}/${String(part).padStart(6, '0')}.jsonl.gz`, packed)
  }
  return { rows, sha256: hash.digest('hex') }
}

async function addFiles(
  snapshot: Transaction<Tables>,
  archive: ArchiveWriter,
  store: FileStore,
): Promise<BackupManifest['files']> {
  const files: BackupManifest['files'] = { count: 0, bytes: 0, lost: [], altered: [] }
  const query = sql<{ sha256: string; bytes: number }>`select sha256, bytes from file order by sha256`
  for await (const batch of inBatches(snapshot, query, ROWS_AT_ONCE)) {
    for (const { sha256, bytes } of batch) {
      if ((await store.size(sha256)) !== bytes) {
        files.lost.push(sha256)
        continue
      }
      const hash = createHash('sha256')
      const content = store.read(sha256, 0, bytes - 1).on('error', (error) => counted.destroy(error))
      const counted = content.pipe(hashing(hash))
      await archive.addStream(`files/${sha256}`, bytes, counted)
      files.count += 1
      files.bytes += bytes
      if (hash.digest('hex') !== sha256) files.altered.push(sha256)
    }
  }
  return files
}

/** Passes bytes on and counts them into `hash`. */
const hashing = (hash: Hash): Transform =>
  new Transform({
    transform(chunk: Buffer, _, next) {
      hash.update(chunk)
      next(null, chunk)
    },
  })

async function heads(snapshot: Transaction<Tables>): Promise<Pick<BackupManifest, 'feedHead' | 'counters'>> {
  const { seq } = await snapshot.selectFrom('feedHead').select('seq').executeTakeFirstOrThrow()
  const counters = await snapshot
    .selectFrom('registerCounter')
    .select(['registerId as register', 'buddhistYear as year', 'lastSerial as last'])
    .orderBy('registerId')
    .orderBy('buddhistYear')
    .execute()
  return { feedHead: seq, counters }
}

const jsonBytes = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`)
