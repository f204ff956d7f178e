import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { FileStore } from './store.ts'

/** Takes in a file that the server made itself; nobody may use it until a letter's log names it. */
export async function keepFile(
  store: FileStore,
  database: Kysely<Tables>,
  { bytes, sha256 }: { readonly bytes: Uint8Array; readonly sha256: string },
): Promise<void> {
  const name = `server.${randomUUID()}`
  await writeFile(join(store.uploads, name), bytes, { mode: 0o600, flush: true })
  await store.keep(name, sha256)
  await database
    .insertInto('file')
    .values({ sha256, bytes: bytes.length, reading: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
