import fastify, { type FastifyInstance } from 'fastify'
import { requireSession } from './authentication.ts'
import { exchangeRoutes } from './exchangeRoutes.ts'
import { fileRoutes } from './fileRoutes.ts'
import { guardAnswers } from './headers.ts'
import { healthRoutes } from './healthRoutes.ts'
import { letterRoutes } from './letterRoutes.ts'
import { logOptions, logRequests } from './log.ts'
import { type Metrics, measureRequests } from './metrics.ts'
import { officeRoutes } from './officeRoutes.ts'
import { noteRoutes, openApiRoute } from './openApi.ts'
import { noteOutcomes } from './outcomes.ts'
import { pushRoute } from './pushRoute.ts'
import { limitAddresses, limitSessions, type RequestLimits } from './rateLimit.ts'
import type { Services } from './services.ts'
import { openSessionRoutes, signOutRoute } from './sessionRoutes.ts'
import { answerBeforeStopping } from './stopping.ts'
import { unreadable } from './unreadable.ts'
import { answerInProtocol } from './validation.ts'

const JSON_LIMIT_BYTES = 2_000_000
/** More than a token and what proxies add. */
const HEADERS_LIMIT_BYTES = 16_384
/** An upload on a slow line may take long, but not for ever. */
const REQUEST_TIMEOUT_MS = 10 * 60_000

/** How the HTTP side runs. */
export interface AppOptions {
  /** What is logged, at least: `info` for each request, `warn` and `error` for what went wrong. */
  readonly logLevel: string
  /** Proxies whose word on a caller's address is taken: addresses or networks (CIDR); none when absent. */
  readonly trustProxy?: readonly string[] | undefined
  /** Undefined: as many requests as come. */
  readonly limits: RequestLimits | undefined
  readonly metrics: Metrics
}

/** The HTTP side of the server, not listening yet. Logs go to standard error and hold no content and no secrets. */
export function buildApp(services: Services, options: AppOptions): FastifyInstance {
  const { limits, metrics, trustProxy } = options
  const app = fastify({
    ...logOptions(options.logLevel),
    bodyLimit: JSON_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { maxHeaderSize: HEADERS_LIMIT_BYTES },
    trustProxy: trustProxy && trustProxy.length > 0 ? [...trustProxy] : false,
    routerOptions: { maxParamLength: 100 },
    exposeHeadRoutes: false,
    ...unreadable,
  })
  guardAnswers(app)
  answerInProtocol(app)
  answerBeforeStopping(app)
  noteOutcomes(app)
  logRequests(app)
  measureRequests(app, metrics)
  const routes = noteRoutes(app)
  app.register(
    async (open) => {
      if (limits) await limitAddresses(open, limits)
      healthRoutes(open, services)
      openApiRoute(open, routes)
      openSessionRoutes(open, services)
      open.register(async (scope) => {
        requireSession(scope, services)
        if (limits) limitSessions(scope, limits)
        signOutRoute(scope, services)
        letterRoutes(scope, services)
        exchangeRoutes(scope, services)
        officeRoutes(scope, services)
        pushRoute(scope, services)
        scope.register(async (files) => fileRoutes(files, services))
      })
    },
    { prefix: '/v1' },
  )
  return app
}
