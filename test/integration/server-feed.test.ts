import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type OpenDatabase } from '../../src/server/database/connect.ts'
import type { RunningServer } from '../../src/server/start.ts'
import type { LetterEvent } from '../../src/shared/contract/letter.ts'
import type { CommandResult, FeedEntry } from '../../src/shared/contract/sync.ts'
import { firstBrokenLink } from '../../src/shared/domain/eventChain.ts'
import { daysAfter } from '../../src/shared/domain/office/periods.ts'
import { bangkokDay } from '../../src/shared/thai/dates.ts'
import { draftCommand, numberCommand, proposeCommand, proposedLetter } from '../support/server/letters.ts'
import { minimalPdf } from '../support/server/minimalPdf.ts'
import {
  acceptedByOffice,
  acceptedEvents,
  clientWith,
  officeCommand,
  refusedCode,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer
let database: OpenDatabase
let staff: TestClient
let deputy: TestClient
const file = minimalPdf('หนังสือที่ใช้ร่วมกัน')

beforeAll(async () => {
  server = await startTestServer()
  database = connect(server.databaseUrl, () => undefined)
  staff = await signInTo(server.url, 'somying')
  deputy = await signInTo(server.url, 'teerawat')
  await staff.upload(file)
})
afterAll(async () => {
  await database?.end()
  await server?.stop()
})

const draftAndPropose = async (author: TestClient, letterId: string) => {
  const results = await author.send(draftCommand(letterId, file), proposeCommand(letterId, 'deputy'))
  for (const result of results) acceptedEvents(result)
}

/** The logs that a client builds from feed entries. */
function logsFrom(entries: readonly FeedEntry[]): Map<string, LetterEvent[]> {
  const events = entries.flatMap((entry) => (entry.kind === 'events' ? entry.events : []))
  const once = [...new Map(events.map((event) => [event.hash, event])).values()]
  return Map.groupBy(
    once.sort((a, b) => a.version - b.version),
    (event) => event.letterId,
  )
}

test('64 letters that ask for a number at once get 1 to 64, without a gap and without a double', async () => {
  const letters = Array.from({ length: 64 }, () => randomUUID())
  await Promise.all(letters.map((letterId) => draftAndPropose(staff, letterId)))
  const results = await Promise.all(letters.map((letterId) => deputy.send(numberCommand(letterId, 'deputy'))))
  const serials = results.map(([result]) => {
    const body = acceptedEvents(result)[0]?.body
    return body?.type === 'number-bound' ? body.serial : 0
  })
  expect(serials.sort((a, b) => a - b)).toEqual(letters.map((_, index) => index + 1))
  const register = await database.kysely
    .selectFrom('registerEntry')
    .select('serial')
    .orderBy('serial')
    .execute()
  expect(register.map((entry) => entry.serial)).toEqual(serials)
})

test('while the server’s clock is wrong by days, no number has an earlier date than the one before it', async () => {
  let days = 0
  const other = await startTestServer({
    databaseUrl: server.databaseUrl,
    clock: () => new Date(Date.now() + days * 24 * 3600_000),
  })
  try {
    const there = clientWith(other.url, deputy.session)
    const { letterId: waiting } = await proposedLetter(staff, 'deputy')
    const ask = async () => {
      const { letterId } = await proposedLetter(staff, 'deputy')
      return (await there.send(numberCommand(letterId, 'deputy')))[0]
    }
    const bound = (result: CommandResult | undefined) => acceptedEvents(result)[0]?.body
    const first = bound(await ask())
    if (first?.type !== 'number-bound') throw new Error('no number')
    // As when the clock is corrected by a little just after midnight.
    days = -0.9
    expect(bound(await ask())).toMatchObject({ serial: first.serial + 1, date: first.date })
    days = -400
    const early = numberCommand(waiting, 'deputy')
    expect(refusedCode((await there.send(early))[0])).toBe('server-clock-wrong')
    days = 0
    expect(bound((await there.send(early))[0])).toMatchObject({ serial: first.serial + 2, date: first.date })
  } finally {
    await other.stop()
  }
})

test('a refused request for a number uses none up', async () => {
  const counter = () =>
    database.kysely.selectFrom('registerCounter').select('lastSerial').executeTakeFirstOrThrow()
  const before = await counter()
  const { letterId } = await proposedLetter(staff, 'deputy')
  await staff.send(numberCommand(letterId, 'deputy'))
  expect(await counter()).toEqual(before)
})

test('while eight devices write, a reader that polls misses nothing and the feed has no gap', async () => {
  const writers = await Promise.all(Array.from({ length: 8 }, () => signInTo(server.url, 'somying')))
  const start = (await deputy.feed()).head
  const written = writers.map(() => Array.from({ length: 12 }, () => randomUUID()))
  let writing = true
  const work = Promise.all(
    writers.map(async (writer, index) => {
      for (const letterId of written[index] ?? []) await draftAndPropose(writer, letterId)
    }),
  ).finally(() => {
    writing = false
  })

  const read: FeedEntry[] = []
  let cursor = start
  for (let last = false; !last; ) {
    last = !writing
    const page = await deputy.feed(cursor, 7)
    read.push(...page.entries)
    cursor = page.next
    if (last && cursor < page.head) last = false
  }
  await work

  const logs = logsFrom(read)
  expect([...logs.keys()].sort()).toEqual(written.flat().sort())
  for (const log of logs.values()) {
    expect(log.map((event) => event.version)).toEqual([1, 2])
    expect(firstBrokenLink(log)).toBeUndefined()
  }
  const seqs = await database.kysely.selectFrom('feed').select('seq').orderBy('seq').execute()
  expect(seqs.map((row) => row.seq)).toEqual(seqs.map((_, index) => index + 1))
})

test('a second app server on the same database gives numbers from the same register and wakes its readers', async () => {
  const other = await startTestServer({ databaseUrl: server.databaseUrl })
  try {
    const there = await signInTo(other.url, 'teerawat')
    const letters = Array.from({ length: 24 }, () => randomUUID())
    await Promise.all(letters.map((letterId) => draftAndPropose(staff, letterId)))
    const stream = await there.request('/events')
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    await reader?.read()
    const results = await Promise.all(
      letters.map((letterId, index) => (index % 2 ? there : deputy).send(numberCommand(letterId, 'deputy'))),
    )
    const serials = results.map(([result]) => {
      const body = acceptedEvents(result)[0]?.body
      return body?.type === 'number-bound' ? body.serial : 0
    })
    const lowest = Math.min(...serials)
    expect(serials.sort((a, b) => a - b)).toEqual(serials.map((_, index) => lowest + index))
    expect((await reader?.read())?.value).toContain('event: head')
    await reader?.cancel()
  } finally {
    await other.stop()
  }
})

/** Gives a position from today on to somebody else, as the administrator does. */
async function passOn(positionId: string, personId: string, from: string, to: string): Promise<void> {
  const administrator = await signInTo(server.url, 'pimjai')
  const today = bangkokDay(new Date().toISOString())
  const last = daysAfter(today, -1)
  const results = await administrator.office(
    officeCommand({ type: 'end-assignment', positionId, personId, role: 'holder', from, to: last }),
    officeCommand({
      type: 'assign',
      assignment: { positionId, personId: to, role: 'holder', from: today, to: null },
    }),
  )
  for (const result of results) acceptedByOffice(result)
}

const aboutLetters = (entries: readonly FeedEntry[]) => entries.filter(({ kind }) => kind !== 'organisation')

test('a new holder gets the position’s letters from the start, and the former one is told to let go', async () => {
  const legal = await signInTo(server.url, 'surachai')
  const fund = await signInTo(server.url, 'wanwipa')
  const { letterId } = await proposedLetter(staff, 'director-legal')
  const cursor = (await fund.feed()).next
  expect((await legal.wholeFeed()).some((entry) => entry.kind === 'events')).toBe(true)

  await passOn('director-legal', 'surachai', '2024-10-01', 'wanwipa')

  const arrived = (await fund.wholeFeed(cursor)).find(({ kind }) => kind === 'events')
  expect(arrived).toMatchObject({ kind: 'events', letterId })
  expect(arrived?.kind === 'events' && arrived.events.map((event) => event.version)).toEqual([1, 2])
  expect(aboutLetters(await legal.wholeFeed(cursor))).toMatchObject([{ kind: 'retract', letterId }])
  expect((await fund.wholeFeed(cursor)).filter((entry) => entry.kind === 'retract')).toEqual([])
})

test('a post that was given away and given back between two app servers brings its letters back', async () => {
  const other = await startTestServer({ databaseUrl: server.databaseUrl })
  try {
    const here = await signInTo(server.url, 'pimjai')
    const there = clientWith(other.url, here.session)
    const { letterId } = await proposedLetter(staff, 'clerk-registry')
    let cursor = (await here.feed()).next
    await passOn('clerk-registry', 'pimjai', '2024-10-01', 'orauma')
    expect(aboutLetters(await there.wholeFeed(cursor))).toMatchObject([{ kind: 'retract', letterId }])
    cursor = (await there.feed(cursor)).next
    await passOn('clerk-registry', 'orauma', bangkokDay(new Date().toISOString()), 'pimjai')
    expect(aboutLetters(await here.wholeFeed(cursor))).toMatchObject([{ kind: 'events', letterId }])
  } finally {
    await other.stop()
  }
})

test('a server stops when it is asked to, although one client listens and another never says anything', async () => {
  const other = await startTestServer({ databaseUrl: server.databaseUrl })
  const there = await signInTo(other.url, 'teerawat')
  const stream = await there.request('/events')
  const reader = stream.body?.getReader()
  await reader?.read()
  const { hostname, port } = new URL(other.url)
  const silent = createConnection(Number(port), hostname)
  await once(silent, 'connect')
  const stopped = other.stop().then(() => 'stopped')
  const late = new Promise((resolve) => setTimeout(resolve, 5000, 'still running'))
  expect(await Promise.race([stopped, late])).toBe('stopped')
  silent.destroy()
})
