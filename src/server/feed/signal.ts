import { setTimeout as wait } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { APPLICATION_NAME } from '../database/connect.ts'
import type { Tables } from '../database/tables.ts'
import { FEED_CHANNEL } from './appendFeed.ts'
import { type FeedNews, parseNews } from './news.ts'
import { feedHead } from './readFeed.ts'

const RECONNECT_MS = 1000

/** Tells when the feed has grown, whichever app server made it grow. */
export interface FeedSignal {
  /** Calls `listener` after each growth; returns how to stop. */
  onNews(listener: (news: FeedNews) => void): () => void
  stop(): Promise<void>
}

/**
 * Listens to the database's notifications on a connection of its own. When the connection breaks, `revive` brings
 * the database back where that is this server's task, and listening goes on.
 */
export async function listenToFeed(
  connectionString: string,
  database: Kysely<Tables>,
  revive: () => Promise<void> = async () => undefined,
): Promise<FeedSignal> {
  const listeners = new Set<(news: FeedNews) => void>()
  const tell = (news: FeedNews) => {
    for (const listener of listeners) listener(news)
  }
  let client: pg.Client | undefined
  let stopped = false

  const open = async () => {
    const opening = new pg.Client({ connectionString, application_name: APPLICATION_NAME })
    opening.on('notification', ({ payload }) => tell(parseNews(payload ?? '')))
    opening.on('error', () => undefined)
    await opening.connect()
    await opening.query(`listen ${FEED_CHANNEL}`)
    opening.once('end', reopen)
    client = opening
  }
  const reopen = async () => {
    while (!stopped) {
      try {
        await revive()
        await open()
        // What grew while the connection was broken was not heard.
        tell({ head: await feedHead(database), tokens: null })
        return
      } catch {
        await wait(RECONNECT_MS)
      }
    }
  }

  await open()
  return {
    onNews: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: async () => {
      stopped = true
      await client?.end()
    },
  }
}
