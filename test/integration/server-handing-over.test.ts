import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningServer } from '../../src/server/start.ts'
import type { BodyOf } from '../../src/shared/contract/letter.ts'
import type { FeedEntry } from '../../src/shared/contract/sync.ts'
import { ordinaryFacts } from '../../src/shared/domain/asked.ts'
import { foldLetter } from '../../src/shared/domain/evolve.ts'
import { minimalPdf, sha256 } from '../support/server/minimalPdf.ts'
import {
  acceptedEvents,
  command,
  refusedCode,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer
/** Clerks of the central registry, the legal bureau and the executive office; and the head of the legal bureau. */
let registry: TestClient
let legal: TestClient
let executive: TestClient
let director: TestClient

beforeAll(async () => {
  server = await startTestServer()
  const people = ['pimjai', 'orauma', 'nittaya', 'surachai'] as const
  const clients = await Promise.all(people.map((person) => signInTo(server.url, person)))
  ;[registry, legal, executive, director] = clients as [TestClient, TestClient, TestClient, TestClient]
})
afterAll(() => server?.stop())

const register = (changes: Partial<BodyOf<'register'>> = {}): BodyOf<'register'> => ({
  ...ordinaryFacts,
  type: 'register',
  kind: 'external',
  subject: 'ขอความอนุเคราะห์วิทยากรบรรยายสิทธิประโยชน์หลักประกันสุขภาพ',
  addressee: 'เลขาธิการสำนักงานหลักประกันสุขภาพแห่งชาติ',
  unitId: 'registry',
  registerId: 'receive-registry',
  sender: {
    from: 'คณะแพทยศาสตร์ มหาวิทยาลัยเชียงใหม่',
    agencyId: null,
    number: `อว ๘๓๙๓(๘)/${randomUUID()}`,
    date: '2026-11-20',
  },
  way: 'email',
  arrivedAt: '2026-11-23T03:00:00.000Z',
  paperAt: '',
  defect: '',
  despiteDuplicate: false,
  exchangeItemId: null,
  file: null,
  ...changes,
})

async function registered(changes: Partial<BodyOf<'register'>> = {}) {
  const letterId = randomUUID()
  const file = minimalPdf(letterId)
  await registry.upload(file)
  const revision = { sha256: sha256(file), bytes: file.length, extends: null }
  const body = register({ file: { fileName: 'หนังสือ.pdf', pageCount: 1, revision }, ...changes })
  const [result] = await registry.send(command(letterId, body))
  const [event] = acceptedEvents(result)
  if (event?.body.type !== 'registered') throw new Error('not registered')
  return { letterId, file, receipt: event.body.receipt, body }
}

async function handedOver(...units: string[]) {
  const letter = await registered()
  const [result] = await registry.send(
    command(letter.letterId, {
      type: 'deliver',
      to: units,
      objective: 'for-action',
      note: 'เพื่อโปรดพิจารณา',
      dueAt: null,
    }),
  )
  const [event] = acceptedEvents(result)
  if (event?.body.type !== 'delivered') throw new Error('not delivered')
  return { ...letter, deliveries: event.body.to.map(({ deliveryId }) => deliveryId) }
}

const receive = (letterId: string, deliveryId: string, unit: string, as: string = randomUUID()) =>
  command(as, {
    type: 'receive',
    from: { letterId, deliveryId },
    unitId: unit,
    registerId: `receive-${unit}`,
  })

const kindsOf = (feed: readonly FeedEntry[], letterId: string) =>
  feed.flatMap((entry) => ('letterId' in entry && entry.letterId === letterId ? [entry.kind] : []))

async function stateOf(client: TestClient, letterId: string) {
  const feed = await client.wholeFeed()
  const events = feed.flatMap((entry) =>
    entry.kind === 'events' && entry.letterId === letterId ? entry.events : [],
  )
  const byVersion = new Map(events.map((event) => [event.version, event]))
  return foldLetter([...byVersion.values()].toSorted((one, other) => one.version - other.version))
}

test('ข้อ 38: the receiving unit takes a letter into its own register, under its own number', async () => {
  const { letterId, file, receipt, deliveries } = await handedOver('legal')
  const own = randomUUID()
  const [result] = await legal.send(receive(letterId, deliveries[0] ?? '', 'legal', own))
  const [event] = acceptedEvents(result)
  expect(event?.body).toMatchObject({ type: 'received', receipt: { registerId: 'receive-legal' } })
  const source = await stateOf(registry, letterId)
  expect(source?.deliveries[0]).toMatchObject({ state: 'received', receivedAs: { letterId: own } })
  expect(source?.receipt).toEqual(receipt)
  const bytes = await (await legal.request(`/files/${sha256(file)}`)).arrayBuffer()
  expect(sha256(new Uint8Array(bytes))).toBe(sha256(file))
})

test('two clerks who receive one delivery at once take it once, and no number is lost', async () => {
  const { letterId, deliveries } = await handedOver('legal')
  const again = await signInTo(server.url, 'orauma')
  const both = await Promise.all(
    [legal, again].map((clerk) => clerk.send(receive(letterId, deliveries[0] ?? '', 'legal'))),
  )
  const codes = both.map(([result]) => refusedCode(result) ?? 'accepted').toSorted()
  expect(codes).toEqual(['accepted', 'delivery-settled'])
  const next = await handedOver('legal')
  const [first] = both.flatMap(([result]) => (result?.outcome === 'accepted' ? result.events : []))
  const [second] = acceptedEvents(
    (await legal.send(receive(next.letterId, next.deliveries[0] ?? '', 'legal')))[0],
  )
  const serials = [first, second].map((event) => event?.body.type === 'received' && event.body.receipt.serial)
  expect(Number(serials[1]) - Number(serials[0])).toBe(1)
})

test('ดึงคืน: before receipt the sender pulls it back and it is gone from the other side; after it is too late', async () => {
  const { letterId, deliveries } = await handedOver('legal', 'executive')
  const [toLegal = '', toExecutive = ''] = deliveries
  expect(await stateOf(legal, letterId)).toBeDefined()
  acceptedEvents((await executive.send(receive(letterId, toExecutive, 'executive')))[0])
  const recall = (target: string) =>
    registry.send(command(letterId, { type: 'recall', target, reason: 'ส่งผิดหน่วยงาน' }))
  acceptedEvents((await recall(toLegal))[0])
  expect(refusedCode((await recall(toExecutive))[0])).toBe('recall-too-late')
  expect(kindsOf(await legal.wholeFeed(), letterId)).toEqual(['retract'])
  expect(refusedCode((await legal.send(receive(letterId, toLegal, 'legal')))[0])).toBe('delivery-recalled')
})

test('คืนเรื่อง: after receipt it goes back with a reason; its receive number stays in the register', async () => {
  const { letterId, deliveries } = await handedOver('legal')
  const own = randomUUID()
  acceptedEvents((await legal.send(receive(letterId, deliveries[0] ?? '', 'legal', own)))[0])
  const back = command(own, {
    type: 'return-delivery',
    source: { letterId, deliveryId: deliveries[0] ?? '' },
    reason: 'ไม่อยู่ในอำนาจหน้าที่ของสำนักกฎหมาย',
  })
  acceptedEvents((await legal.send(back))[0])
  expect((await stateOf(registry, letterId))?.deliveries[0]).toMatchObject({ state: 'returned' })
  expect(await stateOf(legal, own)).toMatchObject({ closed: 'returned-to-sender', receipt: {} })
  expect(kindsOf(await legal.wholeFeed(), letterId)).toEqual(['retract'])
})

test('เสนอสั่งการ: the receiving unit works on its own letter, out of the sender’s sight', async () => {
  const { letterId, deliveries } = await handedOver('legal')
  const own = randomUUID()
  acceptedEvents((await legal.send(receive(letterId, deliveries[0] ?? '', 'legal', own)))[0])
  const propose = command(own, { type: 'propose', to: 'director-legal', note: 'เพื่อโปรดสั่งการ' })
  acceptedEvents((await legal.send(propose))[0])
  const opinion = command(
    own,
    {
      type: 'endorse',
      act: 'opinion',
      text: 'เห็นควรมอบกลุ่มงานนิติกรรมสัญญาดำเนินการ',
      signature: { method: 'electronic', look: 'typed' },
      to: null,
      dueAt: null,
    },
    'director-legal',
  )
  acceptedEvents((await director.send(opinion))[0])
  expect((await stateOf(director, own))?.endorsements).toHaveLength(1)
  expect(await stateOf(registry, own)).toBeUndefined()
})

test('the same letter of the same sender is registered twice only on purpose', async () => {
  const { body } = await registered()
  const again = { ...body, sender: { ...body.sender, number: body.sender.number.replace('๘๓๙๓', '8393') } }
  const [refused] = await registry.send(command(randomUUID(), again))
  expect(refusedCode(refused)).toBe('registered-already')
  acceptedEvents((await registry.send(command(randomUUID(), { ...again, despiteDuplicate: true })))[0])
})

test('nobody learns of a letter by naming it: not its delivery, not its file', async () => {
  const { letterId, file, deliveries } = await handedOver('legal')
  const stranger = await signInTo(server.url, 'somying')
  expect(refusedCode((await stranger.send(receive(letterId, deliveries[0] ?? '', 'legal')))[0])).toBe(
    'clerk-only',
  )
  const wrongUnit = await executive.send(receive(letterId, deliveries[0] ?? '', 'executive'))
  expect(refusedCode(wrongUnit[0])).toBe('delivery-unknown')
  const note = command(letterId, { type: 'note', text: 'ขอทราบ' })
  expect(refusedCode((await stranger.send(note))[0])).toBe('letter-unknown')
  expect((await stranger.request(`/files/${sha256(file)}`)).status).toBe(404)
})
