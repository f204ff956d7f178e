import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { OWN_TRAY } from '../../src/main/client/store/placement.ts'
import { type Store, startStore } from '../../src/main/client/store/store.ts'
import type { ServerConnection } from '../../src/main/client/sync/connection.ts'
import { pullFeed } from '../../src/main/client/sync/pullFeed.ts'
import { sampleOrganisation } from '../../src/server/sampleOrganisation.ts'
import type { FeedEntry } from '../../src/shared/contract/sync.ts'
import { accept } from '../../src/shared/outcome.ts'
import { commandOf, draftAndPropose, eventsOf, proposedLetters } from '../support/client/feed.ts'
import { accepted, codeOf } from '../support/client/testClient.ts'

let directory: string
let store: Store
const key = randomBytes(32)
const firstEpoch = randomUUID()

const openAs = async (personId: string) => {
  const worker = new URL('../../src/main/processes/storeWorker.ts', import.meta.url)
  const opened = startStore(worker, () => undefined)
  accepted(
    await opened.call('open', { path: join(directory, 'store.db'), key: new Uint8Array(key), personId }),
  )
  await opened.call('keepOrganisation', sampleOrganisation)
  return opened
}
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'store-'))
  store = await openAs('somying')
})
afterEach(async () => {
  await store.close()
  await rm(directory, { recursive: true, force: true })
})

const toSign = () => store.call('letters', { tray: 'deputy', folder: 'to-sign' })
/** A server whose whole feed is `entries`, and whose snapshot is of a time before the first of them. */
const feedOf = (entries: FeedEntry[], epoch = firstEpoch) =>
  ({
    send: async () => accept(Response.json({ epoch, letters: [], next: null, head: 0 })),
    json: async (path: string) => {
      if (path === '/v1/organisation') return accept({ ...sampleOrganisation, name: 'หลังกู้คืน' })
      const after = Number(new URL(path, 'http://x').searchParams.get('after'))
      const page = entries.filter(({ seq }) => seq > after).slice(0, 500)
      return accept({ epoch, entries: page, next: page.at(-1)?.seq ?? after, head: entries.length })
    },
  }) as unknown as ServerConnection
const pull = (entries: FeedEntry[], mayRetract = async () => false, epoch = firstEpoch) =>
  pullFeed({
    connection: feedOf(entries, epoch),
    store,
    changed: () => undefined,
    organisationChanged: () => undefined,
    mayRetract,
  })

test('a command shows its effect at once, and its answer puts the confirmed event in its place', async () => {
  const letterId = randomUUID()
  const { draft, propose } = draftAndPropose(letterId, 'ขออนุมัติเดินทางไปราชการ')
  for (const command of [draft, propose]) {
    accepted(await store.call('enqueue', { command, evidence: null, file: null }))
  }
  expect(await toSign()).toMatchObject([{ letter: { id: letterId, version: 2 }, waiting: 2 }])

  const events = eventsOf([draft, propose].map((command) => ({ actor: 'somying', command })))
  await store.call('settle', [{ id: draft.id, outcome: 'accepted', events: events.slice(0, 1) }])
  expect(await toSign()).toMatchObject([{ letter: { version: 2 }, waiting: 1 }])
  // The feed may bring our own event before its answer is read.
  const entry = { seq: 1, kind: 'events' as const, letterId, events }
  await store.call('applyPage', { entries: [entry], next: 1, organisation: null })
  expect(await toSign()).toMatchObject([{ letter: { version: 2, hash: events[1]?.hash }, waiting: 0 }])
  expect(await store.call('outbox')).toEqual([])
})

test('what the rules refuse already here is not kept', async () => {
  const { propose } = draftAndPropose(randomUUID(), '')
  const refused = await store.call('enqueue', { command: propose, evidence: null, file: null })
  expect(codeOf(refused)).toBe('letter-unknown')
  expect(await store.call('outbox')).toEqual([])
})

test('a refused command loses its effect, keeps its text, and those after it are judged anew', async () => {
  const letterId = randomUUID()
  const { draft, propose } = draftAndPropose(letterId, 'ขออนุมัติจัดซื้อ')
  for (const command of [draft, propose]) {
    accepted(await store.call('enqueue', { command, evidence: null, file: null }))
  }
  const refusal = { code: 'file-too-large' as const, detail: { megabytes: 60, limit: 50 } }
  await store.call('settle', [{ id: draft.id, outcome: 'refused', refusal }])
  expect(await store.call('letters', { tray: OWN_TRAY, folder: 'drafts' })).toEqual([])
  const [first, second] = await store.call('outbox')
  expect(first).toMatchObject({ state: 'refused', refusal, command: { body: { subject: 'ขออนุมัติจัดซื้อ' } } })
  expect(second).toMatchObject({ state: 'waiting' })
})

test('a number that only the server issues waits without effect', async () => {
  await store.close()
  store = await openAs('teerawat')
  const [entry] = proposedLetters(1)
  await store.call('applyPage', { entries: [entry!], next: 1, organisation: null })
  const letterId = entry?.kind === 'events' ? entry.letterId : ''
  const command = commandOf(letterId, 'deputy', { type: 'bind-number' })
  accepted(await store.call('enqueue', { command, evidence: null, file: null }))
  expect(await toSign()).toMatchObject([{ letter: { number: null }, waiting: 1 }])
  expect(await store.call('markSent', [command.id])).toEqual([command.id])
  expect(await store.call('withdraw', command.id)).toBe(false)
})

test('a command that certainly never left the device can be taken back, one sent before cannot', async () => {
  const { draft } = draftAndPropose(randomUUID(), 'ขออนุมัติเดินทางไปราชการ')
  accepted(await store.call('enqueue', { command: draft, evidence: null, file: null }))
  expect(await store.call('markSent', [draft.id])).toEqual([draft.id])
  expect(await store.call('markSent', [draft.id])).toEqual([])
  await store.call('markUnsent', [draft.id])
  expect(await store.call('withdraw', draft.id)).toBe(true)
})

test('an answer that overtakes another device’s event waits for it in the log', async () => {
  const letterId = randomUUID()
  const { draft, propose } = draftAndPropose(letterId, 'ขอส่งรายงานการประชุม')
  const events = eventsOf([draft, propose].map((command) => ({ actor: 'somying', command })))
  accepted(await store.call('enqueue', { command: draft, evidence: null, file: null }))
  await store.call('settle', [{ id: draft.id, outcome: 'accepted', events: events.slice(1) }])
  expect(await toSign()).toEqual([])
  const entry = { seq: 1, kind: 'events' as const, letterId, events: events.slice(0, 1) }
  await store.call('applyPage', { entries: [entry], next: 1, organisation: null })
  expect(await toSign()).toHaveLength(1)
})

test('a letter that is retracted goes with its log, its marks and its place in the lists', async () => {
  const entries = proposedLetters(3)
  const gone = entries[0]!.kind === 'events' ? entries[0]!.letterId : ''
  accepted(await pull([...entries, { seq: 4, kind: 'retract', letterId: gone }]))
  expect(await toSign()).toHaveLength(2)
  expect(await store.call('letter', gone)).toBeNull()
})

test('a pull that would take more than a tenth of all letters away stops until a person agrees', async () => {
  const entries = proposedLetters(100)
  accepted(await pull(entries))
  const retracts = entries.slice(0, 11).map((entry, index) => ({
    seq: 101 + index,
    kind: 'retract' as const,
    letterId: entry.kind === 'events' ? entry.letterId : '',
  }))
  const asked: unknown[] = []
  const feed = [...entries, ...retracts]
  const held = await pull(feed, async (...counts: unknown[]) => {
    asked.push(counts)
    return false
  })
  expect(accepted(held)).toBe('held')
  expect(asked).toEqual([[11, 100]])
  expect([await store.call('letterCount'), await store.call('cursor')]).toEqual([100, 100])
  expect(accepted(await pull(feed, async () => true))).toBe('done')
  expect([await store.call('letterCount'), await store.call('cursor')]).toEqual([89, 111])
})

test('a feed of another epoch takes the place of all that was pulled, and what was not sent stays', async () => {
  const entries = proposedLetters(40)
  accepted(await pull(entries))
  const { draft } = draftAndPropose(randomUUID(), 'ขออนุมัติเดินทางไปราชการ')
  accepted(await store.call('enqueue', { command: draft, evidence: null, file: null }))

  // The backup is older: its feed is shorter than what was read here.
  const restored = entries.slice(0, 30)
  const nobodyAsked = async () => {
    throw new Error('nobody is to be asked')
  }
  expect(accepted(await pull(restored, nobodyAsked, randomUUID()))).toBe('done')
  expect([await store.call('letterCount'), await store.call('cursor')]).toEqual([31, 30])
  expect(await store.call('outbox')).toMatchObject([{ state: 'waiting', command: { id: draft.id } }])
  expect(await store.call('letters', { tray: OWN_TRAY, folder: 'drafts' })).toMatchObject([{ waiting: 1 }])
  expect((await store.call('organisation'))?.name).toBe('หลังกู้คืน')
})

test('data and cursor stay together when the store is closed and opened again', async () => {
  accepted(await pull(proposedLetters(40)))
  await store.close()
  store = await openAs('somying')
  expect([await store.call('letterCount'), await store.call('cursor')]).toEqual([40, 40])
})
