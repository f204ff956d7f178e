import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { AugmentedLevel } from '../shared/contract/letter.ts'
import type { Refusal } from '../shared/outcome.ts'
import type { TimestampService } from '../signing/timestampClient.ts'
import { startAugmentation } from './augment/augmentation.ts'
import { augmentInThread } from './augment/augmentInThread.ts'
import { commitGroup } from './commands/commitGroup.ts'
import { type CommandQueue, commandQueue } from './commands/queue.ts'
import { connect } from './database/connect.ts'
import { startEmbeddedPostgres } from './database/embeddedPostgres.ts'
import { migrate } from './database/migrate.ts'
import { type ExchangeOptions, openExchange } from './exchange/openExchange.ts'
import { followTokens } from './feed/followTokens.ts'
import { feedHead } from './feed/readFeed.ts'
import { listenToFeed } from './feed/signal.ts'
import { type RevisionCheck, workerChecks } from './files/checks.ts'
import { openFileStore } from './files/store.ts'
import { uploadsTo } from './files/upload.ts'
import { buildApp } from './http/app.ts'
import { serverMetrics } from './http/metrics.ts'
import { serveMetrics } from './http/metricsPort.ts'
import { pushStreams } from './http/pushStreams.ts'
import { type RequestLimits, usualLimits } from './http/rateLimit.ts'
import type { Services } from './http/services.ts'
import { startOfficeWork } from './office/officeWork.ts'
import { currentOrganisation } from './organisation/directory.ts'
import { foundKept } from './organisation/found.ts'
import { seedOrganisation } from './organisation/seed.ts'
import type { SampleLetters } from './sample/load.ts'
import { SAMPLE_PASSWORD, sampleOrganisation } from './sampleOrganisation.ts'

/** How long a stop waits for the HTTP side, which itself gives requests under way their time. */
const STOP_PATIENCE_MS = 10_000

/** How to run a server. */
export interface ServerOptions {
  /** The folder of the files and, without `databaseUrl`, of the database. */
  readonly dataFolder: string
  /** Any PostgreSQL; without it the server runs its own in the data folder. */
  readonly databaseUrl?: string | undefined
  /** Default 127.0.0.1. */
  readonly host?: string | undefined
  /** Default 0: any free port. */
  readonly port?: number | undefined
  /** Whether to set the sample organisation up where there is none. */
  readonly sample?: boolean | undefined
  /** A year of made-up letters for the sample organisation, loaded where there are none yet; `refused` hears why not. */
  readonly sampleLetters?: (SampleLetters & { readonly refused: (refusal: Refusal) => void }) | undefined
  /** Certificates in PEM that signers must chain to, besides those that the database has. */
  readonly trust?: readonly string[] | undefined
  /** Adds evidence to signed letters that came to rest; none is added where this is absent. */
  readonly augmentation?: AugmentationOptions | undefined
  /** Exchanges letters with other agencies through our e-CMS node. */
  readonly exchange?: ExchangeOptions | undefined
  /** Default `warn`; `info` logs each request. */
  readonly logLevel?: string | undefined
  /** Proxies whose word on a caller's address is taken: addresses or networks. */
  readonly trustProxy?: readonly string[] | undefined
  /** How many requests may come in a minute; `none` for as many as come. Default: usualLimits. */
  readonly limits?: Partial<RequestLimits> | 'none' | undefined
  /** Where on 127.0.0.1 the measures are told (0: any free port); nowhere when absent. */
  readonly metricsPort?: number | undefined
  /** Checks signed revisions in place of the server's own worker. */
  readonly revisionCheck?: RevisionCheck | undefined
  /** Takes commands in place of the server's own queue. */
  readonly queue?:
    | ((parts: Pick<Services, 'database' | 'organisation' | 'clock'>) => CommandQueue)
    | undefined
  /** Default: the system's clock. */
  readonly clock?: (() => Date) | undefined
}

/** How signatures are raised after the last signer. */
interface AugmentationOptions {
  readonly level: AugmentedLevel
  /** Time-stamp services (RFC 3161), the second asked when the first does not answer. */
  readonly timestampServices: readonly TimestampService[]
  /** How long a signed letter rests before, in milliseconds. */
  readonly restMs: number
}

/** A server that is listening. */
export interface RunningServer {
  /** Such as `http://127.0.0.1:8443`, without a slash at its end. */
  readonly url: string
  /** How to reach its database. */
  readonly databaseUrl: string
  /** Where its measures are told, if they are. */
  readonly metricsUrl: string | undefined
  /** Finishes what was begun, then stops everything that it started. */
  stop(): Promise<void>
}

/** Starts a server; resolves when it listens. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const dataFolder = resolve(options.dataFolder)
  await mkdir(dataFolder, { recursive: true })
  const closing: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close()
  }
  try {
    const running = await open(options, dataFolder, closing)
    return { ...running, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function open(options: ServerOptions, dataFolder: string, closing: (() => Promise<void>)[]) {
  const clock = options.clock ?? (() => new Date())
  const own = options.databaseUrl ? undefined : await startEmbeddedPostgres(join(dataFolder, 'database'))
  if (own) closing.push(() => own.stop())
  const databaseUrl = options.databaseUrl ?? own?.connectionString ?? ''
  const connection = connect(databaseUrl, () => undefined)
  closing.push(() => connection.end())
  const database = connection.kysely
  await migrate(database)
  if (options.sample || options.sampleLetters)
    await seedOrganisation(database, sampleOrganisation, SAMPLE_PASSWORD, clock)
  await foundKept(database, clock)
  for (const pem of options.trust ?? []) {
    await database
      .insertInto('trust')
      .values({ pem })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  const signal = await listenToFeed(databaseUrl, database, own?.revive)
  closing.push(() => signal.stop())
  const workers = workerChecks()
  closing.push(() => workers.close())
  const checks = options.revisionCheck ? { ...workers, revision: options.revisionCheck } : workers
  const organisation = currentOrganisation(database)
  const metrics = serverMetrics()
  const queue =
    options.queue?.({ database, organisation, clock }) ??
    commandQueue((group) => {
      metrics.groupCommitted(group.length)
      return commitGroup(database, organisation, clock, group)
    })
  closing.push(() => queue.drained())
  const store = await openFileStore(join(dataFolder, 'files'))
  if (options.sampleLetters) {
    // A server of an office has no need of all its texts.
    const { loadSampleLetters } = await import('./sample/load.ts')
    const now = clock().toISOString()
    const loaded = await loadSampleLetters({ database, store }, options.sampleLetters, now)
    if (!loaded.ok) options.sampleLetters.refused(loaded.refusal)
  }
  const uploads = uploadsTo(store, database)

  const streams = pushStreams()
  metrics.follow({
    queueLength: queue.waiting,
    feedHead: () => feedHead(database),
    openStreams: streams.count,
    pool: connection.pool,
  })
  const follow = followTokens(database)
  const officeWork = startOfficeWork({ database, store, queue, clock })
  closing.push(() => officeWork.stop())
  const app = buildApp(
    { database, organisation, queue, store, uploads, checks, signal, clock, follow, streams, officeWork },
    {
      logLevel: options.logLevel ?? 'warn',
      trustProxy: options.trustProxy,
      limits: options.limits === 'none' ? undefined : { ...usualLimits, ...options.limits },
      metrics,
    },
  )
  closing.push(async () => {
    const patience = setTimeout(() => app.server.closeAllConnections(), STOP_PATIENCE_MS)
    await app.close()
    clearTimeout(patience)
  })
  if (options.augmentation) {
    const { restMs, ...order } = options.augmentation
    const thread = augmentInThread(database, {
      ...order,
      services: { cacheFolder: join(dataFolder, 'revocation') },
    })
    closing.push(() => thread.close())
    const augmentation = startAugmentation({
      ...{ database, store, queue, clock, restMs, augment: thread.augment },
      refused: (letterId, { code, detail }) =>
        app.log.warn({ letterId, code, detail }, 'no evidence was added'),
    })
    closing.push(() => augmentation.stop())
  }
  let metricsUrl: string | undefined
  if (options.metricsPort !== undefined) {
    const port = await serveMetrics(metrics.registry, options.metricsPort)
    closing.push(() => port.close())
    metricsUrl = port.url
  }
  if (options.exchange) {
    const exchange = openExchange(options.exchange, {
      ...{ database, store, clock, queue, organisation },
      refused: ({ code, detail }) => app.log.warn({ code, detail }, 'the exchange does not go on'),
    })
    closing.push(() => exchange.stop())
  }
  const url = await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 })
  return { url, databaseUrl, metricsUrl }
}
