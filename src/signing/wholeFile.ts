import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { open, readdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Outcome, refuse } from '../shared/outcome.ts'

const temporaries = new Set<string>()
const tidied = new Set<string>()
const temporaryName = /^\..*\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.part$/
/** No work on one file lasts as long: what is older was left by a process that was killed. */
const staleAfterMilliseconds = 24 * 3_600_000

/** A file that is being made under another name beside the one that it will bear. */
export interface UnfinishedFile {
  /** Where it is made; nothing is there at first. */
  readonly path: string
  /** Gives it its name once it is on the disk; a link stays, and what it leads to is replaced. */
  keep(): Promise<void>
  /** Removes it unless it was kept. */
  discard(): Promise<void>
}

/**
 * Begins to make a file that will be there whole or not at all. Discard it in the end, whatever happens; what a
 * killed process left is removed a day later.
 */
export async function beginWhole(file: string): Promise<UnfinishedFile> {
  const target = await realpath(file).catch(() => file)
  const path = join(dirname(target), `.${basename(target).slice(0, 40)}.${randomUUID()}.part`)
  temporaries.add(path)
  await discardStale(dirname(target))
  return {
    path,
    keep: async () => {
      await putOnDisk(path)
      await rename(path, target)
    },
    discard: async () => {
      await rm(path, { force: true }).catch(() => undefined)
      temporaries.delete(path)
    },
  }
}

/** Makes a file as beginWhole does, with what `fill` puts there. Refuses what `fill` and refusingToWrite refuse. */
export function makeWhole<Value>(
  file: string,
  fill: (path: string) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  return refusingToWrite(file, async () => {
    const unfinished = await beginWhole(file)
    try {
      const filled = await fill(unfinished.path)
      if (filled.ok) await unfinished.keep()
      return filled
    } finally {
      await unfinished.discard()
    }
  })
}

/** Does `work` for the file. Refuses disk-full, output-folder-missing and output-unwritable when the system does. */
export async function refusingToWrite<Value>(
  file: string,
  work: () => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  try {
    return await work()
  } catch (error) {
    if (!isSystemError(error)) throw error
    if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(error.code ?? '')) return refuse('disk-full')
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
      return refuse('output-folder-missing', { folder: dirname(file) })
    }
    return refuse('output-unwritable', { file })
  }
}

/** Removes what is half written; for a process that ends at once. */
export function discardTemporaries(): void {
  for (const temporary of temporaries) rmSync(temporary, { force: true })
}

/** Looks through a folder once: a batch may write a thousand files into it. */
async function discardStale(folder: string): Promise<void> {
  if (tidied.has(folder)) return
  tidied.add(folder)
  for (const name of await readdir(folder)) {
    if (!temporaryName.test(name)) continue
    const path = join(folder, name)
    const left = await stat(path).catch(() => undefined)
    if (left !== undefined && Date.now() - left.mtimeMs > staleAfterMilliseconds) {
      await rm(path, { force: true }).catch(() => undefined)
    }
  }
}

/** Waits until what was written to the file is on the disk. */
export async function putOnDisk(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Whether the operating system refused, as against a bug. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
