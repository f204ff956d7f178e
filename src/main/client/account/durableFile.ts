import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a file so that after a crash either the old or the whole new content is there, on the disk. */
export async function writeDurably(
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  // Two writers of one file, as when a fetch and an import meet, must not write into each other.
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    const handle = await open(temporary, 'w', 0o600)
    try {
      const parts = content instanceof Uint8Array ? [content] : content
      for await (const part of parts) await handle.writeFile(part)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
  } catch (error) {
    // What did not fit on a full disk must not keep it full.
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
  await syncFolder(dirname(path))
}

/** Makes a folder that only this user may enter. */
export const makeFolder = (path: string) => mkdir(path, { recursive: true, mode: 0o700 })

/** The JSON in a file; undefined when there is no such file, null when what is there is not JSON. */
export async function readJson(path: string): Promise<unknown> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
  try {
    // Editors on Windows put a byte order mark before what an administrator typed.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}

export const writeJson = (path: string, value: unknown) =>
  writeDurably(path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`))

/** Whether a file operation failed because the file is not there. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

const FULL = /^(ENOSPC|EDQUOT|SQLITE_FULL)$/
const UNWRITABLE = /^(EROFS|EACCES|EPERM|SQLITE_READONLY.*|SQLITE_CANTOPEN.*)$/

const hasCode = (error: unknown, codes: RegExp): boolean =>
  error instanceof Error && 'code' in error && codes.test(String(error.code))

/** Whether a file or store operation failed because the disk, or this user's part of it, is full. */
export const isDiskFull = (error: unknown): boolean => hasCode(error, FULL)

/** Whether a file or store operation failed because this user may not write there. */
export const isUnwritable = (error: unknown): boolean => hasCode(error, UNWRITABLE)

/** A rename is on the disk only when its folder is. Windows has no such call and does not need it. */
async function syncFolder(path: string) {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
