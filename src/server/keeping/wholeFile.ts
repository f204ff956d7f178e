import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Writable } from 'node:stream'

/**
 * Writes a file whole or not at all: under another name beside it until it is on the disk. Whatever `write` throws, and
 * a kill, leaves nothing under `path`; only its user may read it.
 */
export async function writeWholeFile<Value>(
  path: string,
  write: (output: Writable) => Promise<Value>,
): Promise<Value> {
  const unfinished = `${path}.unfinished-${process.pid}`
  try {
    const handle = await open(unfinished, 'wx', 0o600)
    const value = await write(handle.createWriteStream({ flush: true, highWaterMark: 1 << 20 }))
    await rename(unfinished, path)
    if (process.platform !== 'win32') {
      const folder = await open(dirname(path), 'r')
      await folder.sync().finally(() => folder.close())
    }
    return value
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}
