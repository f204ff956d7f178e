import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type RunningServer, type ServerOptions, startServer } from '../server/start.ts'
import { augmentedLevelSchema } from '../shared/contract/letter.ts'
import { accept, type Outcome, type Refusal, refuse } from '../shared/outcome.ts'
import { trustedRoots } from '../signing/trust/trustedRoots.ts'
import { readExchange } from './exchangeFlags.ts'
import { readFlags, usage, wantsJson } from './flags.ts'
import { inWords, refusalTexts, tellRefusal } from './tell.ts'

/** What is done to a server's data, each in a file of its own. */
const keepers: Readonly<Record<string, () => Promise<(argv: string[]) => Promise<number>>>> = {
  backup: async () => (await import('./server/backup.ts')).backup,
  'backup-key': async () => (await import('./server/backupKey.ts')).backupKey,
  restore: async () => (await import('./server/restore.ts')).restore,
  rebuild: async () => (await import('./server/rebuild.ts')).rebuild,
  check: async () => (await import('./server/check.ts')).check,
  password: async () => (await import('./server/password.ts')).password,
  'import-agencies': async () => (await import('./server/importAgencies.ts')).importAgencies,
  'import-register': async () => (await import('./server/importRegister.ts')).importRegister,
}

/** `saraban server`: keeps the server where a word such as `backup` says so, and else runs it. Returns the exit code. */
export async function server(argv: string[]): Promise<number> {
  const [word = '', ...rest] = argv
  const keeper = Object.hasOwn(keepers, word) ? await keepers[word]?.() : undefined
  return keeper ? keeper(rest) : run(argv)
}

/**
 * `saraban server [--data DIR] [--port N] [--host H] [--sample] [--sample-letters N [--seed S]] [--trust PEM]…
 * [--tsa URL]… [--json]`: runs the central server until SIGTERM or SIGINT. DATABASE_URL names a PostgreSQL to use in place of its own. With a time-stamp service
 * signed letters get evidence for later years (--level, --rest-minutes). `--ecms URL --ecms-ministry N --ecms-department N`
 * exchanges letters with other agencies through our e-CMS node. Returns the exit code.
 */
async function run(argv: string[]): Promise<number> {
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
      ? JSON.stringify({ listening: running.url, metrics: running.metricsUrl })
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
  'sample-letters': { type: 'string' },
  seed: { type: 'string' },
  trust: { type: 'string', multiple: true },
  tsa: { type: 'string', multiple: true },
  level: { type: 'string' },
  'rest-minutes': { type: 'string' },
  log: { type: 'string' },
  'metrics-port': { type: 'string' },
  'trust-proxy': { type: 'string', multiple: true },
  'rate-limit': { type: 'string' },
  ecms: { type: 'string' },
  'ecms-ministry': { type: 'string' },
  'ecms-department': { type: 'string' },
  json: { type: 'boolean' },
} as const

async function readOptions(argv: string[]): Promise<Outcome<ServerOptions>> {
  const read = readFlags(argv, flags)
  if (!read.ok) return read
  const { data, port, host, sample, trust, tsa, level, 'rest-minutes': restMinutes } = read.value.values
  const [stray] = read.value.positionals
  if (stray !== undefined) return usage(stray)
  const portNumber = readPort(port)
  if (portNumber === 'wrong') return usage(`--port ${port}`)
  const sampleLetters = readSampleLetters(read.value.values)
  if (!sampleLetters.ok) return sampleLetters
  const operation = readOperation(read.value.values)
  if (!operation.ok) return operation
  const certificates: string[] = []
  for (const file of trust ?? []) {
    const pem = await readFile(file, 'utf8').catch(() => undefined)
    if (pem === undefined) return refuse('file-unreadable', { file })
    certificates.push(pem)
  }
  const known = await trustedRoots()
  if (!known.ok) return known
  const augmentation = readAugmentation(tsa ?? [], level, restMinutes)
  if (!augmentation.ok) return augmentation
  const exchange = readExchange(read.value.values)
  if (!exchange.ok) return exchange
  return accept({
    dataFolder: data ?? join(homedir(), '.saraban-server'),
    databaseUrl: process.env.DATABASE_URL || undefined,
    port: portNumber,
    host,
    sample,
    sampleLetters: sampleLetters.value,
    trust: certificates,
    augmentation: augmentation.value,
    exchange: exchange.value,
    ...operation.value,
  })
}

/** A year of sample letters; the server runs without them where they are refused, and says why. */
function readSampleLetters(values: {
  readonly 'sample-letters'?: string | undefined
  readonly seed?: string | undefined
}): Outcome<ServerOptions['sampleLetters']> {
  const { 'sample-letters': asked, seed = '1' } = values
  if (asked === undefined) return values.seed === undefined ? accept(undefined) : usage('--sample-letters N')
  const letters = Number(asked)
  if (!/^\d+$/.test(asked) || letters < 1) return usage(`--sample-letters ${asked}`)
  if (!/^\d{1,9}$/.test(seed)) return usage(`--seed ${seed}`)
  const refused = (refusal: Refusal) => console.error(inWords(refusalTexts(refusal)))
  return accept({ letters, seed: Number(seed), refused })
}

/** A port's number; undefined when none is given. */
function readPort(port: string | undefined): number | undefined | 'wrong' {
  if (port === undefined) return undefined
  const number = Number(port)
  return /^\d+$/.test(port) && number < 65536 ? number : 'wrong'
}

const logLevels = ['debug', 'info', 'warn', 'error']

/** How the server is watched and guarded. */
function readOperation(values: {
  readonly log?: string | undefined
  readonly 'metrics-port'?: string | undefined
  readonly 'trust-proxy'?: string[] | undefined
  readonly 'rate-limit'?: string | undefined
}): Outcome<Pick<ServerOptions, 'logLevel' | 'metricsPort' | 'trustProxy' | 'limits'>> {
  const { log, 'metrics-port': metrics, 'trust-proxy': trustProxy = [], 'rate-limit': limit = 'on' } = values
  if (log !== undefined && !logLevels.includes(log)) return usage(`--log ${log}`)
  const metricsPort = readPort(metrics)
  if (metricsPort === 'wrong') return usage(`--metrics-port ${metrics}`)
  const stranger = trustProxy.find((network) => isIP(network.split('/')[0] ?? '') === 0)
  if (stranger !== undefined) return usage(`--trust-proxy ${stranger}`)
  if (limit !== 'on' && limit !== 'off') return usage(`--rate-limit ${limit}`)
  return accept({ logLevel: log, metricsPort, trustProxy, limits: limit === 'off' ? 'none' : undefined })
}

/** Long enough for a letter that goes on to the next signer at once. */
const usualRest = 10

/** Evidence is added where there is a time-stamp service; the other flags only say how. */
function readAugmentation(
  services: readonly string[],
  level: string | undefined,
  restMinutes: string | undefined,
): Outcome<ServerOptions['augmentation']> {
  const asked = augmentedLevelSchema.safeParse(level ?? 'B-LTA')
  if (!asked.success) return usage(`--level ${level}`)
  const minutes = restMinutes === undefined ? usualRest : Number(restMinutes)
  if (!(minutes >= 0)) return usage(`--rest-minutes ${restMinutes}`)
  const wrong = services.find((url) => !/^https?:\/\//.test(url))
  if (wrong !== undefined) return usage(`--tsa ${wrong}`)
  if (services.length === 0) {
    return level === undefined && restMinutes === undefined ? accept(undefined) : usage('--tsa URL')
  }
  return accept({
    level: asked.data,
    timestampServices: services.map((url) => ({ url })),
    restMs: minutes * 60_000,
  })
}
