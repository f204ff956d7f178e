import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'

/** The bytes of a file. Refuses file-unreadable. */
export async function readBytes(file: string): Promise<Outcome<Uint8Array>> {
  try {
    return accept(await readFile(file))
  } catch {
    return refuse('file-unreadable', { file })
  }
}

/**
 * Writes a file whole or not at all: into a new file beside it, which takes its name once it is on the disk.
 * Refuses file-unreadable and disk-full.
 */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<Outcome<void>> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}`)
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
    return accept(undefined)
  } catch (error) {
    await rm(temporary, { force: true })
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    return isFull ? refuse('disk-full') : refuse('file-unreadable', { file })
  }
}
