import { spawnSync } from 'node:child_process'

/** What a program printed, and its exit code. */
export interface Run {
  readonly status: number
  readonly stdout: string
  readonly output: string
}

/** Runs a program that the tests need; a program that is not installed is named, with the package to install. */
export function run(
  program: string,
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>
    readonly cwd?: string
    readonly input?: string
  } = {},
): Run {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...options,
    env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
  })
  if (error !== undefined) {
    if ('code' in error && error.code === 'ENOENT') {
      throw new Error(
        `${program} is not installed; it comes with the package ${packageOf[program] ?? program}.`,
      )
    }
    throw error
  }
  return { status: status ?? -1, stdout, output: `${stdout}${stderr}` }
}

/** The Debian package of each program that is used in tests. */
const packageOf: Readonly<Record<string, string>> = {
  openssl: 'openssl',
  'softhsm2-util': 'softhsm2',
  certutil: 'libnss3-tools',
  pk12util: 'libnss3-tools',
  pdfsig: 'poppler-utils',
  mutool: 'mupdf-tools',
  qpdf: 'qpdf',
}

/** Runs a program that has to succeed. */
export function mustRun(...args: Parameters<typeof run>): Run {
  const result = run(...args)
  if (result.status !== 0) throw new Error(`${args[0]} ${args[1].join(' ')} failed:\n${result.output}`)
  return result
}
