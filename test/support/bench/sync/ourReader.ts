import { randomBytes, randomUUID } from 'node:crypto'
import { startStore } from '../../../../src/main/client/store/store.ts'
import { serverConnection } from '../../../../src/main/client/sync/connection.ts'
import { pullFeed } from '../../../../src/main/client/sync/pullFeed.ts'
import { SAMPLE_PASSWORD } from '../../../../src/server/sampleOrganisation.ts'
import { readForParent } from './reader.ts'

/** What our side is told. */
export interface OurReader {
  readonly serverUrl: string
  /** Where the encrypted database is made. */
  readonly path: string
  /** How many letters the deputy's tray has to have before it counts as usable. */
  readonly inTray: number
}

/** The client's own connection, pulling and store worker, for the deputy. */
readForParent<OurReader>(async ({ serverUrl, path, inTray }) => {
  const worker = new URL('../../../../src/main/processes/storeWorker.ts', import.meta.url)
  const store = startStore(worker, () => undefined)
  const opened = await store.call('open', { path, key: randomBytes(32), personId: 'teerawat' })
  if (!opened.ok) throw new Error(opened.refusal.code)
  const device = { id: randomUUID(), name: 'เครื่องวัดความเร็ว' }
  const connection = serverConnection(serverUrl, device, () => undefined)
  const session = await connection.signIn('teerawat', SAMPLE_PASSWORD)
  if (!session.ok) throw new Error(session.refusal.code)
  return {
    pull: async (usable) => {
      let looking: Promise<void> | undefined
      const look = async () => {
        const tray = await store.call('letters', { tray: 'deputy', folder: 'to-sign' })
        if (tray.length >= inTray) usable()
        else looking = undefined
      }
      const pulled = await pullFeed({
        connection,
        store,
        changed: () => {
          looking ??= look()
        },
        organisationChanged: () => undefined,
        mayRetract: async () => false,
      })
      if (!pulled.ok) throw new Error(pulled.refusal.code)
      await looking
    },
    count: () => store.call('letterCount'),
    close: () => store.close(),
  }
})
