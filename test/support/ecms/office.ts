import { createHash, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { connect } from '../../../src/server/database/connect.ts'
import { startEmbeddedPostgres } from '../../../src/server/database/embeddedPostgres.ts'
import { migrate } from '../../../src/server/database/migrate.ts'
import { deliverNext } from '../../../src/server/exchange/deliver.ts'
import { ecmsGateway } from '../../../src/server/exchange/ecms/ecmsGateway.ts'
import type { ExchangeGateway } from '../../../src/server/exchange/gateway.ts'
import type { ExchangeFile } from '../../../src/server/exchange/message.ts'
import { receiveNext } from '../../../src/server/exchange/receive.ts'
import { openFileStore } from '../../../src/server/files/store.ts'
import { temporaryFolder } from '../server/testServer.ts'
import type { Network } from './network.ts'

/** One PostgreSQL for the offices of a test file. */
export async function startDatabases() {
  const folder = await temporaryFolder()
  const postgres = await startEmbeddedPostgres(join(folder.path, 'database'))
  return {
    folder,
    /** A database of its own, at the latest schema. */
    make: async () => {
      const name = `office_${randomUUID().replaceAll('-', '')}`
      const client = new pg.Client({ connectionString: postgres.connectionString })
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      const url = new URL(postgres.connectionString)
      url.pathname = `/${name}`
      const opened = connect(url.href, () => undefined)
      await migrate(opened.kysely)
      return opened
    },
    stop: async () => {
      await postgres.stop()
      await folder.remove()
    },
  }
}

/** What makes the databases of a test file. */
export type Databases = Awaited<ReturnType<typeof startDatabases>>

/** Short, so that a lost answer is not waited for. */
const PATIENCE_MS = 3000

/** A central server's exchange without the rest of the server, with a clock that the test sets. */
export async function openOffice(
  databases: Databases,
  network: Pick<Network, 'urlOf'>,
  departmentId: string,
  more: { readonly itemLimit?: number; readonly patienceMs?: number } = {},
) {
  const opened = await databases.make()
  const store = await openFileStore(join(databases.folder.path, randomUUID()))
  let now = Date.parse('2026-11-23T03:00:00.000Z')
  const clock = () => new Date(now)
  const gateway = ecmsGateway({
    url: network.urlOf(departmentId),
    departmentId,
    readFile: ({ sha256, bytes }) => store.read(sha256, 0, bytes - 1),
    clock,
    patienceMs: PATIENCE_MS,
    ...more,
  })
  const database = opened.kysely
  const parts = { database, store, clock, gateway }
  return {
    ...parts,
    parts,
    /** Puts a file into the store. */
    file: async (bytes: Uint8Array, mimeType = 'application/pdf'): Promise<ExchangeFile> => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const name = randomUUID()
      await writeFile(join(store.uploads, name), bytes)
      await store.keep(name, sha256)
      return { mimeType, sha256, bytes: bytes.length }
    },
    /** Lets time go by. */
    pass: (ms: number) => {
      now += ms
    },
    /** Sends until nothing is left that may be sent now; returns the last refusal. */
    deliver: async (through: ExchangeGateway = gateway) => {
      let last: unknown
      for (;;) {
        const delivered = await deliverNext({ ...parts, gateway: through })
        if (delivered === 'nothing') return last
        if (delivered !== 'sent') last = delivered
      }
    },
    /** Receives until the queue is empty; returns what each item was stored as. */
    receive: async (through: ExchangeGateway = gateway) => {
      const stored: unknown[] = []
      for (;;) {
        const received = await receiveNext({ ...parts, gateway: through })
        if (received.kind === 'failed') return [...stored, received.refusal.code]
        if (received.kind === 'nothing') return stored
        stored.push(typeof received.as === 'object' ? received.as.code : received.as)
      }
    },
    items: () => database.selectFrom('exchangeItem').selectAll().orderBy('arrivedAt').orderBy('id').execute(),
    outbox: () => database.selectFrom('exchangeOutbox').selectAll().orderBy('id').execute(),
    confirmations: () => database.selectFrom('exchangeConfirmation').selectAll().orderBy('id').execute(),
    close: () => opened.end(),
  }
}

/** An office as tests have it. */
export type Office = Awaited<ReturnType<typeof openOffice>>
