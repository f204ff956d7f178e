import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { idSchema } from '../../shared/contract/facts.ts'
import { commandsSchema } from '../../shared/contract/sync.ts'
import { handleCommands } from '../commands/handle.ts'
import { readFeed } from '../feed/readFeed.ts'
import { readSnapshot } from '../feed/readSnapshot.ts'
import { callerTokens } from './authentication.ts'
import { compressed, compressedText } from './compressed.ts'
import { digits } from './digits.ts'
import { replyRefusal } from './refusalReply.ts'
import type { Services } from './services.ts'

const cursorSchema = z.object({
  after: digits(0, Number.MAX_SAFE_INTEGER).default(0),
  limit: digits(1, 2000).default(500),
})
const snapshotSchema = z.object({
  open: z.enum(['true', 'false']).default('false'),
  before: idSchema.optional(),
  limit: digits(1, 2000).default(500),
})

/** GET /organisation, POST /commands, GET /feed, GET /snapshot. */
export function letterRoutes(app: FastifyInstance, services: Services): void {
  const { organisation, database, queue, follow } = services

  app.get('/organisation', async (request, reply) => {
    const directory = await organisation.directory(request.caller.organisationVersion)
    if (!directory)
      return replyRefusal(reply, { code: 'command-malformed', detail: { field: 'address' } }, 404)
    const tag = `"${directory.organisation.version}"`
    reply.header('etag', tag)
    if (request.headers['if-none-match'] === tag) return reply.code(304).send()
    return compressed(request, reply, directory.organisation)
  })

  app.post<{ Body: z.infer<typeof commandsSchema> }>(
    '/commands',
    { schema: { body: commandsSchema } },
    async (request) => {
      const tokens = await callerTokens(services, request)
      return { results: await handleCommands(services, queue, request.caller, tokens, request.body.commands) }
    },
  )

  app.get<{ Querystring: z.infer<typeof cursorSchema> }>(
    '/feed',
    { schema: { querystring: cursorSchema } },
    async (request, reply) => {
      const { after, limit } = request.query
      const tokens = await callerTokens(services, request)
      await follow(request.caller.personId, tokens)
      return compressed(request, reply, await readFeed(database, tokens, after, limit))
    },
  )

  app.get<{ Querystring: z.infer<typeof snapshotSchema> }>(
    '/snapshot',
    { schema: { querystring: snapshotSchema } },
    async (request, reply) => {
      const { open, before, limit } = request.query
      const tokens = await callerTokens(services, request)
      await follow(request.caller.personId, tokens)
      const range = { open: open === 'true', before: before ?? null, limit }
      const { text, next } = await readSnapshot(database, tokens, range)
      // So that the next page can be asked for before this one has been read (RFC 8288).
      if (next) reply.header('link', `<?open=${open}&before=${next}&limit=${limit}>; rel="next"`)
      return compressedText(request, reply, text)
    },
  )
}
