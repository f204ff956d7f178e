import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { RunningServer } from '../../src/server/start.ts'
import { proposedLetter } from '../support/server/letters.ts'
import { signInTo, type TestClient } from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer
let staff: TestClient
let deputy: TestClient
let outsider: TestClient
const closing: (() => void)[] = []

beforeAll(async () => {
  server = await startTestServer()
  staff = await signInTo(server.url, 'somying')
  deputy = await signInTo(server.url, 'teerawat')
  outsider = await signInTo(server.url, 'orauma')
})
afterEach(() => {
  for (const close of closing.splice(0)) close()
})
afterAll(() => server?.stop())

/** The heads that a client is told, from the first on, which every stream begins with. */
async function heads(client: TestClient, at: RunningServer = server): Promise<number[]> {
  const stop = new AbortController()
  closing.push(() => stop.abort())
  const answer = await fetch(`${at.url}/v1/events`, {
    headers: { authorization: `Bearer ${client.session.accessToken}` },
    signal: stop.signal,
  })
  const told: number[] = []
  const read = async () => {
    for await (const text of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      for (const [, head] of text.matchAll(/"head":(\d+)/g)) told.push(Number(head))
    }
  }
  void read().catch(() => undefined)
  await expect.poll(() => told.length).toBe(1)
  return told
}

test('a letter wakes those whom it concerns; nobody else learns that anything happened', async () => {
  const [forStaff, forDeputy, forOutsider] = [await heads(staff), await heads(deputy), await heads(outsider)]
  await proposedLetter(staff, 'deputy')
  const { head } = await staff.feed()
  await expect.poll(() => [forStaff.at(-1), forDeputy.at(-1)]).toEqual([head, head])
  await wait(500)
  expect(forOutsider).toHaveLength(1)
})

test('who was told nothing still moves on with the next pull', async () => {
  const before = await outsider.feed()
  await proposedLetter(staff, 'deputy')
  const after = await outsider.feed(before.next)
  expect(after.entries).toEqual([])
  expect(after.next).toBe((await staff.feed()).head)
  expect(after.next).toBeGreaterThan(before.next)
})

test('a burst of letters wakes a client a few times, the last time with the head after all of them', async () => {
  const told = await heads(deputy)
  await Promise.all(Array.from({ length: 40 }, () => proposedLetter(staff, 'deputy')))
  const { head } = await staff.feed()
  await expect.poll(() => told.at(-1)).toBe(head)
  expect(told.length).toBeLessThan(40)
})

test('a commit at another app server wakes a client here', async () => {
  const other = await startTestServer({ databaseUrl: server.databaseUrl })
  try {
    const told = await heads(deputy, other)
    await proposedLetter(staff, 'deputy')
    const { head } = await staff.feed()
    await expect.poll(() => told.at(-1)).toBe(head)
  } finally {
    for (const close of closing.splice(0)) close()
    await other.stop()
  }
})
