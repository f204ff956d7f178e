import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { serverConnection } from '../../src/main/client/sync/connection.ts'
import { STREAMS_PER_PERSON } from '../../src/server/http/pushStreams.ts'
import { SAMPLE_PASSWORD } from '../../src/server/sampleOrganisation.ts'
import type { RunningServer, ServerOptions } from '../../src/server/start.ts'
import { commandResultsSchema } from '../../src/shared/contract/sync.ts'
import { draftCommand } from '../support/server/letters.ts'
import { minimalPdf } from '../support/server/minimalPdf.ts'
import { askSignIn, clientWith, refusalOf, signInTo } from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let database: RunningServer
let server: RunningServer | undefined

beforeAll(async () => {
  database = await startTestServer()
})
afterEach(() => server?.stop())
afterAll(() => database?.stop())

/** An app server of its own with few requests allowed. */
async function startWith(options: Omit<ServerOptions, 'dataFolder'>): Promise<RunningServer> {
  server = await startTestServer({ databaseUrl: database.databaseUrl, ...options })
  return server
}

test('a session that asks too often is told when to come again, and others go on', async () => {
  const { url } = await startWith({ limits: { feed: 5 } })
  const busy = await signInTo(url, 'somying')
  const other = await signInTo(url, 'somying')
  const answers = await Promise.all(Array.from({ length: 8 }, () => busy.request('/feed')))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
  const refused = answers.find(({ status }) => status === 429)
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refusalOf(refused as Response)).toMatchObject({
    code: 'too-many-requests',
    detail: { seconds: expect.any(Number) },
  })
  // Only the feed is too much; and it is this session alone.
  expect((await busy.request('/organisation')).status).toBe(200)
  expect((await other.request('/feed')).status).toBe(200)
})

test('sign-ins are counted by address before a password is looked at', async () => {
  const { url } = await startWith({ limits: { signIn: 3 } })
  const answers = []
  for (let tries = 0; tries < 5; tries += 1) answers.push(await askSignIn(url, 'somying', SAMPLE_PASSWORD))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429])
})

test('behind a proxy that is trusted callers are told apart, and one that is not is not believed', async () => {
  const signIn = (url: string, address: string) =>
    fetch(`${url}/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({
        username: 'somying',
        password: SAMPLE_PASSWORD,
        device: { id: randomUUID(), name: '' },
      }),
    })
  const { url } = await startWith({ limits: { signIn: 1 }, trustProxy: ['127.0.0.1'] })
  expect((await signIn(url, '10.0.0.1')).status).toBe(200)
  expect((await signIn(url, '10.0.0.2')).status).toBe(200)
  expect((await signIn(url, '10.0.0.2')).status).toBe(429)
  await server?.stop()

  const untrusting = await startWith({ limits: { signIn: 1 } })
  expect((await signIn(untrusting.url, '10.0.0.1')).status).toBe(200)
  expect((await signIn(untrusting.url, '10.0.0.2')).status).toBe(429)
})

test('a person has only so many streams of events open at once', async () => {
  const { url } = await startWith({})
  const person = await signInTo(url, 'somying')
  const streams = await Promise.all(
    Array.from({ length: STREAMS_PER_PERSON }, () => person.request('/events')),
  )
  expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200))
  const refused = await person.request('/events')
  expect(await refusalOf(refused)).toMatchObject({ code: 'too-many-requests' })
  expect((await (await signInTo(url, 'teerawat')).request('/events')).status).toBe(200)
  await streams[0]?.body?.cancel()
  // The server hears a moment later that the stream was closed.
  await expect.poll(async () => (await person.request('/events')).status).toBe(200)
})

test('a client waits when it is turned away: its command stays unsent and goes through later', async () => {
  const { url } = await startWith({ limits: { commands: 1 } })
  const connection = serverConnection(url, { id: randomUUID(), name: '' }, () => undefined)
  await connection.signIn('somying', SAMPLE_PASSWORD)
  const file = minimalPdf('รอส่งใหม่')
  const send = (id: string) =>
    connection.json('/v1/commands', commandResultsSchema, { commands: [draftCommand(id, file)] })
  expect((await send(randomUUID())).ok).toBe(true)
  expect(await send(randomUUID())).toMatchObject({ ok: false, refusal: { code: 'too-many-requests' } })
})

test('being turned away while renewing does not end the session', async () => {
  const { url } = await startWith({ limits: { refresh: 1 } })
  const connection = serverConnection(url, { id: randomUUID(), name: '' }, () => undefined)
  await connection.signIn('somying', SAMPLE_PASSWORD)
  const { session } = await signInTo(url, 'teerawat')
  const renew = () =>
    fetch(`${url}/v1/refresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refreshToken: session.refreshToken }),
    })
  expect((await renew()).status).toBe(200)
  expect((await renew()).status).toBe(429)
  expect((await clientWith(url, session).request('/feed')).status).toBe(200)
})

test('what is too long is refused before it is read', async () => {
  const { url } = await startWith({})
  const person = await signInTo(url, 'somying')
  const large = await person.request('/commands', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ commands: [], padding: 'x'.repeat(2_100_000) }),
  })
  expect(large.status).toBe(413)
  const longHeader = await fetch(`${url}/v1/health`, { headers: { 'x-long': 'x'.repeat(20_000) } })
  expect(longHeader.status).toBe(431)
})
