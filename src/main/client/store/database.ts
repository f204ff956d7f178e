import Database from 'better-sqlite3-multiple-ciphers'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import { migrations } from './schema.ts'

/**
 * Opens an account's database, encrypted with ChaCha20-Poly1305 under the raw 32-byte `key`, and brings its schema
 * forward. Refuses store-locked when the key does not open it.
 */
export function openDatabase(path: string, key: Uint8Array): Outcome<Database> {
  const database = new Database(path)
  try {
    // Letters take more than half of the usual page; with pages of this size writing them takes half the time.
    database.pragma('page_size = 8192')
    database.pragma("cipher = 'chacha20'")
    database.pragma(`key = 'raw:${Buffer.from(key).toString('hex')}'`)
    database.pragma('journal_mode = WAL')
  } catch (error) {
    database.close()
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB') return refuse('store-locked')
    throw error
  }
  // An acknowledged commit must survive a power cut, not only a crash of the program.
  database.pragma('synchronous = FULL')
  // 32 MB of pages at hand, and as many in the log before they are moved: an index's pages are then written once.
  database.pragma('cache_size = -32768')
  database.pragma('wal_autocheckpoint = 4096')
  migrate(database)
  return accept(database)
}

/** Brings the schema of an open database forward. */
export function migrate(database: Database): void {
  const version = Number(database.pragma('user_version', { simple: true }))
  if (version > migrations.length)
    throw new Error(`the store's version ${version} is newer than this program`)
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue
    database.transaction(() => {
      database.exec(step)
      database.pragma(`user_version = ${index + 1}`)
    })()
  }
}
