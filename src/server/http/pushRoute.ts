import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { standing } from '../accounts/sessions.ts'
import { feedHead } from '../feed/readFeed.ts'
import { turnAway } from './rateLimit.ts'
import type { Services } from './services.ts'

const HEARTBEAT_MS = 15_000
/** When one of a person's many streams may have been found dead and have made room. */
const TRY_AGAIN_SECONDS = 30

/** GET /events: tells the feed's head at once and whenever it moves (server-sent events, WHATWG HTML §9.2). */
export function pushRoute(app: FastifyInstance, { database, signal, streams }: Services): void {
  const open = new Set<ServerResponse>()
  app.addHook('preClose', async () => {
    for (const stream of open) stream.end()
  })

  app.get('/events', async (request, reply) => {
    const leave = streams.enter(request.caller.personId)
    if (!leave) return turnAway(reply, TRY_AGAIN_SECONDS)
    reply.hijack()
    const stream = reply.raw
    stream.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      // A stream that ends when the server stops must not leave an idle connection that keeps it from stopping.
      connection: 'close',
    })
    open.add(stream)
    let told = -1
    const tell = (head: number) => {
      if (head <= told) return
      told = head
      stream.write(`event: head\ndata: ${JSON.stringify({ head })}\n\n`)
    }
    const stopListening = signal.onHead(tell)
    const heartbeat = setInterval(async () => {
      stream.write(': still here\n\n')
      const caller = await standing(database, request.caller.sessionId).catch(() => undefined)
      if (caller && !caller.ok) stream.end()
    }, HEARTBEAT_MS)
    stream.on('close', () => {
      open.delete(stream)
      leave()
      stopListening()
      clearInterval(heartbeat)
    })
    try {
      tell(await feedHead(database))
    } catch {
      stream.end()
    }
  })
}
