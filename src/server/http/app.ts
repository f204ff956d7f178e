import fastify, { type FastifyInstance } from 'fastify'
import { requireSession } from './authentication.ts'
import { fileRoutes } from './fileRoutes.ts'
import { letterRoutes } from './letterRoutes.ts'
import { pushRoute } from './pushRoute.ts'
import type { Services } from './services.ts'
import { openSessionRoutes, signOutRoute } from './sessionRoutes.ts'
import { answerInProtocol } from './validation.ts'

const JSON_LIMIT_BYTES = 2_000_000
/** An upload on a slow line may take long, but not for ever. */
const REQUEST_TIMEOUT_MS = 10 * 60_000
/** How long requests under way may take once the server stops; what is cut off is sent again by the client. */
const LAST_ANSWERS_MS = 2000

/** The HTTP side of the server, not listening yet. Logs go to standard error and hold no content and no secrets. */
export function buildApp(services: Services, logLevel: string): FastifyInstance {
  const app = fastify({
    bodyLimit: JSON_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    logger: { level: logLevel, stream: process.stderr },
    routerOptions: { maxParamLength: 100 },
    exposeHeadRoutes: false,
  })
  answerInProtocol(app)
  // Connections that never asked anything count as busy for a long time and would keep the server from stopping.
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), LAST_ANSWERS_MS).unref()
  })
  app.register(
    async (open) => {
      open.get('/health', async () => ({ ok: true }))
      openSessionRoutes(open, services)
      open.register(async (scope) => {
        requireSession(scope, services)
        signOutRoute(scope, services)
        letterRoutes(scope, services)
        pushRoute(scope, services)
        scope.register(async (files) => fileRoutes(files, services))
      })
    },
    { prefix: '/v1' },
  )
  return app
}
