import type { FastifyInstance } from 'fastify'

/** What became of one command of a request, without anything that people wrote. */
interface CommandOutcome {
  readonly id: string
  readonly type: string
  /** `accepted`, or the refusal's code. */
  readonly outcome: string
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The code of the refusal that the request was answered with; null for any other answer. */
    refusalCode: string | null
    /** What became of the request's commands. */
    commandOutcomes: readonly CommandOutcome[]
  }
}

/** Notes on every request what came of it, for the log and the metrics. */
export function noteOutcomes(app: FastifyInstance): void {
  app.decorateRequest('refusalCode', null)
  app.decorateRequest('commandOutcomes', null as unknown as readonly CommandOutcome[])
  app.addHook('onRequest', async (request) => {
    request.commandOutcomes = []
  })
  app.addHook('preSerialization', async (request, reply, payload: Answer) => {
    if (reply.statusCode >= 400) request.refusalCode = payload.code ?? null
    const { commands } = (request.body ?? {}) as { commands?: readonly { body: { type: string } }[] }
    if (commands && reply.statusCode < 400 && Array.isArray(payload.results)) {
      request.commandOutcomes = payload.results.map(({ id, outcome, refusal }, index) => ({
        id,
        type: commands[index]?.body.type ?? '',
        outcome: refusal?.code ?? outcome,
      }))
    }
    return payload
  })
}

/** As much of an answer as is looked at. */
interface Answer {
  readonly code?: string
  readonly results?: readonly { id: string; outcome: string; refusal?: { code: string } }[]
}
