import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { revokeDevice } from '../../src/server/accounts/sessions.ts'
import { connect, type OpenDatabase } from '../../src/server/database/connect.ts'
import { SAMPLE_PASSWORD } from '../../src/server/sampleOrganisation.ts'
import type { RunningServer } from '../../src/server/start.ts'
import { type Session, sessionSchema } from '../../src/shared/contract/sync.ts'
import { askSignIn, clientWith, refusalOf, signInTo } from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer
let database: OpenDatabase
let minutesAhead = 0

beforeAll(async () => {
  server = await startTestServer({ clock: () => new Date(Date.now() + minutesAhead * 60_000) })
  database = connect(server.databaseUrl, () => undefined)
})
afterAll(async () => {
  await database?.end()
  await server?.stop()
})

const refresh = (refreshToken: string) =>
  fetch(`${server.url}/v1/refresh`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refreshToken }),
  })
const renew = async (refreshToken: string): Promise<Session> =>
  sessionSchema.parse(await (await refresh(refreshToken)).json())
const wrong = (username: string) => askSignIn(server.url, username, 'รหัสผ่านผิด')

test('a wrong password and an unknown user get the same answer', async () => {
  const known = await wrong('nittaya')
  const unknown = await wrong('ไม่มีคนนี้')
  expect([known.status, unknown.status]).toEqual([401, 401])
  expect(await refusalOf(known)).toEqual(await refusalOf(unknown))
})

test('five wrong passwords pause the account, longer each time, even for the right password', async () => {
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    expect((await refusalOf(await wrong('surachai'))).code).toBe('sign-in-wrong')
  }
  const paused = await wrong('surachai')
  expect(paused.status).toBe(429)
  expect(await refusalOf(paused)).toEqual({ code: 'sign-in-locked', detail: { minutes: 1 } })
  const right = await askSignIn(server.url, 'surachai', SAMPLE_PASSWORD)
  expect((await refusalOf(right)).code).toBe('sign-in-locked')

  minutesAhead += 1.1
  expect(await refusalOf(await wrong('surachai'))).toMatchObject({ detail: { minutes: 5 } })
  minutesAhead += 5.1
  expect(await refusalOf(await wrong('surachai'))).toMatchObject({ detail: { minutes: 15 } })
  minutesAhead += 15.1
  expect((await askSignIn(server.url, 'surachai', SAMPLE_PASSWORD)).status).toBe(200)
  expect((await refusalOf(await wrong('surachai'))).code).toBe('sign-in-wrong')
})

test('wrong passwords sent all at once have no more tries than one after another', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => wrong('pimjai')))
  const codes = await Promise.all(answers.map(async (answer) => (await refusalOf(answer)).code))
  expect(codes.filter((code) => code === 'sign-in-locked').length).toBeGreaterThanOrEqual(8)
})

test('an unknown user is paused like a known one', async () => {
  for (let attempt = 1; attempt <= 4; attempt += 1) await wrong('somebody-else')
  expect((await refusalOf(await wrong('somebody-else'))).code).toBe('sign-in-locked')
})

test('passwords and tokens are not in the database as they are', async () => {
  const { session } = await signInTo(server.url, 'somying')
  const accounts = await database.kysely.selectFrom('account').selectAll().execute()
  const tokens = await database.kysely.selectFrom('sessionToken').selectAll().execute()
  for (const { passwordHash } of accounts)
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  const stored = JSON.stringify([accounts, tokens])
  for (const secret of [SAMPLE_PASSWORD, session.accessToken, session.refreshToken]) {
    expect(stored).not.toContain(secret)
  }
})

test('an access token ends after its time, and the refresh token gives a new one', async () => {
  const { session, request } = await signInTo(server.url, 'somying')
  expect((await request('/feed')).status).toBe(200)
  minutesAhead += session.expiresIn / 60 + 1
  const ended = await request('/feed')
  expect(ended.status).toBe(401)
  expect((await refusalOf(ended)).code).toBe('session-ended')
  const renewed = await renew(session.refreshToken)
  expect((await clientWith(server.url, renewed).request('/feed')).status).toBe(200)
})

test('a device that did not get the answer to a refresh asks once more, and only the last tokens hold', async () => {
  const { session } = await signInTo(server.url, 'orauma')
  const lost = await renew(session.refreshToken)
  const arrived = await renew(session.refreshToken)
  expect((await clientWith(server.url, lost).request('/feed')).status).toBe(401)
  expect((await clientWith(server.url, arrived).request('/feed')).status).toBe(200)
  // Whoever had the tokens of the lost answer shows them: two hold the session, so it ends for both.
  expect((await refusalOf(await refresh(lost.refreshToken))).code).toBe('session-ended')
  expect((await clientWith(server.url, arrived).request('/feed')).status).toBe(401)
})

test('a spent refresh token is taken once more, not twice', async () => {
  const { session } = await signInTo(server.url, 'orauma')
  await renew(session.refreshToken)
  const second = await renew(session.refreshToken)
  expect((await refusalOf(await refresh(session.refreshToken))).code).toBe('session-ended')
  expect((await refresh(second.refreshToken)).status).toBe(401)
})

test('a refresh token that comes back after a minute was copied: the session ends for both', async () => {
  const { session } = await signInTo(server.url, 'orauma')
  const renewed = await renew(session.refreshToken)
  minutesAhead += 1.1
  expect((await refusalOf(await refresh(session.refreshToken))).code).toBe('session-ended')
  expect((await clientWith(server.url, renewed).request('/feed')).status).toBe(401)
  expect((await refresh(renewed.refreshToken)).status).toBe(401)
})

test('after signing out nothing works with that session', async () => {
  const { session, request } = await signInTo(server.url, 'orauma')
  expect((await request('/sign-out', { method: 'POST' })).status).toBe(204)
  expect((await request('/feed')).status).toBe(401)
  expect((await refresh(session.refreshToken)).status).toBe(401)
})

test('a revoked device is refused at every door, and the person’s other devices go on', async () => {
  const deviceId = randomUUID()
  const lost = await signInTo(server.url, 'prawit', deviceId)
  const kept = await signInTo(server.url, 'prawit')
  await revokeDevice(database.kysely, deviceId, new Date())
  for (const answer of [
    await lost.request('/feed'),
    await refresh(lost.session.refreshToken),
    await askSignIn(server.url, 'prawit', SAMPLE_PASSWORD, deviceId),
  ]) {
    expect((await refusalOf(answer)).code).toBe('device-revoked')
  }
  expect((await kept.request('/feed')).status).toBe(200)
})

test('too many failed sign-ins from one address are held back', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `guess-${index}`)
  await Promise.all(names.map(wrong))
  const held = await askSignIn(server.url, 'somying', SAMPLE_PASSWORD)
  expect(held.status).toBe(429)
  minutesAhead += 6
  expect((await askSignIn(server.url, 'somying', SAMPLE_PASSWORD)).status).toBe(200)
})
