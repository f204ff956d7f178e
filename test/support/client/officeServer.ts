import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startServerProcess } from '../server/testServer.ts'

/** The central server of a test, in a process of its own, that can lose its power and come back. */
export interface OfficeServer {
  readonly url: string
  /** Kills it at once, its database too. */
  kill(): Promise<void>
  /** Starts it again on the same data and the same port. */
  start(): Promise<void>
}

/** Starts a server with the sample organisation on data in `folder`; it trusts the root in `rootPem`. */
export async function startOfficeServer(folder: string, rootPem?: string): Promise<OfficeServer> {
  const trust = rootPem === undefined ? [] : ['--trust', rootPem]
  const run = (port: string) => startServerProcess(['--data', folder, '--sample', '--port', port, ...trust])
  let running = await run('0')
  const { url } = running
  return {
    url,
    kill: async () => {
      await running.kill()
      await killDatabase(folder)
    },
    start: async () => {
      running = await run(new URL(url).port)
    },
  }
}

/** The database outlives the server that started it, as it should; a test must not leave it behind. */
async function killDatabase(folder: string) {
  const content = await readFile(join(folder, 'database/cluster/postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(content.split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 0) return
  process.kill(pid, 'SIGQUIT')
  while (isRunning(pid)) await wait(20)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
