import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { FileStore } from '../files/store.ts'
import { inBatches } from './batches.ts'
import type { Report } from './findings.ts'

/** Reports files that letters speak of and that are not there as they were; `fast` looks at sizes only. */
export async function checkFiles(
  transaction: Transaction<Tables>,
  store: FileStore,
  fast: boolean,
  report: Report,
): Promise<{ files: number; fileBytes: number }> {
  const unrecorded = sql<{ letterId: string; sha256: string }>`
    select letter_id, sha256 from letter_file where not exists
      (select from file where file.sha256 = letter_file.sha256)`
  for await (const rows of inBatches(transaction, unrecorded, 500)) {
    for (const { letterId: letter, sha256: file } of rows) {
      report({ code: 'file-unrecorded', detail: { letter, file } })
    }
  }

  let files = 0
  let fileBytes = 0
  const recorded = sql<{ sha256: string; bytes: number }>`select sha256, bytes from file order by sha256`
  for await (const rows of inBatches(transaction, recorded, 500)) {
    for (const { sha256: file, bytes } of rows) {
      files += 1
      fileBytes += bytes
      const found = await store.size(file)
      if (found === undefined) report({ code: 'file-lost', detail: { file } })
      else if (found !== bytes) report({ code: 'file-size-differs', detail: { file, found, bytes } })
      else if (!fast && (await storedHash(store, file, bytes)) !== file) {
        report({ code: 'file-altered', detail: { file } })
      }
    }
  }
  return { files, fileBytes }
}

/** The hash of what the store has; undefined when it cannot be read to its end. */
async function storedHash(store: FileStore, sha256: string, bytes: number): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    await pipeline(store.read(sha256, 0, bytes - 1), hash)
  } catch {
    return undefined
  }
  return hash.digest('hex')
}
