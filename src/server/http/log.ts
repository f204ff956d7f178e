import { randomUUID } from 'node:crypto'
import { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'

/** How the server's log is written: JSON lines on standard error, each with the time in UTC; no request is logged twice. */
export const logOptions = (level: string): FastifyServerOptions => ({
  logger: {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    stream: process.stderr,
    // Fastify would write the whole address, with its query, and the peer's.
    serializers: { req: () => ({}), res: () => ({}), err: faultOf },
  },
  logController: new LogController({ disableRequestLogging: true }),
  genReqId: () => randomUUID(),
  requestIdHeader: false,
})

/** A fault as it may be kept: never its message, which can hold what people wrote. */
function faultOf(error: Error & { code?: string }) {
  const at = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return { type: error.name, message: error.code ?? '', stack: at.join('\n') }
}

/**
 * Logs each answered request in one line: its route as it was registered, never the address asked for, with who asked
 * and what came of it. No content, names, tokens or passwords are among it.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { caller, commandOutcomes, refusalCode } = request
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        ...(caller && { person: caller.personId, device: caller.deviceId }),
        ...(refusalCode && { code: refusalCode }),
        ...(commandOutcomes.length > 0 && { commands: commandOutcomes }),
      },
      'request',
    )
  })
}
