import { randomUUID } from 'node:crypto'
import { realpathSync, renameSync, rmSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Outcome, refuse } from '../shared/outcome.ts'

const temporaries = new Set<string>()
const tidied = new Set<string>()
const temporaryName = /^\..*\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.part$/
/** No work on one file lasts as long: what is older was left by a process that was killed. */
const staleAfterMilliseconds = 24 * 3_600_000

/**
 * Makes a file whole or not at all: `fill` makes a new one beside it and puts it on the disk, before it gets its
 * name. A link stays, and what it leads to is replaced. Whatever happens, nothing else is left behind; what a killed process
 * left is removed a day later. Refuses what `fill` refuses, disk-full, output-folder-missing and output-unwritable.
 */
export async function makeWhole<Value>(
  file: string,
  fill: (temporary: string) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const target = whereLinkLeads(file)
  const temporary = join(dirname(target), `.${basename(target).slice(0, 40)}.${randomUUID()}.part`)
  temporaries.add(temporary)
  try {
    await discardStale(dirname(target))
    const filled = await fill(temporary)
    if (!filled.ok) return filled
    renameSync(temporary, target)
    temporaries.delete(temporary)
    return filled
  } catch (error) {
    if (!isSystemError(error)) throw error
    return writeRefusal(file, error.code)
  } finally {
    if (temporaries.delete(temporary)) await rm(temporary, { force: true }).catch(() => undefined)
  }
}

function whereLinkLeads(file: string): string {
  try {
    return realpathSync.native(file)
  } catch {
    return file
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

function writeRefusal(file: string, code: string | undefined): Outcome<never> {
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return refuse('disk-full')
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return refuse('output-folder-missing', { folder: dirname(file) })
  }
  return refuse('output-unwritable', { file })
}

/** Whether the operating system refused, as against a bug. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
