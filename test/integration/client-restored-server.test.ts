import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../../src/main/client/client.ts'
import { sarabanHere } from '../support/cli/saraban.ts'
import { draftMemo, proposeMemo } from '../support/client/story.ts'
import { accepted, eventually, signInAs, startClient } from '../support/client/testClient.ts'
import { type ServerProcess, startServerProcess, temporaryFolder } from '../support/server/testServer.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let server: ServerProcess | undefined
const clients: Client[] = []
const at = (name: string) => join(folder.path, name)

beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(async () => {
  for (const client of clients) await client.close()
  await server?.stop()
  await folder?.remove()
})

const pc = (name: string, serverUrl: string) => {
  const client = startClient({ directory: at(name), serverUrl })
  clients.push(client)
  return client
}
const sent = (client: Client) => async () => (await client.outbox()).length === 0
const timelineOf = async (client: Client, letterId: string) =>
  accepted(await client.getLetter({ letterId })).timeline.map(({ event }) => event.body.type)

test('after a restore from an older backup a client has what the server has, and sends what waited', async () => {
  server = await startServerProcess(['--data', at('server'), '--sample'])
  const { url } = server
  const author = pc('author', url)
  await signInAs(author, 'somying')
  const kept = await proposeMemo(author)
  await eventually('the outbox to be empty', sent(author))
  const clear = ['--unencrypted', '--json']
  expect((await sarabanHere(['backup', at('backup.tar'), '--data', at('server'), ...clear])).status).toBe(0)

  // Accepted after the backup was taken: the disk took it along.
  const lost = await draftMemo(author)
  await eventually('the outbox to be empty', sent(author))
  await author.syncNow()
  await server.stop()
  const waiting = await proposeMemo(author)

  const restored = await sarabanHere(['restore', at('backup.tar'), '--data', at('restored'), '--json'])
  expect(restored.status).toBe(0)
  server = await startServerProcess(['--data', at('restored'), '--port', new URL(url).port])
  await eventually('the session to end', async () => {
    await author.syncNow().catch(() => undefined)
    return (await author.sessionState()).account === null
  })
  await signInAs(author, 'somying')
  await eventually('the outbox to be empty', sent(author))
  await author.syncNow()

  expect(await timelineOf(author, kept)).toEqual(['drafted', 'proposed'])
  expect(await timelineOf(author, waiting)).toEqual(['drafted', 'proposed'])
  expect((await author.getLetter({ letterId: lost })).ok).toBe(false)

  const reader = pc('reader', url)
  await signInAs(reader, 'teerawat')
  for (const letterId of [kept, waiting]) {
    await eventually('the letter', async () => (await reader.getLetter({ letterId })).ok)
    expect(await timelineOf(reader, letterId)).toEqual(['drafted', 'proposed'])
  }
})
