import type { FastifyInstance, FastifyRequest } from 'fastify'
import { tokensOf } from '../../shared/domain/audience.ts'
import { callerOf, type FoundCaller } from '../accounts/sessions.ts'
import { replyRefusal } from './refusalReply.ts'
import type { Services } from './services.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is calling; set on every route that needs a session. */
    caller: FoundCaller
  }
}

/** Lets only callers with a standing session through to the routes of `app`. */
export function requireSession(app: FastifyInstance, { database, clock }: Services): void {
  app.decorateRequest('caller', null as unknown as FoundCaller)
  app.addHook('onRequest', async (request, reply) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ')
    if (scheme !== 'Bearer' || !token) return replyRefusal(reply, { code: 'session-ended' })
    const caller = await callerOf(database, token, clock())
    if (!caller.ok) return replyRefusal(reply, caller.refusal)
    request.caller = caller.value
  })
}

/** The audience tokens that the caller carries now. */
export async function callerTokens(
  { organisation, clock }: Services,
  { caller }: Pick<FastifyRequest, 'caller'>,
): Promise<string[]> {
  const directory = await organisation.directory(caller.organisationVersion)
  return directory ? tokensOf(caller.personId, directory, clock().toISOString()) : []
}
