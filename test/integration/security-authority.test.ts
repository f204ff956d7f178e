import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { revokeDevice } from '../../src/server/accounts/sessions.ts'
import { connect, type OpenDatabase } from '../../src/server/database/connect.ts'
import type { RunningServer } from '../../src/server/start.ts'
import { commandBodySchema } from '../../src/shared/contract/commands.ts'
import type { CommandBody } from '../../src/shared/contract/letter.ts'
import { type Session, sessionSchema } from '../../src/shared/contract/sync.ts'
import { changeOrganisation } from '../support/server/changeOrganisation.ts'
import { commandSamples } from '../support/server/commandSamples.ts'
import { draftCommand, numberCommand, proposeCommand, proposedLetter } from '../support/server/letters.ts'
import { minimalPdf, sha256 } from '../support/server/minimalPdf.ts'
import {
  acceptedEvents,
  clientWith,
  command,
  put,
  refusalOf,
  refusedCode,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer
let database: OpenDatabase
let daysAhead = 0
let staff: TestClient
let deputy: TestClient
let secretary: TestClient
let outsider: TestClient

beforeAll(async () => {
  server = await startTestServer({
    clock: () => new Date(Date.now() + daysAhead * 24 * 3600_000),
    limits: 'none',
  })
  database = connect(server.databaseUrl, () => undefined)
  await signInAll()
})
afterAll(async () => {
  await database?.end()
  await server?.stop()
})

async function signInAll() {
  staff = await signInTo(server.url, 'somying')
  deputy = await signInTo(server.url, 'teerawat')
  secretary = await signInTo(server.url, 'kamonchanok')
  outsider = await signInTo(server.url, 'orauma')
}

const types = commandBodySchema.options.map((option) => option.shape.type.value)
/** Commands that begin a letter, and asking for a loan, which is for those who have not seen the letter. */
const byStrangers: readonly string[] = ['draft', 'register', 'receive', 'borrow']

test.each(types.filter((type) => !byStrangers.includes(type)))(
  '%s on a letter of others is answered like one on a letter that is not there',
  async (type) => {
    const { letterId } = await proposedLetter(staff, 'deputy')
    for (const positionId of [null, 'deputy', 'secretary-general', 'director-legal']) {
      const body: CommandBody = commandSamples[type]
      const [theirs] = await outsider.send(command(letterId, body, positionId))
      const [nobodys] = await outsider.send(command(randomUUID(), body, positionId))
      expect(refusedCode(theirs)).toBe('letter-unknown')
      expect({ ...theirs, id: '' }).toEqual({ ...nobodys, id: '' })
    }
    const seen = await staff.wholeFeed()
    const events = seen.flatMap((entry) =>
      entry.kind === 'events' && entry.letterId === letterId ? entry.events : [],
    )
    expect(events.map(({ version }) => version)).toEqual([1, 2])
  },
)

test('a letter cannot be begun in another’s place, and not over one that is there', async () => {
  const { letterId } = await proposedLetter(staff, 'deputy')
  const file = minimalPdf(randomUUID())
  await outsider.upload(file)
  const [over] = await outsider.send(draftCommand(letterId, file))
  expect(refusedCode(over)).toBe('letter-exists')
  const [forUnit] = await outsider.send(draftCommand(randomUUID(), file))
  expect(refusedCode(forUnit)).toBe('unit-not-own')
  const [registered] = await staff.send(command(randomUUID(), commandSamples.register))
  expect(refusedCode(registered)).toBe('clerk-only')
  const from = { letterId, deliveryId: `${randomUUID()}.legal` }
  const [received] = await outsider.send(command(randomUUID(), { ...commandSamples.receive, from }))
  const [fromNowhere] = await outsider.send(
    command(randomUUID(), { ...commandSamples.receive, from: { ...from, letterId: randomUUID() } }),
  )
  expect(refusedCode(received)).toBe('delivery-unknown')
  expect({ ...received, id: '' }).toEqual({ ...fromNowhere, id: '' })
})

test('a file of others is not there, whatever is asked of it, and cannot be taken into a letter of one’s own', async () => {
  const { file } = await proposedLetter(staff, 'deputy')
  const hash = sha256(file)
  const get = await outsider.request(`/files/${hash}`)
  const unknown = await outsider.request(`/files/${'0'.repeat(64)}`)
  expect([get.status, await get.text()]).toEqual([unknown.status, await unknown.text()])
  for (const range of ['bytes=0-0', `bytes=${file.length}-`]) {
    expect((await outsider.request(`/files/${hash}`, { headers: { range } })).status).toBe(404)
  }
  const head = await outsider.request(`/files/${hash}`, { method: 'HEAD' })
  expect([head.status, head.headers.get('upload-offset')]).toEqual([404, '0'])

  // Naming it as the beginning of one's own file, or as a draft's file or enclosure, does not bring it either.
  const own = Buffer.concat([file, Buffer.from('% ต่อท้าย\n')])
  const extended = await outsider.request(
    `/files/${sha256(own)}?extends=${hash}`,
    put(own.subarray(file.length), file.length, own.length),
  )
  expect((await refusalOf(extended)).code).toBe('file-missing')
  const legal = { unitId: 'legal', registerId: 'send-legal' }
  const draft = draftCommand(randomUUID(), file)
  const [stolen] = await outsider.send({ ...draft, body: { ...draft.body, ...legal } as CommandBody })
  expect(refusedCode(stolen)).toBe('file-missing')
  const mine = minimalPdf(randomUUID())
  await outsider.upload(mine)
  const enclosing = draftCommand(randomUUID(), mine)
  const enclosures = [
    { title: 'ของผู้อื่น', quantity: 1, file: { sha256: hash, bytes: file.length, name: 'ก.pdf' } },
  ]
  const [enclosed] = await outsider.send({
    ...enclosing,
    body: { ...enclosing.body, ...legal, enclosures } as CommandBody,
  })
  expect(refusedCode(enclosed)).toBe('file-missing')
  expect((await outsider.request(`/files/${hash}`)).status).toBe(404)
})

test('an enclosure that was taken out of a draft is not shown to those who get the letter afterwards', async () => {
  const letterId = randomUUID()
  const file = minimalPdf(letterId)
  const enclosed = minimalPdf(randomUUID())
  await staff.upload(file)
  const sha = await staff.upload(enclosed)
  const draft = draftCommand(letterId, file)
  const enclosures = [
    { title: 'แนบผิด', quantity: 1, file: { sha256: sha, bytes: enclosed.length, name: 'ก.pdf' } },
  ]
  const { unitId: _, registerId: __, ...facts } = draft.body as Extract<CommandBody, { type: 'draft' }>
  const sent = await staff.send(
    { ...draft, body: { ...draft.body, enclosures } as CommandBody },
    command(letterId, { ...facts, type: 'revise', subject: 'ถอดสิ่งที่ส่งมาด้วยแล้ว' }),
    proposeCommand(letterId, 'deputy'),
  )
  for (const result of sent) acceptedEvents(result)
  expect((await deputy.request(`/files/${sha256(file)}`)).status).toBe(200)
  expect((await deputy.request(`/files/${sha}`)).status).toBe(404)
})

test('half of a file that someone uploads is nobody else’s to go on with or to read', async () => {
  const file = minimalPdf(randomUUID())
  const hash = sha256(file)
  expect((await staff.request(`/files/${hash}`, put(file.subarray(0, 50), 0, file.length))).status).toBe(202)
  const rest = await outsider.request(`/files/${hash}`, put(file.subarray(50), 50, file.length))
  expect((await refusalOf(rest)).code).toBe('command-malformed')
  expect((await outsider.request(`/files/${hash}`)).status).toBe(404)
  expect((await staff.request(`/files/${hash}`, { method: 'HEAD' })).headers.get('upload-offset')).toBe('50')
})

test('who acted, on which device and when comes from the server, whatever the client claims', async () => {
  const letterId = randomUUID()
  const file = minimalPdf(letterId)
  await staff.upload(file)
  const draft = draftCommand(letterId, file)
  const claims = {
    actor: 'prawit',
    device: randomUUID(),
    serverTime: draft.clientTime,
    onBehalfOf: 'prawit',
    hash: 'a'.repeat(64),
  }
  for (const [name, value] of Object.entries(claims)) {
    const answer = await staff.request('/commands', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ commands: [{ ...draft, [name]: value }] }),
    })
    expect(answer.status).toBe(400)
  }
  const before = Date.now()
  const [event] = acceptedEvents((await staff.send(draft))[0])
  const sessions = await database.kysely
    .selectFrom('session')
    .selectAll()
    .where('personId', '=', 'somying')
    .execute()
  expect(event).toMatchObject({ actor: 'somying', onBehalfOf: null, delegationId: null })
  expect(sessions.map(({ deviceId }) => deviceId)).toContain(event?.device)
  expect(Math.abs(Date.parse(event?.serverTime ?? '') - before)).toBeLessThan(60_000)
})

test('a position that somebody does not hold is not theirs to act for', async () => {
  const { letterId } = await proposedLetter(staff, 'deputy')
  const tried: [TestClient, string | null, string][] = [
    [staff, 'deputy', 'position-not-held'],
    [staff, 'secretary-general', 'letter-elsewhere'],
    [deputy, 'secretary-general', 'letter-elsewhere'],
    [deputy, null, 'letter-elsewhere'],
    [deputy, 'no-such-position', 'letter-elsewhere'],
    [secretary, 'deputy', 'secretary-cannot-sign'],
  ]
  for (const [client, positionId, code] of tried) {
    const [result] = await client.send(command(letterId, { type: 'bind-number' }, positionId))
    expect([client.personId, positionId, refusedCode(result)]).toEqual([client.personId, positionId, code])
  }
})

test('a secretary runs the tray and neither numbers, signs, orders nor forwards for the holder', async () => {
  const { letterId, file } = await proposedLetter(staff, 'deputy')
  acceptedEvents((await secretary.send(command(letterId, { type: 'take-up' }, 'deputy')))[0])
  const revision = { sha256: sha256(file), bytes: file.length, extends: sha256(file) }
  const bodies: CommandBody[] = [
    { type: 'bind-number' },
    { type: 'sign', revision },
    { type: 'forward', to: 'secretary-general', note: '' },
    { ...commandSamples.endorse, to: null, signature: { method: 'electronic', look: 'typed' } },
  ]
  for (const body of bodies) {
    const [result] = await secretary.send(command(letterId, body, 'deputy'))
    expect([body.type, refusedCode(result)]).toEqual([
      body.type,
      body.type === 'forward' ? 'position-not-held' : 'secretary-cannot-sign',
    ])
  }
})

test('a delegate acts until the last day of the order and not a day longer, and then sees nothing new', async () => {
  const today = new Date().toISOString().slice(0, 10)
  await changeOrganisation(server.databaseUrl, () => ({
    delegations: [
      {
        id: 'order-1',
        kind: 'delegated',
        positionId: 'deputy',
        personId: 'orauma',
        ownPositionId: null,
        orderNumber: '1/2569',
        orderDate: today,
        from: today,
        to: today,
        scope: { kinds: null, unitIds: null, ceiling: null },
      },
    ],
  }))
  const { letterId } = await proposedLetter(staff, 'deputy')
  const [bound] = acceptedEvents((await outsider.send(numberCommand(letterId, 'deputy')))[0])
  expect(bound).toMatchObject({ actor: 'orauma', onBehalfOf: 'teerawat', delegationId: 'order-1' })
  const cursor = (await outsider.feed()).next

  daysAhead = 2
  try {
    await signInAll()
    const later = await proposedLetter(staff, 'deputy')
    for (const id of [letterId, later.letterId]) {
      const returning = command(id, { type: 'return', reason: 'คืน' }, 'deputy')
      expect(refusedCode((await outsider.send(returning))[0])).toBe('letter-unknown')
    }
    expect((await outsider.request(`/files/${sha256(later.file)}`)).status).toBe(404)
    const entries = await outsider.wholeFeed(cursor)
    expect(entries.filter(({ kind }) => kind === 'events')).toEqual([])
    expect(entries).toContainEqual(expect.objectContaining({ kind: 'retract', letterId }))
  } finally {
    daysAhead = 0
    await changeOrganisation(server.databaseUrl, () => ({ delegations: [] }))
    await signInAll()
  }
})

test('a command that was carried out is carried out once, whoever sends it again and however it is spelt', async () => {
  const { letterId } = await proposedLetter(staff, 'deputy')
  const note = command(letterId, { type: 'note', text: 'ครั้งเดียว' })
  acceptedEvents((await staff.send(note))[0])
  const others = [
    (await deputy.send(note))[0],
    (await staff.send({ ...note, body: { type: 'note', text: 'อีกอย่าง' } }))[0],
    (await staff.send({ ...note, letterId: randomUUID() }))[0],
    (await staff.send({ ...note, positionId: 'deputy' }))[0],
  ]
  expect(others.map(refusedCode)).toEqual(others.map(() => 'command-reused'))
  const capitals = await staff.request('/commands', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ commands: [{ ...note, id: note.id.toUpperCase() }] }),
  })
  expect(capitals.status).toBe(400)
  acceptedEvents((await staff.send(note))[0])
  const rows = await database.kysely
    .selectFrom('letterEvent')
    .select('event')
    .where('letterId', '=', letterId)
    .execute()
  expect(rows.filter(({ event }) => event.body.type === 'noted')).toHaveLength(1)
})

test('a client’s clock that is an hour, a year or five centuries off is kept as evidence and decides nothing', async () => {
  const times = [
    '2026-11-30T00:00:00.000Z',
    '2025-12-01T00:00:00.000Z',
    '2569-12-01T00:00:00.000Z',
    '0001-01-01T00:00:00.000Z',
  ]
  for (const clientTime of times) {
    const { letterId } = await proposedLetter(staff, 'deputy')
    const [event] = acceptedEvents(
      (await deputy.send({ ...numberCommand(letterId, 'deputy'), clientTime }))[0],
    )
    expect(event?.clientTime).toBe(clientTime)
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Bangkok' }).format(new Date())
    expect(event?.body).toMatchObject({ type: 'number-bound', date: today })
    expect(Math.abs(Date.parse(event?.serverTime ?? '') - Date.now())).toBeLessThan(60_000)
  }
})

test('a session that is over, of a device that was revoked, or with a token that ran out opens no route', async () => {
  const deviceId = randomUUID()
  const revoked = await signInTo(server.url, 'surachai', deviceId)
  const signedOut = await signInTo(server.url, 'surachai')
  const replaced = await signInTo(server.url, 'surachai')
  await signedOut.request('/sign-out', { method: 'POST' })
  await revokeDevice(database.kysely, deviceId, new Date())
  const renew = (session: Session) =>
    fetch(`${server.url}/v1/refresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refreshToken: session.refreshToken }),
    })
  const renewed = sessionSchema.parse(await (await renew(replaced.session)).json())
  expect((await clientWith(server.url, renewed).request('/feed')).status).toBe(200)
  const routes = ['/feed', '/organisation', '/events', `/files/${'0'.repeat(64)}`]
  for (const client of [revoked, signedOut]) {
    for (const path of routes) expect((await client.request(path)).status).toBe(401)
    expect((await client.request('/commands', { method: 'POST' })).status).toBe(401)
    expect((await client.request('/sign-out', { method: 'POST' })).status).toBe(401)
    expect((await renew(client.session)).status).toBe(401)
  }
  daysAhead = 1
  try {
    for (const path of routes) expect((await clientWith(server.url, renewed).request(path)).status).toBe(401)
    expect((await renew(renewed)).status).toBe(200)
    daysAhead = 40
    expect((await renew(renewed)).status).toBe(401)
  } finally {
    daysAhead = 0
  }
})

test('signing out ends one’s own session and no other’s', async () => {
  const one = await signInTo(server.url, 'nittaya')
  const other = await signInTo(server.url, 'nittaya')
  expect((await one.request('/sign-out', { method: 'POST' })).status).toBe(204)
  expect((await other.request('/feed')).status).toBe(200)
})

test('a proposal to a position that is not there, or to nobody, moves nothing', async () => {
  const letterId = randomUUID()
  const file = minimalPdf(letterId)
  await staff.upload(file)
  acceptedEvents((await staff.send(draftCommand(letterId, file)))[0])
  for (const to of ['constructor', 'valueof', 'no-such-position', 'somying', '0']) {
    expect(refusedCode((await staff.send(proposeCommand(letterId, to)))[0])).toBe('position-unknown')
  }
})
