import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { checkKept } from '../../../src/server/keeping/check.ts'
import type { Finding } from '../../../src/server/keeping/findings.ts'
import { openKept } from '../../../src/server/keeping/openKept.ts'
import { type RunningServer, type ServerOptions, startServer } from '../../../src/server/start.ts'
import { dropGivenDatabases, givenDatabase } from './givenDatabase.ts'

/** A folder for one test file's server; `remove` takes it away. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'saraban-server-'))
  const remove = async () => {
    await dropGivenDatabases(path)
    await rm(path, { recursive: true, force: true })
  }
  return { path, remove }
}

/**
 * A real server with the sample organisation, in this process; on a PostgreSQL of its own, or a database of its own on
 * the one that TEST_DATABASE_URL names. When it stops, what it kept has to pass the server's own check.
 */
export async function startTestServer(
  options: Omit<ServerOptions, 'dataFolder'> = {},
): Promise<RunningServer & { readonly dataFolder: string }> {
  const folder = await temporaryFolder()
  const databaseUrl = options.databaseUrl ?? (await givenDatabase(folder.path))
  const server = await startServer({ sample: true, ...options, databaseUrl, dataFolder: folder.path })
  const stop = async () => {
    try {
      // Another app server leaves the database to the one that began it.
      if (options.databaseUrl === undefined) await expectSound(folder.path, server.databaseUrl)
    } finally {
      await server.stop()
      await folder.remove()
    }
  }
  return { ...server, dataFolder: folder.path, stop }
}

/** Fails when the logs and the tables of a server do not agree; its files are the tests' own to lose. */
async function expectSound(dataFolder: string, databaseUrl: string): Promise<void> {
  const kept = await openKept({ dataFolder, databaseUrl })
  if (!kept.ok) throw new Error(kept.refusal.code)
  const found: Finding[] = []
  await checkKept(kept.value, { fast: true }, (finding) => found.push(finding))
  await kept.value.close()
  const wrong = found.filter(({ code }) => !code.startsWith('file-'))
  if (wrong.length > 0) throw new Error(`the server is not sound: ${JSON.stringify(wrong.slice(0, 5))}`)
}

/** A server in a process of its own, as `saraban server` runs it. */
export interface ServerProcess {
  readonly url: string
  readonly process: ChildProcess
  /** What it has written to standard output and error so far. */
  said(): string
  /** Kills the process at once, as a power cut would. */
  kill(): Promise<void>
  /** Asks it to stop; returns its exit code. */
  stop(): Promise<number | null>
}

const entry = fileURLToPath(new URL('./serverEntry.ts', import.meta.url))

/** Starts `saraban server` with `parameters` and waits until it listens; `quiet` keeps its log from the test's own. */
export async function startServerProcess(
  parameters: readonly string[],
  { quiet = false }: { readonly quiet?: boolean } = {},
): Promise<ServerProcess> {
  const data = parameters[parameters.indexOf('--data') + 1]
  const given = data === undefined ? undefined : await givenDatabase(data)
  return startProcess(entry, [...parameters, '--json'], { quiet, ...(given && { databaseUrl: given }) })
}

/** Runs a script that starts a server and writes where it listens, as `saraban server --json` does. */
export async function startProcess(
  script: string,
  parameters: readonly string[],
  { quiet = false, databaseUrl }: { readonly quiet?: boolean; readonly databaseUrl?: string } = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [script, ...parameters], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(databaseUrl && { DATABASE_URL: databaseUrl }) },
  })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  child.stderr.on('data', (chunk) => {
    said += chunk
    if (!quiet) process.stderr.write(chunk)
  })
  const ended = once(child, 'exit')
  const url = await Promise.race([
    firstLine(child.stdout),
    ended.then(([code]) => Promise.reject(new Error(`the server ended with ${code} before it listened`))),
  ])
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    const [code] = (await ended) as [number | null]
    return code
  }
  return {
    url,
    process: child,
    said: () => said,
    kill: async () => {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
  }
}

async function firstLine(output: Readable): Promise<string> {
  const [line] = (await once(createInterface({ input: output }), 'line')) as [string]
  return (JSON.parse(line) as { listening: string }).listening
}
