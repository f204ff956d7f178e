import type { FastifyInstance } from 'fastify'

/**
 * What every answer says to a browser that is led to it: not to keep it, not to guess its type, not to run or frame
 * anything in it. Our own client needs none of this; a letter's PDF opened elsewhere does (ASVS 5.0 V3.4, V14.3).
 */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

/** Sends the headers with every answer of `app`. No answer lets a page of another origin read it (no CORS). */
export function guardAnswers(app: FastifyInstance): void {
  app.addHook('onRequest', async (_, reply) => {
    reply.headers(HEADERS)
  })
}
