import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { connect } from '../../src/server/database/connect.ts'
import { deliverNext } from '../../src/server/exchange/deliver.ts'
import { startExchange } from '../../src/server/exchange/exchange.ts'
import type { ExchangeGateway } from '../../src/server/exchange/gateway.ts'
import { sendLetter } from '../../src/server/exchange/outbox.ts'
import { receiveNext } from '../../src/server/exchange/receive.ts'
import type { FileStore } from '../../src/server/files/store.ts'
import type { Refusal } from '../../src/shared/outcome.ts'
import { receiver, sampleLetter, sender, writtenLetter } from '../support/ecms/letters.ts'
import { type Network, startNetwork } from '../support/ecms/network.ts'
import { type Databases, type Office, openOffice, startDatabases } from '../support/ecms/office.ts'
import { minimalPdf } from '../support/server/minimalPdf.ts'
import { startServerProcess, temporaryFolder } from '../support/server/testServer.ts'

let databases: Databases
let network: Network
let ours: Office
let theirs: Office

beforeAll(async () => {
  databases = await startDatabases()
})
afterAll(() => databases?.stop())
beforeEach(async () => {
  network = await startNetwork([sender, receiver])
  ours = await openOffice(databases, network, sender.departmentId)
  theirs = await openOffice(databases, network, receiver.departmentId)
})
afterEach(async () => {
  await network?.close()
  await ours?.close()
  await theirs?.close()
})

const now = new Date('2026-11-23T03:00:00.000Z')
const died = () => Promise.reject(new Error('the power is cut'))
type Parts = Office['parts']

/** Lets a call go no further than to its beginning, or to its end without its answer. */
const cut = {
  before: () => died,
  after:
    <Given extends unknown[]>(call: (...given: Given) => Promise<unknown>) =>
    async (...given: Given) => {
      await call(...given)
      return died()
    },
}

const withGateway = (parts: Parts, change: Partial<ExchangeGateway>): Parts => ({
  ...parts,
  gateway: { ...parts.gateway, ...change },
})
const withStore = (parts: Parts, change: Partial<FileStore>): Parts => ({
  ...parts,
  store: { ...parts.store, ...change },
})
/** Keeps one file, and dies at the second. */
function oneKept(parts: Parts): Parts {
  let kept = 0
  const keep = (name: string, sha256: string) => {
    kept += 1
    return kept > 1 ? died() : parts.store.keep(name, sha256)
  }
  return withStore(parts, { keep })
}

const receivingSteps: [string, (parts: Parts) => Parts][] = [
  ['before it asks', (parts) => withGateway(parts, { poll: cut.before() })],
  [
    'with the answer in its hands',
    (parts) => withGateway(parts, { poll: cut.after(parts.gateway.poll) as ExchangeGateway['poll'] }),
  ],
  ['before the first file is kept', (parts) => withStore(parts, { keep: cut.before() })],
  ['between two files', oneKept],
  [
    'within the transaction',
    (parts) => ({
      ...parts,
      clock: () => {
        throw new Error('the power is cut')
      },
    }),
  ],
  ['before it acknowledges', (parts) => withGateway(parts, { acknowledge: cut.before() })],
  [
    'after it acknowledged, before it hears so',
    (parts) =>
      withGateway(parts, {
        acknowledge: cut.after(parts.gateway.acknowledge) as ExchangeGateway['acknowledge'],
      }),
  ],
]

test.each(receivingSteps)(
  'a server that dies %s has each item once after its next start',
  async (_, break_) => {
    network.queue('11002', writtenLetter())
    network.queue('11002', '<Nothing/>')
    network.queue(
      '11002',
      writtenLetter((xml) => xml.replace('0905/0001', '0905/0002')),
    )
    let deaths = 0
    for (let item = 0; item < 3; item += 1) {
      // What cannot be read has one file only, so there is no dying between two.
      await receiveNext(break_(theirs.parts)).catch(({ message }) => {
        expect(message).toBe('the power is cut')
        deaths += 1
      })
      if (network.waiting('11002') === 3 - item) await receiveNext(theirs.parts)
      expect(network.waiting('11002')).toBe(2 - item)
    }
    expect(deaths).toBeGreaterThanOrEqual(2)
    expect(await theirs.receive()).toEqual([])
    const items = await theirs.items()
    expect(items.map(({ state }) => state).sort()).toEqual(['arrived', 'arrived', 'quarantined'])
    for (const { letter, evidenceSha256 } of items) {
      expect((await theirs.store.bytes(evidenceSha256)).length).toBeGreaterThan(100)
      if (letter) expect((await theirs.store.bytes(letter.main.sha256)).length).toBe(letter.main.bytes)
    }
    await theirs.deliver()
    expect((await theirs.outbox()).map(({ kind }) => kind)).toEqual(['arrived', 'arrived'])
  },
)

const sendingSteps: [string, (parts: Parts) => Parts][] = [
  ['before it sends', (parts) => withGateway(parts, { send: cut.before() })],
  [
    'after it sent, before it hears so',
    (parts) => withGateway(parts, { send: cut.after(parts.gateway.send) as ExchangeGateway['send'] }),
  ],
  [
    'when it has the answer, before it records it',
    (parts) => ({ ...parts, clock: diesAtSecondLook(parts.clock) }),
  ],
]

/** The first look at the clock is when a message is claimed, the second when it was sent. */
function diesAtSecondLook(clock: () => Date): () => Date {
  let looks = 0
  return () => {
    looks += 1
    if (looks > 1) throw new Error('the power is cut')
    return clock()
  }
}

test.each(sendingSteps)('a server that dies %s sends the letter once', async (_, break_) => {
  const letter = sampleLetter(await ours.file(minimalPdf('ไฟดับ')))
  await sendLetter(ours.database, { way: 'e-cms', letterId: randomUUID(), letter, now })
  await expect(deliverNext(break_(ours.parts))).rejects.toThrow('the power is cut')
  expect(await ours.deliver()).toBeUndefined()
  ours.pass(60_000)
  await ours.deliver()
  expect(network.sent()).toHaveLength(1)
  expect(await ours.outbox()).toMatchObject([{ state: 'sent', receipt: network.sent()[0]?.processId }])
})

test('while the node is away nothing is lost, it is asked ever less often, and then all goes on', async () => {
  network.queue('11002', writtenLetter())
  const refusals: string[] = []
  const times: number[] = []
  const isAway = (): Promise<{ ok: false; refusal: Refusal }> => {
    times.push(Date.now())
    return Promise.resolve({ ok: false, refusal: { code: 'exchange-unreachable', detail: { host: 'x' } } })
  }
  let away = true
  const poll: ExchangeGateway['poll'] = (intake) => (away ? isAway() : theirs.gateway.poll(intake))
  const exchange = startExchange({
    ...withGateway(theirs.parts, { poll }),
    onConfirmation: async () => undefined,
    refused: ({ code }) => refusals.push(code),
    lookEveryMs: 50,
  })
  while (times.length < 4) await wait(20)
  away = false
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  expect(gaps[2]).toBeGreaterThan((gaps[0] ?? 0) * 2)
  expect(new Set(refusals)).toEqual(new Set(['exchange-unreachable']))
  exchange.wake()
  while (network.asked('ReceiveLetterNotifier').length === 0) await wait(20)
  await exchange.stop()
  expect(await theirs.items()).toHaveLength(1)
})

test('a stop ends also while a node does not answer', async () => {
  network.next('CorrespondenceLetterInboundRequest', { kind: 'slow', ms: 60_000 })
  const exchange = startExchange({ ...theirs.parts, refused: () => undefined, lookEveryMs: 50 })
  while (network.asked('CorrespondenceLetterInboundRequest').length === 0) await wait(20)
  const asked = Date.now()
  await exchange.stop()
  expect(Date.now() - asked).toBeLessThan(8000)
})

test('two servers on one database take each item once and send each letter once', async () => {
  for (let count = 0; count < 6; count += 1) {
    network.queue(
      '11002',
      writtenLetter((xml) => xml.replace('0905/0001', `0905/${count}`)),
    )
  }
  const work = async () => {
    for (let count = 0; count < 20; count += 1) {
      await receiveNext(theirs.parts)
      await deliverNext(theirs.parts)
    }
  }
  await Promise.all([work(), work()])
  expect(await theirs.items()).toHaveLength(6)
  expect(network.asked('ReceiveLetterNotifier')).toHaveLength(6)
  expect(network.waiting('11002')).toBe(0)
})

test('a server that is killed at every question has each letter once', async () => {
  const folder = await temporaryFolder()
  const parameters = [
    '--data',
    folder.path,
    '--sample',
    '--ecms',
    network.urlOf('11002'),
    '--ecms-ministry',
    '12',
    '--ecms-department',
    '11002',
  ]
  for (let count = 0; count < 3; count += 1) {
    network.queue(
      '11002',
      writtenLetter((xml) => xml.replace('0905/0001', `0905/${count}`)),
    )
  }
  const killAt = [
    'CorrespondenceLetterInboundRequest',
    'CorrespondenceLetterDeleteRequest',
    'ReceiveLetterNotifier',
  ]
  for (const name of killAt) {
    const server = await startServerProcess(parameters)
    const reached = new Promise<void>((done) => network.watch((asked) => asked.name === name && done()))
    if (network.asked(name).length === 0) await reached
    network.watch(undefined)
    await server.kill()
  }
  const server = await startServerProcess(parameters)
  while (network.waiting('11002') > 0) await wait(100)
  const opened = connect(await databaseOf(folder.path), () => undefined)
  const items = await opened.kysely.selectFrom('exchangeItem').selectAll().execute()
  expect(items.map(({ letterNumber }) => letterNumber).sort()).toEqual([
    'อก 0905/0',
    'อก 0905/1',
    'อก 0905/2',
  ])
  await opened.end()
  expect(await server.stop()).toBe(0)
  await folder.remove()
})

/** Where the server's own PostgreSQL answers. */
async function databaseOf(folder: string): Promise<string> {
  const password = (await readFile(`${folder}/database/password`, 'utf8')).trim()
  const port = (await readFile(`${folder}/database/cluster/postmaster.pid`, 'utf8')).split('\n')[3]
  return `postgres://saraban:${password}@127.0.0.1:${port}/postgres`
}
