import type { FastifyInstance } from 'fastify'

/** How long requests under way may take once the server stops; what is cut off is sent again by the client. */
const LAST_ANSWERS_MS = 8_000
const LOOK_EVERY_MS = 20

/**
 * Lets requests under way be answered when the server stops, and closes every connection as soon as none is: clients
 * keep theirs open, and one that never asked anything would keep the server from stopping.
 */
export function answerBeforeStopping(app: FastifyInstance): void {
  let underWay = 0
  app.addHook('onRequest', async (_, reply) => {
    underWay += 1
    // Also when the caller went away before it was answered.
    reply.raw.once('close', () => {
      underWay -= 1
    })
  })
  app.addHook('preClose', async () => {
    const until = Date.now() + LAST_ANSWERS_MS
    const look = setInterval(() => {
      if (underWay > 0 && Date.now() < until) return
      clearInterval(look)
      app.server.closeAllConnections()
    }, LOOK_EVERY_MS)
  })
}
