import type { FastifyInstance } from 'fastify'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What the gauges are read from when someone asks for them. */
interface MetricSources {
  readonly queueLength: () => number
  readonly feedHead: () => Promise<number>
  readonly openStreams: () => number
  readonly pool: () => { readonly total: number; readonly idle: number; readonly waiting: number }
}

/** A server's own measures; two servers in one process do not mix theirs. */
export interface Metrics {
  readonly registry: Registry
  /** Counts a group of commands that is committed together. */
  groupCommitted(size: number): void
  /** Begins to read the gauges. */
  follow(sources: MetricSources): void
}

/** Makes the measures of one server; labels are routes, types and codes, never who or what. */
export function serverMetrics(): Metrics {
  const registry = new Registry()
  const groups = new Histogram({
    name: 'saraban_command_group_size',
    help: 'Commands committed together.',
    buckets: [1, 2, 4, 8, 16, 32, 64],
    registers: [registry],
  })
  return {
    registry,
    groupCommitted: (size) => groups.observe(size),
    follow: (sources) => {
      const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
        new Gauge({
          name,
          help,
          registers: [registry],
          async collect() {
            // What cannot be read now, such as from a database that is away, keeps no one from the rest.
            this.set(await Promise.resolve(read()).catch(() => Number.NaN))
          },
        })
      new Gauge({
        name: 'saraban_database_connections',
        help: 'Connections of the database pool; waiting counts queries without one.',
        labelNames: ['state'],
        registers: [registry],
        collect() {
          const { total, idle, waiting } = sources.pool()
          this.set({ state: 'busy' }, total - idle)
          this.set({ state: 'idle' }, idle)
          this.set({ state: 'waiting' }, waiting)
        },
      })
      // The head is asked of the database, so after its connections were counted.
      gauge('saraban_command_queue_length', 'Commands that wait to be committed.', sources.queueLength)
      gauge('saraban_feed_head', 'The last entry of the feed.', sources.feedHead)
      gauge('saraban_push_streams', 'Streams of events that are open.', sources.openStreams)
    },
  }
}

/** Counts what an app's requests come to. */
export function measureRequests(app: FastifyInstance, { registry }: Metrics): void {
  const registers = [registry]
  const durations = new Histogram({
    name: 'saraban_http_request_duration_seconds',
    help: 'Time to answer a request.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const commands = new Counter({
    name: 'saraban_commands_total',
    help: 'Commands answered, by type and outcome: accepted, or the refusal’s code.',
    labelNames: ['type', 'outcome'],
    registers,
  })
  const signInFailures = new Counter({
    name: 'saraban_sign_in_failures_total',
    help: 'Sign-ins that were refused, by code.',
    labelNames: ['code'],
    registers,
  })
  const limited = new Counter({
    name: 'saraban_requests_limited_total',
    help: 'Requests turned away because too many came.',
    labelNames: ['route'],
    registers,
  })
  const fileBytes = new Counter({
    name: 'saraban_file_bytes_total',
    help: 'Bytes of files that came in and went out.',
    labelNames: ['direction'],
    registers,
  })

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    const status = `${Math.floor(reply.statusCode / 100)}xx`
    // A stream of events lasts as long as its client; that is no time to answer.
    if (route !== '/v1/events') {
      durations.observe({ method: request.method, route, status }, reply.elapsedTime / 1000)
    }
    for (const { type, outcome } of request.commandOutcomes) commands.inc({ type, outcome })
    const code = request.refusalCode
    if (code === 'too-many-requests') limited.inc({ route })
    else if (code !== null && route === '/v1/sign-in') signInFailures.inc({ code })
    if (route.startsWith('/v1/files/') && status === '2xx') {
      const moved =
        request.method === 'PUT' ? request.headers['content-length'] : reply.getHeader('content-length')
      if (request.method === 'PUT') fileBytes.inc({ direction: 'in' }, Number(moved ?? 0))
      if (request.method === 'GET') fileBytes.inc({ direction: 'out' }, Number(moved ?? 0))
    }
  })
}
