import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Kysely, sql } from 'kysely'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { Tables } from '../database/tables.ts'
import { turns } from '../turns.ts'
import type { UsableFile } from './access.ts'
import type { ByteRange } from './contentRange.ts'
import type { FileStore } from './store.ts'

/** A part of a file as it arrives. */
interface IncomingPart {
  readonly sha256: string
  readonly personId: string
  readonly range: ByteRange
  /** The stored file whose bytes come before the part. */
  readonly base: UsableFile | undefined
  readonly body: Readable
}

/** What there is of a file after a part has arrived; `whole` when it was checked and taken in. */
interface UploadProgress {
  readonly whole: boolean
  readonly offset: number
}

/** Uploads of files, resumable after a cut. Each person's unfinished bytes are apart from everyone else's. */
export interface Uploads {
  /** Bytes of an unfinished file that have arrived. */
  offset(personId: string, sha256: string): Promise<number>
  /**
   * Writes a part after the bytes that are there. The last part makes the file whole: it is taken in when its hash
   * fits, and thrown away when not. Refuses command-malformed (a gap, or more bytes than announced),
   * file-hash-mismatch, and file-missing where the base is recorded but gone. A full disk is not the sender's to mend:
   * it throws, so that the sender keeps the file and comes again.
   */
  receive(part: IncomingPart): Promise<Outcome<UploadProgress>>
}

/** Uploads into `store`, recorded in `database`. */
export function uploadsTo(store: FileStore, database: Kysely<Tables>): Uploads {
  const inTurn = turns()
  const pathOf = (name: string) => join(store.uploads, name)

  const receive = async (part: IncomingPart): Promise<Outcome<UploadProgress>> => {
    const name = nameOf(part.personId, part.sha256)
    const path = pathOf(name)
    if (part.base && part.range.start === part.base.bytes) {
      const base = store.read(part.base.sha256, 0, part.base.bytes - 1)
      const found = await pipeline(base, createWriteStream(path)).then(() => true, isFileFound)
      if (!found) return refuse('file-missing')
    }
    if (part.range.start > (await sizeOf(path)))
      return refuse('command-malformed', { field: 'content-range' })
    const fits = await append(path, part)
    const offset = await sizeOf(path)
    if (!fits) return refuse('command-malformed', { field: 'content-length' })
    if (offset < part.range.total) return accept({ whole: false, offset })
    if ((await hashOf(path)) !== part.sha256) {
      await rm(path, { force: true })
      return refuse('file-hash-mismatch')
    }
    await store.keep(name, part.sha256)
    await record(database, part)
    return accept({ whole: true, offset })
  }

  return {
    offset: (personId, sha256) => sizeOf(pathOf(nameOf(personId, sha256))),
    receive: (part) => inTurn(nameOf(part.personId, part.sha256), () => receive(part)),
  }
}

/** False for a file that is not there; throws every other error. */
function isFileFound(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false
  throw error
}

/** Writes the body at its place; false when it was longer than announced. A body that breaks off is kept so far. */
async function append(path: string, { range, body }: IncomingPart): Promise<boolean> {
  const handle = await open(path, 'a')
  await handle.truncate(range.start)
  let left = range.end - range.start + 1
  const limit = new Transform({
    transform(chunk: Buffer, _, next) {
      left -= chunk.length
      next(null, left < 0 ? chunk.subarray(0, chunk.length + left) : chunk)
    },
  })
  try {
    await pipeline(body, limit, handle.createWriteStream())
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ERR_STREAM_PREMATURE_CLOSE' && code !== 'ECONNRESET') throw error
  } finally {
    await handle.close().catch(() => undefined)
  }
  return left >= 0
}

async function record(database: Kysely<Tables>, { sha256, personId, range }: IncomingPart): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('file')
      .values({ sha256, bytes: range.total, reading: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await transaction
      .insertInto('fileUploader')
      .values({ sha256, personId })
      .onConflict((conflict) =>
        conflict.columns(['sha256', 'personId']).doUpdateSet({ broughtAt: sql`now()` }),
      )
      .execute()
  })
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

const nameOf = (personId: string, sha256: string): string => `${personId}.${sha256}`

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  )
