import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a file so that after a crash either the old or the whole new content is there, on the disk. */
export async function writeDurably(
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  // Two writers of one file, as when a fetch and an import meet, must not write into each other.
  const temporary = `${path}.${randomUUID()}.tmp`
  const handle = await open(temporary, 'w', 0o600)
  try {
    const parts = content instanceof Uint8Array ? [content] : content
    for await (const part of parts) await handle.writeFile(part)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, path)
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

/** Whether a file operation failed because the disk is full. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'SQLITE_FULL')

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
