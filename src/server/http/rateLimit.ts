import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { callerAddress } from './callerAddress.ts'
import { replyRefusal } from './refusalReply.ts'

const MINUTE_MS = 60_000
/** Sessions and addresses that are remembered; the longest silent are forgotten first. */
const REMEMBERED = 50_000

/** How many requests may come in a minute. */
export interface RequestLimits {
  /** From one address, to everything: a whole office may stand behind one. */
  readonly address: number
  /** From one address, to sign in: each costs a hash of a password that is slow on purpose. */
  readonly signIn: number
  /** From one address, to renew sessions: an office's clients come back all at once after a power cut. */
  readonly refresh: number
  /** From one session, to send commands; a request may hold 64 of them. */
  readonly commands: number
  /** From one session, to read the feed or the snapshot. */
  readonly feed: number
  /** From one session, to look for, send and fetch parts of files. */
  readonly files: number
  /** From one session, to anything else. */
  readonly other: number
}

/**
 * Far above what a person and a busy client do, and below what harms the others: they stop a client that has gone
 * wrong, or a stolen session, not someone who works fast.
 */
export const usualLimits: RequestLimits = {
  address: 60_000,
  signIn: 600,
  refresh: 3000,
  commands: 3000,
  feed: 6000,
  files: 6000,
  other: 1200,
}

type Kind = keyof RequestLimits

/** What a route counts as, by the address under which it was registered. */
const kinds: Readonly<Record<string, Kind>> = {
  '/v1/sign-in': 'signIn',
  '/v1/refresh': 'refresh',
  '/v1/commands': 'commands',
  '/v1/feed': 'feed',
  '/v1/snapshot': 'feed',
  '/v1/files/:sha256': 'files',
}
const kindOf = (request: FastifyRequest): Kind => kinds[request.routeOptions.url ?? ''] ?? 'other'

/** Turns requests away before anything is asked of the database: by address, and sign-ins and renewals apart. */
export async function limitAddresses(app: FastifyInstance, limits: RequestLimits): Promise<void> {
  await app.register(rateLimit, { global: false, cache: REMEMBERED })
  const whole = limiter(app, limits, () => 'address')
  const open = limiter(app, limits, kindOf)
  app.addHook('onRequest', async (request, reply) => {
    const kind = kindOf(request)
    const caller = callerAddress(request.ip)
    const tooMany =
      (await whole(request, caller)) ??
      (kind === 'signIn' || kind === 'refresh' ? await open(request, caller) : undefined)
    return tooMany === undefined ? undefined : turnAway(reply, tooMany)
  })
}

/** Turns requests away by session; comes after `requireSession`, within an app that `limitAddresses` knows. */
export function limitSessions(app: FastifyInstance, limits: RequestLimits): void {
  const counted = limiter(app, limits, kindOf)
  app.addHook('onRequest', async (request, reply) => {
    const tooMany = await counted(request, request.caller.sessionId)
    return tooMany === undefined ? undefined : turnAway(reply, tooMany)
  })
}

/** Counts requests of each kind and caller; tells the seconds to wait once there are too many. */
function limiter(app: FastifyInstance, limits: RequestLimits, kind: (request: FastifyRequest) => Kind) {
  const callers = new WeakMap<FastifyRequest, string>()
  const count = app.createRateLimit({
    timeWindow: MINUTE_MS,
    max: (request) => limits[kind(request)],
    keyGenerator: (request) => `${kind(request)} ${callers.get(request)}`,
  })
  return async (request: FastifyRequest, caller: string): Promise<number | undefined> => {
    callers.set(request, caller)
    const counted = await count(request)
    return counted.isAllowed || !counted.isExceeded ? undefined : Math.max(1, counted.ttlInSeconds)
  }
}

/** Answers that too many came, and when to come again. */
export const turnAway = (reply: FastifyReply, seconds: number): FastifyReply =>
  replyRefusal(reply.header('retry-after', seconds), { code: 'too-many-requests', detail: { seconds } })
