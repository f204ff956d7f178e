import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

const zip = promisify(gzip)
/** Below this, packing costs more than it saves. */
const WORTH_PACKING = 1024

/** Sends `answer` as JSON, packed with gzip where the caller takes it and it is worth it. */
export const compressed = (
  request: FastifyRequest,
  reply: FastifyReply,
  answer: unknown,
): Promise<FastifyReply> => compressedText(request, reply, JSON.stringify(answer))

/** Sends an answer that is JSON text already. */
export async function compressedText(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
): Promise<FastifyReply> {
  const json = Buffer.from(text)
  reply.type('application/json; charset=utf-8').header('vary', 'accept-encoding')
  const accepts = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  if (!accepts || json.length < WORTH_PACKING) return reply.send(json)
  return reply.header('content-encoding', 'gzip').send(await zip(json, { level: constants.Z_BEST_SPEED }))
}
