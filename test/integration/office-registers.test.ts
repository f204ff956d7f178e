import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type OpenDatabase } from '../../src/server/database/connect.ts'
import { expireReservations } from '../../src/server/office/expireReservations.ts'
import type { RunningServer } from '../../src/server/start.ts'
import type { OfficeEventOf } from '../../src/shared/contract/office.ts'
import { registerListSchema, registerPageSchema } from '../../src/shared/contract/officeViews.ts'
import { ordinaryFacts } from '../../src/shared/domain/asked.ts'
import { MASKED_SUBJECT } from '../../src/shared/domain/secrecy.ts'
import { numberCommand, proposedLetter } from '../support/server/letters.ts'
import {
  acceptedByOffice,
  acceptedEvents,
  clientWith,
  command,
  officeCommand,
  refusalOf,
  refusedCode,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer
let database: OpenDatabase
let now = new Date('2026-11-23T03:00:00.000Z')
const clock = () => now
let clerk: TestClient
let staff: TestClient
let deputy: TestClient
let registry: TestClient

beforeAll(async () => {
  server = await startTestServer({ clock })
  database = connect(server.databaseUrl, () => undefined)
  await everyone()
})
afterAll(async () => {
  await database?.end()
  await server?.stop()
})

async function everyone() {
  const people = ['rungnapa', 'somying', 'teerawat', 'pimjai']
  const clients = await Promise.all(people.map((person) => signInTo(server.url, person)))
  ;[clerk, staff, deputy, registry] = clients as [TestClient, TestClient, TestClient, TestClient]
}

const reserve = (registerId = 'send-fund') =>
  officeCommand({ type: 'reserve-number', registerId, owner: 'ผู้อำนวยการสำนัก', reason: 'รอลงนาม' })

async function reserved(client = clerk) {
  const [event] = acceptedByOffice((await client.office(reserve()))[0])
  return event?.body as OfficeEventOf<'number-reserved'>
}

async function numbered(reservedSerial?: number) {
  const letter = await proposedLetter(staff, 'deputy')
  const body = { type: 'bind-number' as const, ...(reservedSerial && { reserved: reservedSerial }) }
  const [result] = await deputy.send(command(letter.letterId, body, 'deputy'))
  return { ...letter, result }
}

async function entries(client = clerk, query = '') {
  const answer = await client.request(`/registers/send-fund/entries${query}`)
  return registerPageSchema.parse(await answer.json())
}

test('a reserved number is counted at once: the next letter gets the one after it, and a letter may take it', async () => {
  const first = await reserved()
  const { result } = await numbered()
  expect(acceptedEvents(result)[0]?.body).toMatchObject({ serial: first.serial + 1 })
  const taken = await numbered(first.serial)
  expect(acceptedEvents(taken.result)[0]?.body).toMatchObject({ serial: first.serial, date: '2026-11-23' })
  expect(refusedCode((await numbered(first.serial)).result)).toBe('reservation-unknown')
  const cancel = { registerId: 'send-fund', buddhistYear: 2569, serial: first.serial, reason: 'ไม่ใช้' }
  const [result2] = await clerk.office(officeCommand({ type: 'cancel-reservation', ...cancel }))
  expect(refusedCode(result2)).toBe('reservation-unknown')
})

test('letters and reservations that come at once on two app servers never share a number', async () => {
  const other = await startTestServer({ databaseUrl: server.databaseUrl, clock })
  try {
    const there = clientWith(other.url, clerk.session)
    const deputyThere = clientWith(other.url, deputy.session)
    const letters = await Promise.all(Array.from({ length: 6 }, () => proposedLetter(staff, 'deputy')))
    const [set, given] = await Promise.all([
      Promise.all(Array.from({ length: 6 }, (_, index) => reserved(index % 2 === 0 ? clerk : there))),
      Promise.all(
        letters.map(({ letterId }, index) =>
          (index % 2 === 0 ? deputy : deputyThere).send(numberCommand(letterId, 'deputy')),
        ),
      ),
    ])
    const serials = [
      ...set.map(({ serial }) => serial),
      ...given
        .flat()
        .flatMap((result) =>
          acceptedEvents(result).flatMap(({ body }) => ('serial' in body ? [body.serial] : [])),
        ),
    ].toSorted((one, two) => one - two)
    expect(serials).toEqual(serials.map((_, index) => (serials[0] ?? 0) + index))
  } finally {
    await other.stop()
  }
})

test('a reserved number and a letter that want it at once: one of the two has it', async () => {
  const { serial } = await reserved()
  const { letterId } = await proposedLetter(staff, 'deputy')
  const cancel = { registerId: 'send-fund', buddhistYear: 2569, serial, reason: 'ไม่ใช้' }
  const [[bound], [cancelled]] = await Promise.all([
    deputy.send(command(letterId, { type: 'bind-number', reserved: serial }, 'deputy')),
    clerk.office(officeCommand({ type: 'cancel-reservation', ...cancel })),
  ])
  expect([bound?.outcome, cancelled?.outcome].toSorted()).toEqual(['accepted', 'refused'])
})

test('แบบที่ 14: the register shows numbers in order, cancelled and reserved ones too, and what was done', async () => {
  const { serial } = await reserved()
  const { letterId, result } = await numbered()
  const [event] = acceptedEvents(result)
  const text = event?.body.type === 'number-bound' ? event.body.text : ''
  const page = await entries()
  expect(page.entries.map((entry) => entry.serial)).toEqual(page.entries.map((_, index) => index + 1))
  expect(page.entries.find((entry) => entry.serial === serial)).toMatchObject({
    state: 'reserved',
    letterId: null,
    reserved: { owner: 'ผู้อำนวยการสำนัก', by: 'rungnapa', reason: 'รอลงนาม' },
  })
  expect(page.entries.find((entry) => entry.letterId === letterId)).toMatchObject({
    ...{ number: text, state: 'issued', from: 'สำนักบริหารงบกองทุน', reserved: null },
    ...{ to: 'เลขาธิการสำนักงานหลักประกันสุขภาพแห่งชาติ', practice: [] },
  })
  // Page by page it is the same.
  const read = []
  for (let after: number | null = 0; after !== null; ) {
    const part = await entries(clerk, `?year=2569&limit=3&after=${after}`)
    read.push(...part.entries)
    after = part.next
  }
  expect(read).toEqual(page.entries)
})

test('การปฏิบัติ tells to whom a letter was handed over', async () => {
  const letterId = randomUUID()
  const [registered] = await registry.send(
    command(letterId, {
      ...ordinaryFacts,
      ...{ type: 'register', kind: 'external', subject: 'ขอความเห็นข้อกฎหมาย', addressee: 'เลขาธิการ' },
      ...{ unitId: 'registry', registerId: 'receive-registry', way: 'email', paperAt: '', defect: '' },
      sender: { from: 'กรมบัญชีกลาง', agencyId: null, number: 'กค ๐๔๐๒/๙๙', date: '2026-11-20' },
      ...{ arrivedAt: '2026-11-23T02:00:00.000Z', despiteDuplicate: false, exchangeItemId: null, file: null },
    }),
    command(letterId, {
      ...{ type: 'deliver', to: ['legal'], objective: 'for-action', note: '', dueAt: null },
    }),
  )
  acceptedEvents(registered)
  const answer = await registry.request('/registers/receive-registry/entries')
  const { entries: rows } = registerPageSchema.parse(await answer.json())
  expect(rows.find((row) => row.letterId === letterId)).toMatchObject({
    ...{ from: 'กรมบัญชีกลาง', senderNumber: 'กค ๐๔๐๒/๙๙', senderDate: '2026-11-20' },
    practice: [{ kind: 'delivered', unitId: 'legal', state: 'sent', receipt: null }],
  })
})

test('a register is its unit’s clerks’ to read; the central registry knows of all registers by title', async () => {
  const list = async (client: TestClient) =>
    registerListSchema.parse(await (await client.request('/registers')).json()).registers
  const own = await list(clerk)
  expect(own.map(({ id }) => id)).toContain('send-fund')
  expect(own.every(({ mine, unitId }) => mine && unitId !== 'legal')).toBe(true)
  expect(await list(staff)).toEqual([])
  const all = await list(registry)
  expect(all.find(({ id }) => id === 'send-fund')).toMatchObject({ mine: false, years: [2569] })
  const refused = await registry.request('/registers/send-fund/entries')
  expect(refused.status).toBe(403)
  expect((await refusalOf(refused)).code).toBe('clerk-only')
  expect((await clerk.request('/office/log?stream=register:send-fund')).status).toBe(200)
  expect((await staff.request('/office/log?stream=register:send-fund')).status).toBe(403)
})

test('ข้อ 41: the subject of a secret letter is masked in the register for whoever is not cleared for it', async () => {
  const { letterId, result } = await numbered()
  acceptedEvents(result)
  await database.kysely
    .updateTable('registerEntry')
    .set({ secrecy: 1 })
    .where('letterId', '=', letterId)
    .execute()
  const rows = (await entries()).entries
  expect(rows.map((entry) => entry.subject)).toContain(MASKED_SUBJECT)
  expect(rows.map((entry) => entry.letterId)).not.toContain(letterId)
  await database.kysely
    .updateTable('registerEntry')
    .set({ secrecy: 0 })
    .where('letterId', '=', letterId)
    .execute()
})

test('a number that nobody used by midnight is cancelled with the reason, when somebody looks or by the server itself', async () => {
  const { serial } = await reserved()
  now = new Date('2026-11-23T17:00:00.001Z')
  await everyone()
  const { letterId } = await proposedLetter(staff, 'deputy')
  const late = command(letterId, { type: 'bind-number', reserved: serial }, 'deputy')
  expect(refusedCode((await deputy.send(late))[0])).toBe('reservation-expired')
  const found = (await entries()).entries.find((entry) => entry.serial === serial)
  expect(found).toMatchObject({ state: 'cancelled', reason: expect.stringContaining('หมดเวลา') })
  const second = await reserved()
  now = new Date('2026-11-24T17:00:00.001Z')
  await Promise.all([1, 2].map(() => expireReservations({ database: database.kysely, clock })))
  const row = await database.kysely
    .selectFrom('reservation')
    .select('state')
    .where('registerId', '=', 'send-fund')
    .where('serial', '=', second.serial)
    .executeTakeFirstOrThrow()
  expect(row.state).toBe('cancelled')
})
