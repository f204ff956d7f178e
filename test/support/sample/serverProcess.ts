import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const launcher = join(import.meta.dirname, '../../../src/cli/saraban.mjs')

/** A central server in a process of its own, with the sample organisation. */
export interface ServerProcess {
  readonly url: string
  readonly process: ChildProcess
  /** What it has written to standard output and error so far. */
  said(): string
  /** Stops it as an administrator would. */
  stop(): Promise<void>
  /** Kills it with SIGKILL, as a power cut would. */
  kill(): Promise<void>
}

/** What the server is started with; `port` 0 takes any free one. */
export interface ServerAsked {
  readonly data: string
  readonly trust: string
  readonly port?: number
}

/** Starts `saraban server` and waits until it listens. */
export async function startServerProcess({ data, trust, port = 0 }: ServerAsked): Promise<ServerProcess> {
  const flags = ['server', '--sample', '--json', '--data', data, '--trust', trust, '--port', String(port)]
  const child = spawn(process.execPath, [launcher, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  child.stderr.on('data', (chunk) => {
    said += chunk
    process.stderr.write(chunk)
  })
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string | number | null]
  if (typeof line !== 'string') throw new Error(`the server ended with ${line} before it listened`)
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal)
    await ended
  }
  return {
    url: (JSON.parse(line) as { listening: string }).listening,
    process: child,
    said: () => said,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}
