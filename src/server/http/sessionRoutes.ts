import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { refreshSchema, type SignIn, signInSchema } from '../../shared/contract/sync.ts'
import { endSession, refreshSession } from '../accounts/sessions.ts'
import { signInDesk } from '../accounts/signIn.ts'
import { callerAddress } from './callerAddress.ts'
import { failureLimit } from './failureLimit.ts'
import { turnAway } from './rateLimit.ts'
import { replyRefusal } from './refusalReply.ts'
import type { Services } from './services.ts'

/** POST /sign-in and /refresh: the routes that need no session. */
export function openSessionRoutes(app: FastifyInstance, { database, clock }: Services): void {
  const limit = failureLimit()
  const signIn = signInDesk(database)
  app.post<{ Body: SignIn }>('/sign-in', { schema: { body: signInSchema } }, async (request, reply) => {
    const address = callerAddress(request.ip)
    const minutesHeld = () => limit.minutesLeft(address, clock())
    const minutes = minutesHeld()
    if (minutes > 0) return replyRefusal(reply, { code: 'sign-in-locked', detail: { minutes } })
    const session = await signIn(request.body, clock(), minutesHeld)
    if (session.ok) return session.value
    const { refusal } = session
    if (refusal.code === 'too-many-requests') return turnAway(reply, Number(refusal.detail?.seconds))
    limit.count(address, clock())
    return replyRefusal(reply, refusal)
  })
  app.post<{ Body: z.infer<typeof refreshSchema> }>(
    '/refresh',
    { schema: { body: refreshSchema } },
    async (request, reply) => {
      const session = await refreshSession(database, request.body.refreshToken, clock())
      return session.ok ? session.value : replyRefusal(reply, session.refusal)
    },
  )
}

/** POST /sign-out. */
export function signOutRoute(app: FastifyInstance, { database, clock }: Services): void {
  app.post('/sign-out', async (request, reply) => {
    await endSession(database, request.caller.sessionId, clock())
    return reply.code(204).send()
  })
}
