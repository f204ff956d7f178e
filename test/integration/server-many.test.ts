import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkKept } from '../../src/server/keeping/check.ts'
import type { Finding } from '../../src/server/keeping/findings.ts'
import { openKept } from '../../src/server/keeping/openKept.ts'
import type { FeedEntry } from '../../src/shared/contract/sync.ts'
import { givenDatabase } from '../support/server/givenDatabase.ts'
import { draftCommand, numberCommand, proposeCommand, proposedLetter } from '../support/server/letters.ts'
import { minimalPdf, sha256 } from '../support/server/minimalPdf.ts'
import {
  acceptedEvents,
  clientWith,
  refusedCode,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { type ServerProcess, startServerProcess, temporaryFolder } from '../support/server/testServer.ts'

/** Two app servers, each a process, over one database and one folder of files. */
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let servers: [ServerProcess, ServerProcess]
let staff: [TestClient, TestClient]
let deputy: [TestClient, TestClient]

beforeAll(async () => {
  folder = await temporaryFolder()
  const start = () => startServerProcess(['--data', folder.path, '--sample'])
  servers = [await start(), await start()]
  const both = async (person: string): Promise<[TestClient, TestClient]> => {
    const here = await signInTo(servers[0].url, person)
    // A session that one server began stands at the other.
    return [here, clientWith(servers[1].url, here.session)]
  }
  staff = await both('somying')
  deputy = await both('teerawat')
})
afterAll(async () => {
  for (const server of servers ?? []) await server.stop()
  await folder?.remove()
})

const side = (index: number): 0 | 1 => (index % 2 === 0 ? 0 : 1)

test('two servers that number at once give one register’s numbers without a gap or a double', async () => {
  const file = minimalPdf('หนังสือจากสองเครื่อง')
  await staff[0].upload(file)
  const letters = Array.from({ length: 80 }, () => randomUUID())
  await Promise.all(
    letters.map((id, index) => staff[side(index)].send(draftCommand(id, file), proposeCommand(id, 'deputy'))),
  )
  // Half of the letters are numbered by the server that did not draft them.
  const results = await Promise.all(
    letters.map((id, index) => deputy[side(index >> 1)].send(numberCommand(id, 'deputy'))),
  )
  const serials = results.map(([result]) => {
    const body = acceptedEvents(result)[0]?.body
    return body?.type === 'number-bound' ? body.serial : 0
  })
  expect(serials.sort((a, b) => a - b)).toEqual(letters.map((_, index) => index + 1))
})

test('a command that is sent to both servers at once is carried out once', async () => {
  const { letterId } = await proposedLetter(staff[0], 'deputy')
  const asked = numberCommand(letterId, 'deputy')
  const [[one], [two]] = await Promise.all([deputy[0].send(asked), deputy[1].send(asked)])
  expect(acceptedEvents(one)).toEqual(acceptedEvents(two))
})

test('two people who act on one letter at two servers: one is first, the other is told', async () => {
  const { letterId } = await proposedLetter(staff[0], 'deputy')
  const results = await Promise.all(
    [0, 1, 2, 3].map((index) => deputy[side(index)].send(numberCommand(letterId, 'deputy'))),
  )
  const outcomes = results.map(([result]) => refusedCode(result) ?? 'accepted').sort()
  expect(outcomes).toEqual([
    'accepted',
    'number-bound-already',
    'number-bound-already',
    'number-bound-already',
  ])
})

test.each([
  [0, 1],
  [1, 0],
] as const)(
  'what server %i commits is pushed by server %i, which shows it and its file',
  async (at, other) => {
    const stream = await deputy[other].request('/events')
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    await reader?.read()
    const cursor = (await deputy[other].feed()).head
    const { letterId, file } = await proposedLetter(staff[at], 'deputy')
    expect((await reader?.read())?.value).toContain('event: head')
    const entries = await deputy[other].wholeFeed(cursor)
    expect(entries).toContainEqual(expect.objectContaining({ kind: 'events', letterId }))
    const bytes = await (await deputy[other].request(`/files/${sha256(file)}`)).arrayBuffer()
    expect(sha256(new Uint8Array(bytes))).toBe(sha256(file))
    await reader?.cancel()
  },
)

test('a reader at either server sees the same feed while both write, and misses nothing', async () => {
  const file = minimalPdf('หนังสือจากสองเครื่อง')
  const cursor = (await deputy[0].feed()).head
  let writing = true
  const written = Array.from({ length: 8 }, () => Array.from({ length: 6 }, () => randomUUID()))
  const work = Promise.all(
    written.map(async (letters, index) => {
      for (const id of letters) {
        await staff[side(index)].send(draftCommand(id, file), proposeCommand(id, 'deputy'))
      }
    }),
  ).finally(() => {
    writing = false
  })
  const readAt = async (reader: TestClient) => {
    const read: FeedEntry[] = []
    for (let next = cursor, last = false; !last; ) {
      last = !writing
      const page = await reader.feed(next, 5)
      read.push(...page.entries)
      next = page.next
      if (next < page.head) last = false
    }
    return read
  }
  const [here, there] = await Promise.all([readAt(deputy[0]), readAt(deputy[1]), work])
  expect(here).toEqual(there)
  const seen = new Set(here.flatMap((entry) => (entry.kind === 'events' ? [entry.letterId] : [])))
  expect([...seen].sort()).toEqual(written.flat().sort())
})

test('when one server dies the other goes on, and what both kept is sound', async () => {
  await servers[0].kill()
  const { letterId } = await proposedLetter(staff[1], 'deputy')
  acceptedEvents((await deputy[1].send(numberCommand(letterId, 'deputy')))[0])
  const kept = await openKept({ dataFolder: folder.path, databaseUrl: await givenDatabase(folder.path) })
  if (!kept.ok) throw new Error(kept.refusal.code)
  const found: Finding[] = []
  await checkKept(kept.value, { fast: false }, (finding) => found.push(finding))
  await kept.value.close()
  expect(found).toEqual([])
})
