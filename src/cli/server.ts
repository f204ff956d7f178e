import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type RunningServer, type ServerOptions, startServer } from '../server/start.ts'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import { readFlags, usage, wantsJson } from './flags.ts'
import { tellRefusal } from './tell.ts'

/**
 * `saraban server [--data DIR] [--port N] [--host H] [--sample] [--trust PEM]… [--json]`: runs the central server
 * until SIGTERM or SIGINT. DATABASE_URL names a PostgreSQL to use in place of its own. Returns the exit code.
 */
export async function server(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const options = await readOptions(argv)
  if (!options.ok) return tellRefusal(options.refusal, json, 2)
  const stopping = new Promise<void>((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop())
  })
  const started = await start(options.value)
  if (!started.ok) return tellRefusal(started.refusal, json, 2)
  const running = started.value
  console.log(
    json
      ? JSON.stringify({ listening: running.url })
      : `เครื่องแม่ข่ายพร้อมที่ ${running.url} · The server is ready at ${running.url}`,
  )
  await stopping
  await running.stop()
  return 0
}

/** Starts the server; a port or a database that cannot be had is the caller's to mend. */
async function start(options: ServerOptions): Promise<Outcome<RunningServer>> {
  try {
    return accept(await startServer(options))
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall === 'listen') return usage(`--port ${options.port ?? 0}: ${code}`)
    if (options.databaseUrl && (syscall === 'connect' || syscall === 'getaddrinfo')) {
      return usage(`DATABASE_URL: ${code}`)
    }
    throw error
  }
}

const flags = {
  data: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  sample: { type: 'boolean' },
  trust: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const

async function readOptions(argv: string[]): Promise<Outcome<ServerOptions>> {
  const read = readFlags(argv, flags)
  if (!read.ok) return read
  const { data, port, host, sample, trust } = read.value.values
  const [stray] = read.value.positionals
  if (stray !== undefined) return usage(stray)
  const portNumber = port === undefined ? undefined : Number(port)
  if (portNumber !== undefined && !(Number.isInteger(portNumber) && portNumber >= 0 && portNumber < 65536)) {
    return usage(`--port ${port}`)
  }
  const certificates: string[] = []
  for (const file of trust ?? []) {
    const pem = await readFile(file, 'utf8').catch(() => undefined)
    if (pem === undefined) return refuse('file-unreadable', { file })
    certificates.push(pem)
  }
  return accept({
    dataFolder: data ?? join(homedir(), '.saraban-server'),
    databaseUrl: process.env.DATABASE_URL || undefined,
    port: portNumber,
    host,
    sample,
    trust: certificates,
  })
}
