import type { FastifyReply } from 'fastify'
import type { Refusal } from '../../shared/outcome.ts'
import type { RefusalCode } from '../../shared/refusals.ts'

const STATUS: Partial<Record<RefusalCode, number>> = {
  'session-ended': 401,
  'device-revoked': 401,
  'sign-in-wrong': 401,
  'sign-in-locked': 429,
  'too-many-requests': 429,
  'file-missing': 404,
  'file-too-large': 413,
  'file-hash-mismatch': 422,
  'command-malformed': 400,
}

/** Answers with a refusal; the status follows from its code unless one is given. */
export const replyRefusal = (reply: FastifyReply, refusal: Refusal, status?: number): FastifyReply =>
  reply.code(status ?? STATUS[refusal.code] ?? 409).send(refusal)
