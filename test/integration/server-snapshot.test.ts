import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningServer } from '../../src/server/start.ts'
import { type SnapshotPage, snapshotPageSchema } from '../../src/shared/contract/sync.ts'
import { draftCommand, proposedLetter } from '../support/server/letters.ts'
import { minimalPdf } from '../support/server/minimalPdf.ts'
import { acceptedEvents, command, signInTo, type TestClient } from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer
let staff: TestClient
let deputy: TestClient

beforeAll(async () => {
  server = await startTestServer()
  staff = await signInTo(server.url, 'somying')
  deputy = await signInTo(server.url, 'teerawat')
})
afterAll(() => server?.stop())

const page = async (caller: TestClient, query: string): Promise<SnapshotPage> =>
  snapshotPageSchema.parse(await (await caller.request(`/snapshot?${query}`)).json())

/** Every page, and what the first one gave as the feed's end. */
async function whole(caller: TestClient, limit: number, between = async () => {}) {
  const first = await page(caller, `limit=${limit}`)
  const letters = [...first.letters]
  let before = first.next
  while (before !== null) {
    await between()
    const next = await page(caller, `before=${before}&limit=${limit}`)
    letters.push(...next.letters)
    before = next.next
  }
  return { letters, head: first.head }
}

const draft = async () => {
  const letterId = randomUUID()
  const file = minimalPdf(letterId)
  await staff.upload(file)
  for (const result of await staff.send(draftCommand(letterId, file))) acceptedEvents(result)
  return letterId
}

test('the snapshot has every letter that its reader may see, whole, and none that is another’s', async () => {
  const own = [await draft(), await draft()]
  const shared: string[] = []
  for (let count = 0; count < 5; count += 1) shared.push((await proposedLetter(staff, 'deputy')).letterId)

  const { letters, head } = await whole(deputy, 2)
  expect(letters.map(({ letterId }) => letterId)).toEqual([...shared].sort().reverse())
  for (const { events } of letters) expect(events.map(({ version }) => version)).toEqual([1, 2])
  expect(head).toBe((await deputy.feed()).head)
  expect((await whole(staff, 2)).letters.map(({ letterId }) => letterId).sort()).toEqual(
    [...own, ...shared].sort(),
  )
})

test('what changes while the pages are read is in them or in the feed after the first one', async () => {
  const moved = (await whole(deputy, 100)).letters.map(({ letterId }) => letterId)
  const waiting = [...moved]
  const { letters, head } = await whole(deputy, 1, async () => {
    const letterId = waiting.shift()
    if (letterId === undefined) return
    const note = command(letterId, { type: 'return', reason: 'ขอให้แก้ไข' }, 'deputy')
    acceptedEvents((await deputy.send(note))[0])
  })
  const logs = new Map(
    letters.map(({ letterId, events }) => [letterId, new Set(events.map((each) => each.version))]),
  )
  for (const entry of await deputy.wholeFeed(head)) {
    if (entry.kind === 'events')
      for (const { version } of entry.events) logs.get(entry.letterId)?.add(version)
  }
  expect([...logs.keys()]).toEqual(moved)
  const returned = moved.filter((letterId) => !waiting.includes(letterId))
  expect(returned.length).toBeGreaterThan(2)
  for (const letterId of returned) expect([...(logs.get(letterId) ?? [])].sort()).toEqual([1, 2, 3])
})

test('what is with somebody now can be had first', async () => {
  const { letterId } = await proposedLetter(staff, 'deputy')
  const open = await page(deputy, 'open=true')
  expect(open.letters.map((letter) => letter.letterId)).toContain(letterId)
  const all = await page(deputy, 'limit=1000')
  const settled = all.letters.filter(({ events }) => events.at(-1)?.body.type === 'returned')
  expect(settled.length).toBeGreaterThan(0)
  for (const each of settled) expect(open.letters).not.toContainEqual(each)
})

test('a page names the one after it in its head, and refuses what is no place', async () => {
  const answer = await deputy.request('/snapshot?limit=1')
  const { next } = snapshotPageSchema.parse(await answer.json())
  expect(answer.headers.get('link')).toContain(`before=${next}&limit=1>; rel="next"`)
  expect((await deputy.request('/snapshot?before=1')).status).toBe(400)
  expect((await deputy.request('/snapshot?open=yes')).status).toBe(400)
})
