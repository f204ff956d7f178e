import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Client } from '../../src/main/client/client.ts'
import { openDatabase } from '../../src/main/client/store/database.ts'
import { hashPassword } from '../../src/server/accounts/passwords.ts'
import { connect } from '../../src/server/database/connect.ts'
import { SAMPLE_PASSWORD } from '../../src/server/sampleOrganisation.ts'
import { type LossyLine, lossyLine } from '../support/client/lossyLine.ts'
import { type OfficeServer, startOfficeServer } from '../support/client/officeServer.ts'
import { draftMemo } from '../support/client/story.ts'
import { codeOf, eventually, signInAs, startClient } from '../support/client/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: OfficeServer
let serverFolder: string
let line: LossyLine
let pc: string
let client: Client

beforeAll(async () => {
  serverFolder = await mkdtemp(join(tmpdir(), 'accounts-server-'))
  server = await startOfficeServer(serverFolder)
})
afterAll(async () => {
  await server.kill()
  await rm(serverFolder, { recursive: true, force: true })
})
beforeEach(async () => {
  line = await lossyLine(server.url)
  pc = await mkdtemp(join(tmpdir(), 'pc-'))
  client = startClient({ directory: pc, serverUrl: line.url })
})
afterEach(async () => {
  await client.close()
  await line.close()
  await rm(pc, { recursive: true, force: true })
})

const accounts = async () => (await readdir(join(pc, 'accounts'))).sort()

test('two people on one PC have stores of their own and never see each other’s letters', async () => {
  await signInAs(client, 'somying')
  const letterId = await draftMemo(client)
  await client.signOut()
  expect(await client.listLetters({ folder: 'drafts', positionId: null })).toEqual([])

  await signInAs(client, 'orauma')
  expect(codeOf(await client.getLetter({ letterId }))).toBe('letter-unknown')
  expect(await accounts()).toEqual(['orauma', 'somying'])
})

test('a wrong password is refused by the server, and nothing is made on the disk', async () => {
  expect(codeOf(await client.signIn({ username: 'somying', password: 'ไม่ใช่รหัสนี้' }))).toBe('sign-in-wrong')
  expect(codeOf(await client.signIn({ username: '../../etc', password: 'x' }))).toBe('sign-in-wrong')
  expect(await readdir(pc)).toEqual(['device.json'])
})

test('without the network the password opens one’s own store, and only with the right password', async () => {
  await signInAs(client, 'somying')
  await client.syncNow()
  const letterId = await draftMemo(client)
  await client.signOut()
  line.cut()

  const unknown = await client.signIn({ username: 'orauma', password: SAMPLE_PASSWORD })
  expect(codeOf(unknown)).toBe('sign-in-offline-unknown')
  expect(codeOf(await client.signIn({ username: 'somying', password: 'saraban-2568' }))).toBe('sign-in-wrong')
  expect(await signInAs(client, 'somying')).toMatchObject({ name: 'นางสาวสมหญิง ใจดี', offline: true })
  expect(codeOf(await client.getLetter({ letterId }))).toBeUndefined()

  line.mend()
  await eventually('the session to be online', async () => {
    const { account } = await client.sessionState()
    return account?.offline === false
  })
})

test('five wrong passwords without the network pause the account, also across a new start', async () => {
  await signInAs(client, 'somying')
  await client.signOut()
  line.cut()
  const guess = (from: Client) => from.signIn({ username: 'somying', password: 'เดาสุ่ม' }).then(codeOf)
  const answers: unknown[] = []
  for (let tries = 0; tries < 5; tries += 1) answers.push(await guess(client))
  expect(answers).toEqual([...Array(4).fill('sign-in-wrong'), 'sign-in-locked'])
  await client.close()
  client = startClient({ directory: pc, serverUrl: line.url })
  expect(codeOf(await client.signIn({ username: 'somying', password: SAMPLE_PASSWORD }))).toBe(
    'sign-in-locked',
  )
})

test('a store whose key cannot be unwrapped is set aside whole, never deleted', async () => {
  await signInAs(client, 'somying')
  await draftMemo(client)
  await client.signOut()
  // As after a password that was changed on another PC: the server lets in, the wrapped key does not open.
  const keyPath = join(pc, 'accounts/somying/key.json')
  const key = JSON.parse(await readFile(keyPath, 'utf8')) as { wrapped: string }
  const wrapped = Buffer.from(key.wrapped, 'base64')
  wrapped[20]! ^= 1
  await writeFile(keyPath, JSON.stringify({ ...key, wrapped: wrapped.toString('base64') }))
  await signInAs(client, 'somying')
  const [kept, aside] = await accounts()
  expect([kept, aside]).toEqual(['somying', expect.stringMatching(/^somying\.set-aside-\d+$/)])
  expect(await readdir(join(pc, 'accounts', aside!))).toContain('store.db')
})

test('a password that was changed while somebody worked opens their store with all that waits in it', async () => {
  const office = await startTestServer()
  const database = connect(office.databaseUrl, () => undefined)
  const guest = startClient({ directory: join(pc, 'guest'), serverUrl: office.url })
  try {
    await signInAs(guest, 'somying')
    await guest.syncNow()
    const passwordHash = await hashPassword('รหัสผ่านใหม่ ๒๕๖๙')
    await database.kysely
      .updateTable('account')
      .set({ passwordHash })
      .where('personId', '=', 'somying')
      .execute()
    await database.kysely.updateTable('session').set({ endedAt: new Date() }).execute()
    const ended = new Promise<null>((resolve) => guest.on('session.ended', resolve))
    const letterId = await draftMemo(guest)
    await ended

    for (const time of ['first', 'again']) {
      await signInAs(guest, 'somying', 'รหัสผ่านใหม่ ๒๕๖๙')
      expect([time, codeOf(await guest.getLetter({ letterId }))]).toEqual([time, undefined])
      await eventually('the draft to be sent', async () => (await guest.outbox()).length === 0)
      await guest.signOut()
    }
    expect(await readdir(join(pc, 'guest/accounts'))).toEqual(['somying'])
  } finally {
    await guest.close()
    await database.end()
    await office.stop()
  }
})

test('nothing in an account’s folder can be read without its key', async () => {
  await signInAs(client, 'somying')
  await draftMemo(client)
  await client.signOut()
  const folder = join(pc, 'accounts/somying')
  for (const name of await readdir(folder, { recursive: true })) {
    const content = await readFile(join(folder, name)).catch(() => Buffer.alloc(0))
    for (const secret of ['ขออนุมัติจัดประชุม', '%PDF']) expect(content.includes(secret)).toBe(false)
  }
  expect(codeOf(openDatabase(join(folder, 'store.db'), Buffer.alloc(32, 1)))).toBe('store-locked')
})

test('a session outlives its access tokens, and one that the server no longer knows ends with the work kept', async () => {
  let ahead = 0
  const future = await startTestServer({ clock: () => new Date(Date.now() + ahead) })
  const guest = startClient({ directory: join(pc, 'guest'), serverUrl: future.url })
  try {
    await signInAs(guest, 'somying')
    await guest.syncNow()
    ahead = 60 * 60_000
    const letterId = await draftMemo(guest)
    await guest.syncNow()
    expect(await guest.outbox()).toEqual([])

    const ended = new Promise<null>((resolve) => guest.on('session.ended', resolve))
    ahead = 1000 * 24 * 60 * 60_000
    void guest.propose({ letterId, to: 'deputy', note: '' })
    expect(await ended).toBeNull()
    expect((await guest.sessionState()).account).toBeNull()
    ahead = 0
    await signInAs(guest, 'somying')
    await eventually('the proposal to be sent', async () => {
      const got = await guest.getLetter({ letterId })
      return got.ok && got.value.timeline.length === 2
    })
  } finally {
    await guest.close()
    await future.stop()
  }
})
