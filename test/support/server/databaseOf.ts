import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Process id and address of the PostgreSQL that a server runs in its data folder. */
export interface DatabaseOfServer {
  readonly pid: number
  readonly url: string
}

/** Finds the PostgreSQL of a data folder; throws while none has been started. */
export async function databaseOf(dataFolder: string): Promise<DatabaseOfServer> {
  const folder = join(dataFolder, 'database')
  // Lines of postmaster.pid: pid, folder, start time, port, …
  const lines = (await readFile(join(folder, 'cluster/postmaster.pid'), 'utf8')).split('\n')
  const password = (await readFile(join(folder, 'password'), 'utf8')).trim()
  return { pid: Number(lines[0]), url: `postgres://saraban:${password}@127.0.0.1:${lines[3]}/postgres` }
}
