import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

const zip = promisify(gzip)
/** Below this, packing costs more than it saves. */
const WORTH_PACKING = 1024

/** Sends `answer` as JSON, packed with gzip where the caller takes it and it is worth it. */
export async function compressed(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: unknown,
): Promise<FastifyReply> {
  const json = Buffer.from(JSON.stringify(answer))
  reply.type('application/json; charset=utf-8').header('vary', 'accept-encoding')
  const accepts = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  if (!accepts || json.length < WORTH_PACKING) return reply.send(json)
  return reply.header('content-encoding', 'gzip').send(await zip(json, { level: constants.Z_BEST_SPEED }))
}
