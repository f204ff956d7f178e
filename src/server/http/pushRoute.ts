import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { type FoundCaller, standing } from '../accounts/sessions.ts'
import { concerns } from '../feed/news.ts'
import { feedHead } from '../feed/readFeed.ts'
import { callerTokens } from './authentication.ts'
import { paced } from './paced.ts'
import { turnAway } from './rateLimit.ts'
import type { Services } from './services.ts'

const HEARTBEAT_MS = 15_000
/** When one of a person's many streams may have been found dead and have made room. */
const TRY_AGAIN_SECONDS = 30

/** How long a stream rests after each event; what comes meanwhile is one event, and one pull of the feed. */
const REST_MS = 200

/**
 * GET /events: tells the feed's head at once, and whenever it has moved over something that concerns the caller
 * (server-sent events, WHATWG HTML §9.2). Others are not told, so a commit does not make every client pull. Posts are
 * looked up with each heartbeat; who was given one a moment ago is told by the next pull what is theirs.
 */
export function pushRoute(app: FastifyInstance, services: Services): void {
  const { database, signal, streams } = services
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
    const news = paced<number>(REST_MS, (head) => {
      if (head <= told) return
      told = head
      stream.write(`event: head\ndata: ${JSON.stringify({ head })}\n\n`)
    })
    /** Unknown at first, and then everything concerns the caller. */
    let carried: ReadonlySet<string> | undefined
    const stopListening = signal.onNews((grown) => {
      if (!carried || concerns(grown, carried)) news.tell(grown.head)
    })
    const heartbeat = setInterval(async () => {
      stream.write(': still here\n\n')
      const caller = await standing(database, request.caller.sessionId).catch(() => undefined)
      if (caller?.ok) carried = await tokensNow(services, caller.value)
      else if (caller) stream.end()
    }, HEARTBEAT_MS)
    stream.on('close', () => {
      open.delete(stream)
      leave()
      stopListening()
      news.stop()
      clearInterval(heartbeat)
    })
    try {
      carried = await tokensNow(services, request.caller)
      news.tell(await feedHead(database))
    } catch {
      stream.end()
    }
  })
}

/** The caller's tokens, undefined while they cannot be had. */
const tokensNow = (services: Services, caller: FoundCaller): Promise<ReadonlySet<string> | undefined> =>
  callerTokens(services, { caller }).then(
    (tokens) => new Set(tokens),
    () => undefined,
  )
