import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Client } from '../../src/main/client/client.ts'
import { proposeMemo, subject } from '../support/client/story.ts'
import { eventually, signInAs, startClient } from '../support/client/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let directory: string
const clients: Client[] = []

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'client-'))
})
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
  await rm(directory, { recursive: true, force: true })
})

const pc = (name: string) => {
  const client = startClient({ directory: join(directory, name), serverUrl: server.url })
  clients.push(client)
  return client
}

test('a letter proposed on one PC is in the executive’s and the secretary’s trays, with its file', async () => {
  const author = pc('fund')
  await signInAs(author, 'somying')
  const letterId = await proposeMemo(author)
  await eventually('the outbox to be empty', async () => (await author.outbox()).length === 0)

  for (const person of ['teerawat', 'kamonchanok']) {
    const reader = pc(person)
    await signInAs(reader, person)
    const detail = await eventually('the letter with its file', async () => {
      const got = await reader.getLetter({ letterId })
      return got.ok && got.value.fileHere ? got.value : undefined
    })
    expect(detail.subject).toBe(subject)
    expect(detail.may.sign).toBe(person === 'teerawat' ? 'deputy' : null)
    expect(detail.may.return).toBe('deputy')
    const [row] = await reader.listLetters({ folder: 'to-sign', positionId: 'deputy' })
    expect(row).toMatchObject({ letterId, from: 'สำนักบริหารงบกองทุน', withPosition: 'รองเลขาธิการ' })
    expect(detail.timeline.map(({ event }) => event.body.type)).toEqual(['drafted', 'proposed'])
  }
})
