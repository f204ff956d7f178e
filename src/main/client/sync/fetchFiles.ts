import { createHash } from 'node:crypto'
import type { FileStore } from '../files/fileStore.ts'
import type { Store } from '../store/store.ts'
import type { ServerConnection } from './connection.ts'
import { download } from './transfer.ts'

/** What fetching works with. */
export interface Fetching {
  readonly connection: ServerConnection
  readonly store: Store
  readonly files: FileStore
  readonly isStopped: () => boolean
}

const AT_ONCE = 20

/**
 * Fetches the current files of the letters in this person's trays, so that they open without the network. Returns
 * how many came; those that the server refuses are left for a later run.
 */
export async function fetchFiles(fetching: Fetching): Promise<number> {
  let fetched = 0
  const failed = new Set<string>()
  for (;;) {
    const missing = await fetching.store.call('filesWanted', AT_ONCE + failed.size)
    const wanted = missing.filter((sha256) => !failed.has(sha256))
    if (wanted.length === 0) return fetched
    for (const sha256 of wanted) {
      if (fetching.isStopped()) return fetched
      if (await fetchFile(sha256, fetching)) fetched += 1
      else failed.add(sha256)
    }
  }
}

/** Fetches one file; false when it could not be had whole. */
export async function fetchFile(sha256: string, fetching: Omit<Fetching, 'isStopped'>): Promise<boolean> {
  const { connection, store, files } = fetching
  const bytes = await download(connection, sha256)
  if (!bytes.ok || createHash('sha256').update(bytes.value).digest('hex') !== sha256) return false
  await files.keep(bytes.value)
  await store.call('keepFile', { sha256, bytes: bytes.value.length, name: '', pageCount: 0, signatures: 0 })
  return true
}
