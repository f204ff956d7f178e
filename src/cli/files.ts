import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'

/** The bytes of a regular file: a pipe or a device could keep the command waiting for ever. Refuses file-unreadable. */
export async function readBytes(file: string): Promise<Outcome<Uint8Array>> {
  try {
    if ((await stat(file)).isFile()) return accept(await readFile(file))
  } catch (error) {
    if (!isSystemError(error)) throw error
  }
  return refuse('file-unreadable', { file })
}

const temporaries = new Set<string>()

/**
 * Writes a file whole or not at all: into a new file beside it, which takes its name once it is on the disk. A link
 * stays, and what it leads to is written. Refuses disk-full, output-folder-missing and output-unwritable.
 */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<Outcome<void>> {
  const target = await realpath(file).catch(() => file)
  const temporary = join(dirname(target), `.${basename(target).slice(0, 40)}.${randomUUID()}`)
  temporaries.add(temporary)
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, target)
    return accept(undefined)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    if (!isSystemError(error)) throw error
    return writeRefusal(file, error.code)
  } finally {
    temporaries.delete(temporary)
  }
}

/** Removes what is half written; for a process that ends at once. */
export function discardTemporaries(): void {
  for (const temporary of temporaries) rmSync(temporary, { force: true })
}

function writeRefusal(file: string, code: string | undefined): Outcome<never> {
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return refuse('disk-full')
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return refuse('output-folder-missing', { folder: dirname(file) })
  return refuse('output-unwritable', { file })
}

/** Whether the operating system refused, as against a bug. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
