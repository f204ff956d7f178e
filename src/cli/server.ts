import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type ServerOptions, startServer } from '../server/start.ts'
import { accept, type Outcome, type Refusal, refuse } from '../shared/outcome.ts'
import { refusals } from '../shared/refusals.ts'

/**
 * `saraban server [--data DIR] [--port N] [--host H] [--sample] [--trust PEM]… [--json]`: runs the central server
 * until SIGTERM or SIGINT. DATABASE_URL names a PostgreSQL to use in place of its own. Returns the exit code.
 */
export async function server(argv: string[]): Promise<number> {
  const json = argv.includes('--json')
  const options = await readOptions(argv)
  if (!options.ok) return tellRefusal(options.refusal, json)
  const stopping = new Promise<void>((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop())
  })
  const running = await startServer(options.value)
  console.log(
    json
      ? JSON.stringify({ listening: running.url })
      : `เครื่องแม่ข่ายพร้อมที่ ${running.url} · The server is ready at ${running.url}`,
  )
  await stopping
  await running.stop()
  return 0
}

async function readOptions(argv: string[]): Promise<Outcome<ServerOptions>> {
  const read = readFlags(argv)
  if (!read.ok) return read
  const { data, port, host, sample, trust } = read.value
  const portNumber = port === undefined ? undefined : Number(port)
  if (portNumber !== undefined && !(Number.isInteger(portNumber) && portNumber >= 0 && portNumber < 65536)) {
    return refuse('usage', { problem: `--port ${port}` })
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

function readFlags(argv: string[]) {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        data: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        sample: { type: 'boolean' },
        trust: { type: 'string', multiple: true },
        json: { type: 'boolean' },
      },
    })
    return accept(values)
  } catch (error) {
    return refuse('usage', { problem: error instanceof Error ? error.message : String(error) })
  }
}

function tellRefusal({ code, detail }: Refusal, json: boolean): number {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(detail?.[name] ?? ''))
  const { th, en, nextTh, nextEn } = refusals[code]
  if (json) console.log(JSON.stringify({ code, message: fill(en), next: fill(nextEn) }))
  else console.error(`${fill(th)} — ${fill(nextTh)}\n${fill(en)} ${fill(nextEn)}`)
  return 2
}
