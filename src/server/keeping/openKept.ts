import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Kysely } from 'kysely'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { connect } from '../database/connect.ts'
import { startEmbeddedPostgres } from '../database/embeddedPostgres.ts'
import { migrations } from '../database/migrations.ts'
import type { Tables } from '../database/tables.ts'
import { type FileStore, openFileStore } from '../files/store.ts'
import { schemaVersion } from './catalogue.ts'

/** Where a server keeps what it has. */
export interface KeptPlace {
  readonly dataFolder: string
  /** Its PostgreSQL, where that is not in the data folder. */
  readonly databaseUrl?: string | undefined
}

/** A server's database and files, whether it runs now or not. */
export interface KeptServer {
  readonly database: Kysely<Tables>
  readonly store: FileStore
  close(): Promise<void>
}

/**
 * Opens what a server keeps, beside the server when it runs. Refuses server-data-missing where there is no server's
 * database, and server-schema-differs when this program is not of the version that last ran it.
 */
export async function openKept(place: KeptPlace): Promise<Outcome<KeptServer>> {
  const folder = resolve(place.dataFolder)
  const missing = refuse('server-data-missing', { folder })
  if (!place.databaseUrl && !(await exists(join(folder, 'database', 'cluster')))) return missing
  const { database, schema, close } = await openDatabase(place)
  if (schema === migrations.length) return accept({ database, store: await openStore(folder), close })
  await close()
  if (schema === 0) return missing
  return refuse('server-schema-differs', { found: schema, known: migrations.length })
}

/** Opens the place whatever is there, and makes what is missing. */
export async function openPlace(place: KeptPlace): Promise<KeptServer> {
  const { database, close } = await openDatabase(place)
  return { database, store: await openStore(resolve(place.dataFolder)), close }
}

const openStore = (folder: string): Promise<FileStore> => openFileStore(join(folder, 'files'))

async function openDatabase({ dataFolder, databaseUrl }: KeptPlace) {
  const folder = resolve(dataFolder)
  const own = databaseUrl ? undefined : await startEmbeddedPostgres(join(folder, 'database'))
  const connection = connect(databaseUrl ?? own?.connectionString ?? '', () => undefined)
  const close = async () => {
    await connection.end()
    await own?.stop()
  }
  try {
    return { database: connection.kysely, schema: await schemaVersion(connection.kysely), close }
  } catch (error) {
    await close()
    throw error
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
