import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { Rebuilt } from './repair.ts'

const mostWarnings = 20

/**
 * Rebuilds a file with qpdf; content streams stay as they are. Undefined when PATH has no qpdf or it finds no file
 * in the bytes or takes too long. Refuses file-needs-password, and disk-full.
 */
export async function rebuildWithQpdf(
  bytes: Uint8Array,
  limits: { readonly signal?: AbortSignal; readonly milliseconds: number },
): Promise<Outcome<Rebuilt> | undefined> {
  const program = findQpdf()
  if (program === undefined) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'saraban-repair-'))
  try {
    const [from, to] = [join(folder, 'from.pdf'), join(folder, 'to.pdf')]
    await writeFile(from, bytes, { mode: 0o600 })
    const args = ['--decrypt', '--stream-data=preserve', from, to]
    const { status, said } = await run(program, args, limits)
    if (said.includes('invalid password')) return refuse('file-needs-password')
    if (status !== 0 && status !== withWarnings) return undefined
    const warnings = said.split(/\r?\n/).flatMap((line) => warningIn(line, from))
    return accept({ bytes: await readFile(to), warnings: warnings.slice(0, mostWarnings) })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return refuse('disk-full')
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Exit code of qpdf when the copy was made but something was wrong. */
const withWarnings = 3

/** Only absolute folders of PATH count: a program that lies beside a document is not run. */
function findQpdf(): string | undefined {
  const name = process.platform === 'win32' ? 'qpdf.exe' : 'qpdf'
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => isAbsolute(folder))
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/** Runs the program without a shell. `status` is undefined when it was killed or could not be started. */
function run(
  program: string,
  args: readonly string[],
  { signal, milliseconds }: { readonly signal?: AbortSignal; readonly milliseconds: number },
): Promise<{ status: number | undefined; said: string }> {
  const options = {
    timeout: milliseconds,
    killSignal: 'SIGKILL',
    maxBuffer: 16 << 20,
    windowsHide: true,
    ...(signal === undefined ? {} : { signal }),
    env: { ...process.env, LC_ALL: 'C' },
  } as const
  return new Promise((tell) => {
    execFile(program, args, options, (error, _, said) => {
      const status = error === null ? 0 : error.code
      tell({ status: typeof status === 'number' ? status : undefined, said })
    })
  })
}

const warningIn = (line: string, path: string): string[] =>
  line.startsWith('WARNING: ') ? [line.slice('WARNING: '.length).replace(path, '').replace(/^:? +/, '')] : []
