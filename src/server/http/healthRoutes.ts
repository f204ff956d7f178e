import { statfs } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { feedHead } from '../feed/readFeed.ts'
import type { Services } from './services.ts'

/** Room that uploads and the database's log need to go on, in bytes. */
const ROOM_NEEDED = 500_000_000
const PATIENCE_MS = 2000

export const healthSchema = z.object({ ok: z.literal(true) })
/** What a server needs to be of use: each says whether it is there. */
export const readySchema = z.object({ ready: z.boolean(), database: z.boolean(), disk: z.boolean() })

/**
 * GET /health: the process answers; restart it when it does not. GET /ready: the database answers and the disk has
 * room; 503 when not, so that a load balancer sends people elsewhere.
 */
export function healthRoutes(app: FastifyInstance, { database, store }: Services): void {
  app.get('/health', async () => ({ ok: true }))
  app.get('/ready', async (_, reply) => {
    const [answers, room] = await Promise.all([
      inTime(feedHead(database).then(() => true)),
      inTime(statfs(store.uploads).then(({ bavail, bsize }) => bavail * bsize > ROOM_NEEDED)),
    ])
    const ready = answers && room
    return reply.code(ready ? 200 : 503).send({ ready, database: answers, disk: room })
  })
}

/** What `asked` says, or false when it fails or takes too long. */
async function inTime(asked: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, false)
  })
  return Promise.race([asked.catch(() => false), late]).finally(() => clearTimeout(timer))
}
