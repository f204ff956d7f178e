import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Disk } from 'flydrive'
import { FileFolder } from './folder.ts'

const FORGET_UPLOADS_AFTER_MS = 30 * 24 * 3600 * 1000

/** Whole files by their SHA-256. */
export interface FileStore {
  /** Where unfinished uploads wait, on the same disk. */
  readonly uploads: string
  /** Takes the finished upload `name` in as `sha256`; its bytes were checked. */
  keep(name: string, sha256: string): Promise<void>
  bytes(sha256: string): Promise<Uint8Array>
  /** The size in bytes; undefined when there is no such file. */
  size(sha256: string): Promise<number | undefined>
  /** The bytes from `start` to `end`, both counted. */
  read(sha256: string, start: number, end: number): Readable
  /** Removes a file; it may be gone already. */
  remove(sha256: string): Promise<void>
}

/** Opens the store of files in `folder`. */
export async function openFileStore(folder: string): Promise<FileStore> {
  const uploads = join(folder, 'uploads')
  await mkdir(uploads, { recursive: true, mode: 0o700 })
  await forgetOldUploads(uploads)
  const driver = new FileFolder(folder)
  const disk = new Disk(driver)
  return {
    uploads,
    keep: (name, sha256) => disk.move(`uploads/${name}`, keyOf(sha256)),
    bytes: (sha256) => disk.getBytes(keyOf(sha256)),
    size: async (sha256) => {
      if (!(await disk.exists(keyOf(sha256)))) return undefined
      return (await disk.getMetaData(keyOf(sha256))).contentLength
    },
    read: (sha256, start, end) =>
      end < start ? Readable.from([]) : driver.readRange(keyOf(sha256), start, end),
    remove: (sha256) => disk.delete(keyOf(sha256)),
  }
}

/** Two levels of folders, so that none grows too large to list. */
const keyOf = (sha256: string): string => `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}.pdf`

/** Removes what nobody went on uploading for a month. */
async function forgetOldUploads(uploads: string): Promise<void> {
  for (const name of await readdir(uploads)) {
    const { mtimeMs } = await stat(join(uploads, name))
    if (Date.now() - mtimeMs > FORGET_UPLOADS_AFTER_MS) await rm(join(uploads, name), { force: true })
  }
}
