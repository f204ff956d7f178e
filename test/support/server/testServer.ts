import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type RunningServer, type ServerOptions, startServer } from '../../../src/server/start.ts'

/** A folder for one test file's server; `remove` takes it away. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'saraban-server-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** A real server with the sample organisation on a PostgreSQL of its own, in this process. */
export async function startTestServer(
  options: Omit<ServerOptions, 'dataFolder'> = {},
): Promise<RunningServer & { readonly dataFolder: string }> {
  const folder = await temporaryFolder()
  const server = await startServer({ sample: true, ...options, dataFolder: folder.path })
  const stop = async () => {
    await server.stop()
    await folder.remove()
  }
  return { ...server, dataFolder: folder.path, stop }
}

/** A server in a process of its own, as `saraban server` runs it. */
export interface ServerProcess {
  readonly url: string
  readonly process: ChildProcess
  /** Kills the process at once, as a power cut would. */
  kill(): Promise<void>
  /** Asks it to stop; returns its exit code. */
  stop(): Promise<number | null>
}

const entry = fileURLToPath(new URL('./serverEntry.ts', import.meta.url))

/** Starts `saraban server` with `parameters` and waits until it listens. */
export async function startServerProcess(parameters: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, [entry, ...parameters, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const url = await Promise.race([
    firstLine(child),
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
    kill: async () => {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the server has no output')
  for await (const line of createInterface(child.stdout)) {
    return (JSON.parse(line) as { listening: string }).listening
  }
  return new Promise(() => undefined)
}
