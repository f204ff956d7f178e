import { mkdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import { usage } from './flags.ts'

/** The flags that say where results go. */
export const outputFlags = {
  out: { type: 'string' },
  'out-dir': { type: 'string' },
  force: { type: 'boolean' },
} as const

/** The values of `outputFlags`. */
export interface OutputOptions {
  readonly out?: string | undefined
  readonly 'out-dir'?: string | undefined
  readonly force?: boolean | undefined
}

/** A file to be worked on, and the file that is made of it. */
export interface Errand {
  readonly from: string
  readonly to: string
  /** Whether a file that exists under that name is replaced. */
  readonly replaces: boolean
}

/**
 * What is to be made of each file: `--out` names the result of the only one, `--out-dir` a folder in which results
 * keep the names of their files, and which is made when it is missing. Refuses usage, output-folder-missing (the one
 * above it is missing as well) and output-twice.
 */
export async function planOutputs(
  files: readonly string[],
  { out, 'out-dir': folder, force = false }: OutputOptions,
): Promise<Outcome<Errand[]>> {
  const [file] = files
  if (file === undefined) return usage('FILE')
  if (out !== undefined && folder !== undefined) return usage('--out --out-dir')
  if (folder === undefined || folder === '') {
    if (out === undefined || out === '') return usage('--out')
    if (files.length > 1) return usage('--out-dir')
    return accept([{ from: file, to: out, replaces: true }])
  }
  const errands = files.map((from) => ({ from, to: join(folder, basename(from)), replaces: force }))
  const names = new Set<string>()
  for (const { to } of errands) {
    // Some systems take Letter.pdf and letter.pdf for one file.
    const name = to.toLowerCase()
    if (names.has(name)) return refuse('output-twice', { file: to })
    names.add(name)
  }
  return (await isFolder(folder)) ? accept(errands) : refuse('output-folder-missing', { folder })
}

/** Whether the folder is there, which is made when only its own name is missing. */
async function isFolder(folder: string): Promise<boolean> {
  await mkdir(folder).catch(() => undefined)
  const kept = await stat(folder).catch(() => undefined)
  return kept?.isDirectory() === true
}

/**
 * Whether the result may be written, asked before any work is done for it. Refuses output-is-input, output-exists and
 * output-unwritable (a folder or a device bears its name).
 */
export async function checkOutput({ from, to, replaces }: Errand): Promise<Outcome<void>> {
  const there = await stat(to, { bigint: true }).catch(() => undefined)
  if (there === undefined) return accept(undefined)
  const input = await stat(from, { bigint: true }).catch(() => undefined)
  if (input?.dev === there.dev && input.ino === there.ino) return refuse('output-is-input', { file: to })
  if (!there.isFile()) return refuse('output-unwritable', { file: to })
  return replaces ? accept(undefined) : refuse('output-exists', { file: to })
}
