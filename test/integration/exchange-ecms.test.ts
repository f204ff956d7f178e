import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Confirmation, tellConfirmations } from '../../src/server/exchange/confirmations.ts'
import { followSent } from '../../src/server/exchange/followSent.ts'
import { incomingItems, itemInvalid, itemRegistered, itemRejected } from '../../src/server/exchange/items.ts'
import { disputeReceiveNumber, sendLetter } from '../../src/server/exchange/outbox.ts'
import { receiver, sampleLetter, sender } from '../support/ecms/letters.ts'
import { type Network, startNetwork } from '../support/ecms/network.ts'
import { type Databases, type Office, openOffice, startDatabases } from '../support/ecms/office.ts'
import { textOf } from '../support/ecms/soap.ts'
import { minimalPdf } from '../support/server/minimalPdf.ts'

let databases: Databases
let network: Network
let ours: Office
let theirs: Office

beforeAll(async () => {
  databases = await startDatabases()
})
afterAll(() => databases?.stop())
beforeEach(async () => {
  network = await startNetwork([sender, receiver, { ministryId: '21', departmentId: '21001' }])
  ours = await openOffice(databases, network, sender.departmentId)
  theirs = await openOffice(databases, network, receiver.departmentId)
})
afterEach(async () => {
  await network?.close()
  await ours?.close()
  await theirs?.close()
})

const letterId = randomUUID()
const now = new Date('2026-11-23T03:00:00.000Z')

/** Sends the sample letter and lets it arrive. */
async function arrived(change: Parameters<typeof sampleLetter>[1] = {}) {
  const letter = sampleLetter(await ours.file(minimalPdf('หนังสือออก')), change)
  const { id } = await sendLetter(ours.database, { way: 'e-cms', letterId, letter, now })
  await ours.deliver()
  expect(await theirs.receive()).toEqual(['arrived'])
  const [item] = await incomingItems(theirs.database)
  if (!item?.letter) throw new Error('nothing arrived')
  return { id, letter, item, received: item.letter }
}

/** Brings what they say to us; returns what the domain is told. */
async function told(): Promise<Confirmation[]> {
  await theirs.deliver()
  await ours.receive()
  const confirmations: Confirmation[] = []
  await tellConfirmations(ours.database, ours.clock, async (confirmation) => {
    confirmations.push(confirmation)
  })
  return confirmations
}

test('a letter goes to another agency whole: every field, its file and its attachments', async () => {
  const attachment = await ours.file(Buffer.alloc(300_001, 7), 'image/png')
  const { letter, received } = await arrived({ attachments: [attachment] })
  expect(received).toEqual({ ...letter, signer: expect.objectContaining({ typeCode: '1' }) })
  expect(Buffer.from(await theirs.store.bytes(letter.main.sha256))).toEqual(
    Buffer.from(minimalPdf('หนังสือออก')),
  )
  expect((await theirs.store.bytes(attachment.sha256)).length).toBe(300_001)
})

test('two agencies exchange a letter with both confirmations: it has arrived, it is registered', async () => {
  const { item } = await arrived()
  expect(await told()).toMatchObject([{ letterId, departmentId: '11002', kind: 'arrived', number: '' }])
  await itemRegistered(theirs.database, item.id, '1234/2569', now)
  expect(await told()).toMatchObject([{ letterId, kind: 'registered', number: '1234/2569' }])
  expect(await incomingItems(theirs.database)).toEqual([])
  expect(await told()).toEqual([])
})

test('ministry and department of sender and receiver are four codes and stay apart', async () => {
  await arrived()
  const xml = network.asked('GovernmentDocument')[0]?.xml ?? ''
  const codes = [...xml.matchAll(/<ram:(Ministry|Department)Organization><ram:ID>(\d+)</g)].map(
    (found) => found[2],
  )
  expect(codes).toEqual(['11', '11008', '12', '11002'])
})

test('a message names its sender and the time in Bangkok, and no two names are the same', async () => {
  await arrived()
  const names = network.namesAskedBy('11008').length
  const ids = ['GovernmentDocument', 'CorrespondenceLetterInboundRequest'].flatMap((name) =>
    network.asked(name).map(({ xml }) => textOf(xml, 'MessageID')),
  )
  expect(ids[0]).toMatch(/^1100820261123\.100000\d{3}$/)
  expect(new Set(ids).size).toBe(ids.length)
  expect(names).toBeGreaterThan(0)
})

test('a rejected letter may be sent again, after the first was withdrawn', async () => {
  const { letter, item, id } = await arrived()
  await itemRejected(theirs.database, item.id, now)
  expect((await told()).map(({ kind }) => kind)).toEqual(['arrived', 'rejected'])
  const corrected = { ...letter, subject: 'ฉบับแก้ไข' }
  const again = await sendLetter(ours.database, { way: 'e-cms', letterId, letter: corrected, now })
  expect(again.id).not.toBe(id)
  await ours.deliver()
  const names = network.namesAskedBy('11008')
  const withdrawn = names.indexOf('CorrespondenceDeleteGovernmentDocumentRequest')
  expect(names.lastIndexOf('GovernmentDocument')).toBeGreaterThan(withdrawn)
  expect(withdrawn).toBeGreaterThan(names.indexOf('GovernmentDocument'))
  expect(await theirs.receive()).toEqual(['arrived'])
  expect((await incomingItems(theirs.database)).map((one) => one.letter?.subject)).toEqual(['ฉบับแก้ไข'])
})

test('a letter that is wrong is told so to its sender', async () => {
  const { item } = await arrived()
  await itemInvalid(theirs.database, item.id, now)
  expect((await told()).map(({ kind }) => kind)).toEqual(['arrived', 'invalid'])
})

test('a receive number that the sender calls wrong is given anew', async () => {
  const { item, id } = await arrived()
  await itemRegistered(theirs.database, item.id, '1', now)
  await told()
  expect(await disputeReceiveNumber(ours.database, id, '2', now)).toBe(false)
  expect(await disputeReceiveNumber(ours.database, id, '1', now)).toBe(true)
  await ours.deliver()
  expect(await theirs.receive()).toEqual(['noticed'])
  expect(await incomingItems(theirs.database)).toMatchObject([{ id: item.id, disputedNumber: '1' }])
  expect(await itemRegistered(theirs.database, item.id, '12', now)).toMatchObject({ ok: true })
  expect(await told()).toMatchObject([{ kind: 'registered', number: '12' }])
})

test('an item is settled once', async () => {
  const { item } = await arrived()
  await itemRegistered(theirs.database, item.id, '1', now)
  expect(await itemRegistered(theirs.database, item.id, '2', now)).toMatchObject({
    refusal: { code: 'exchange-item-settled' },
  })
  expect(await itemRejected(theirs.database, item.id, now)).toMatchObject({
    refusal: { code: 'exchange-item-settled' },
  })
  expect(await itemRejected(theirs.database, randomUUID(), now)).toMatchObject({
    refusal: { code: 'exchange-item-unknown' },
  })
})

test('a letter is acknowledged only after it is stored, and its arrival is told after that', async () => {
  let itemsAtAcknowledgement = -1
  const acknowledge = theirs.gateway.acknowledge
  const letter = sampleLetter(await ours.file(minimalPdf('ลำดับ')))
  await sendLetter(ours.database, { way: 'e-cms', letterId, letter, now })
  await ours.deliver()
  await theirs.receive({
    ...theirs.gateway,
    acknowledge: async (receipt) => {
      itemsAtAcknowledgement = (await theirs.items()).length
      expect((await theirs.store.bytes(letter.main.sha256)).length).toBe(letter.main.bytes)
      return acknowledge(receipt)
    },
  })
  await theirs.deliver()
  expect(itemsAtAcknowledgement).toBe(1)
  expect(network.namesAskedBy('11002')).toEqual([
    'CorrespondenceLetterInboundRequest',
    'CorrespondenceLetterDeleteRequest',
    'CorrespondenceLetterInboundRequest',
    'ReceiveLetterNotifier',
  ])
})

test('what is delivered twice is stored once and told once, letters and notices', async () => {
  network.duplicate(1)
  const letter = sampleLetter(await ours.file(minimalPdf('ซ้ำ')))
  await sendLetter(ours.database, { way: 'e-cms', letterId, letter, now })
  await ours.deliver()
  expect(await theirs.receive()).toEqual(['arrived', 'known'])
  expect(await theirs.items()).toHaveLength(1)
  network.duplicate(1)
  expect((await told()).map(({ kind }) => kind)).toEqual(['arrived'])
  expect(network.asked('ReceiveLetterNotifier')).toHaveLength(1)
})

test('the same number and date with another text is kept apart for a person', async () => {
  const { letter } = await arrived()
  const other = { ...letter, subject: 'เรื่องอื่น' }
  await sendLetter(ours.database, { way: 'e-cms', letterId: randomUUID(), letter: other, now })
  await ours.deliver()
  expect(await theirs.receive()).toEqual(['exchange-item-differs'])
  expect((await incomingItems(theirs.database)).map(({ state }) => state)).toEqual(['arrived', 'quarantined'])
})

test('a letter goes once, however often it is asked for', async () => {
  const letter = sampleLetter(await ours.file(minimalPdf('ครั้งเดียว')))
  const order = { way: 'e-cms', letterId, letter, now } as const
  const first = await sendLetter(ours.database, order)
  const both = await Promise.all([sendLetter(ours.database, order), sendLetter(ours.database, order)])
  await ours.deliver()
  const last = await sendLetter(ours.database, order)
  await ours.deliver()
  expect(new Set([first.id, ...both.map(({ id }) => id), last.id]).size).toBe(1)
  expect(network.sent()).toHaveLength(1)
})

test('a circular goes to each of its receivers, with one number', async () => {
  const letter = sampleLetter(await ours.file(minimalPdf('ว')), { number: 'อก 0905/ว 12' })
  const third = { ...letter.receiver, ministryId: '21', departmentId: '21001' }
  await sendLetter(ours.database, { way: 'e-cms', letterId, letter, now })
  await sendLetter(ours.database, { way: 'e-cms', letterId, letter: { ...letter, receiver: third }, now })
  network.next('GovernmentDocument', { kind: 'lose-reply' })
  await ours.deliver()
  ours.pass(60 * 60_000)
  await ours.deliver()
  expect(network.sent().map(({ to }) => to)).toEqual(['11002', '21001'])
  expect((await ours.outbox()).map(({ receipt }) => receipt)).toEqual(
    network.sent().map(({ processId }) => processId),
  )
})

test('after a lost answer the node is asked first, and the letter does not go twice', async () => {
  network.next('GovernmentDocument', { kind: 'lose-reply' })
  const letter = sampleLetter(await ours.file(minimalPdf('คำตอบหาย')))
  await sendLetter(ours.database, { way: 'e-cms', letterId, letter, now })
  expect(await ours.deliver()).toMatchObject({ code: 'exchange-unreachable' })
  expect(await ours.outbox()).toMatchObject([{ state: 'waiting', uncertain: true }])
  ours.pass(60_000)
  await ours.deliver()
  expect(await ours.outbox()).toMatchObject([{ state: 'sent', receipt: network.sent()[0]?.processId }])
  expect(network.sent()).toHaveLength(1)
})

test('a letter whose question never reached the node is sent after the node was asked', async () => {
  network.next('GovernmentDocument', { kind: 'refuse-connection' })
  const letter = sampleLetter(await ours.file(minimalPdf('ไม่ถึง')))
  await sendLetter(ours.database, { way: 'e-cms', letterId, letter, now })
  await ours.deliver()
  ours.pass(60_000)
  await ours.deliver()
  expect(network.namesAskedBy('11008').slice(-2)).toEqual(['OutboundStatusRequest', 'GovernmentDocument'])
  expect(network.sent()).toHaveLength(1)
})

test('a confirmation proves that a letter was sent whose answer was lost', async () => {
  network.next('GovernmentDocument', { kind: 'lose-reply' })
  const letter = sampleLetter(await ours.file(minimalPdf('มีผู้ตอบ')))
  await sendLetter(ours.database, { way: 'e-cms', letterId, letter, now })
  await ours.deliver()
  await theirs.receive()
  expect((await told()).map(({ kind }) => kind)).toEqual(['arrived'])
  ours.pass(60_000)
  await ours.deliver()
  expect(network.sent()).toHaveLength(1)
})

test('where nobody can be asked, a letter that may have gone is left to a person', async () => {
  network.next('GovernmentDocument', { kind: 'lose-reply' })
  const letter = sampleLetter(await ours.file(minimalPdf('ไม่มีใครให้ถาม')))
  const order = { way: 'e-cms', letterId, letter, now } as const
  await sendLetter(ours.database, order)
  await ours.deliver()
  ours.pass(60_000)
  await ours.deliver({ ...ours.gateway, sentItems: null })
  expect(await ours.outbox()).toMatchObject([{ state: 'doubtful' }])
  expect(network.sent()).toHaveLength(1)
  await sendLetter(ours.database, order)
  await ours.deliver()
  expect(network.sent()).toHaveLength(2)
})

test('a slow node is waited for, and not for ever', async () => {
  network.next('GovernmentDocument', { kind: 'slow', ms: 500 })
  const letter = sampleLetter(await ours.file(minimalPdf('ช้า')))
  await sendLetter(ours.database, { way: 'e-cms', letterId, letter, now })
  expect(await ours.deliver()).toBeUndefined()
  network.next('CorrespondenceLetterInboundRequest', { kind: 'slow', ms: 60_000 })
  const asked = Date.now()
  expect(await ours.receive()).toEqual(['exchange-unreachable'])
  expect(Date.now() - asked).toBeLessThan(10_000)
})

test('what the node refuses is told with its reason and holds up no other letter', async () => {
  const file = await ours.file(minimalPdf('ถูกปฏิเสธ'))
  const unknown = { ...sampleLetter(file).receiver, departmentId: '99999' }
  const wrong = sampleLetter(file, { number: 'อก 1', receiver: unknown })
  await sendLetter(ours.database, { way: 'e-cms', letterId, letter: wrong, now })
  await sendLetter(ours.database, { way: 'e-cms', letterId: randomUUID(), letter: sampleLetter(file), now })
  expect(await ours.deliver()).toMatchObject({
    code: 'exchange-refused',
    detail: { reason: 'E-RECEIVER ไม่ถูกต้อง' },
  })
  expect((await ours.outbox()).map(({ state }) => state)).toEqual(['refused', 'sent'])
})

test('faults of the node pass, faults of the message do not, and odd answers settle nothing', async () => {
  const letter = sampleLetter(await ours.file(minimalPdf('ขัดข้อง')))
  await sendLetter(ours.database, { way: 'e-cms', letterId, letter, now })
  for (const [behaviour, code] of [
    [{ kind: 'fault', code: 'Server' }, 'exchange-node-fault'],
    [{ kind: 'garbage' }, 'exchange-answer-odd'],
    [{ kind: 'fault', code: 'Client' }, 'exchange-refused'],
  ] as const) {
    network.next('GovernmentDocument', behaviour)
    expect(await ours.deliver()).toMatchObject({ code })
    ours.pass(3600_000)
  }
  expect(await ours.outbox()).toMatchObject([{ state: 'refused', uncertain: false }])
  expect(network.sent()).toEqual([])
})

test('a letter whose file is lost is refused, and the queue goes on', async () => {
  const letter = sampleLetter({ mimeType: 'application/pdf', sha256: 'a'.repeat(64), bytes: 10 })
  await sendLetter(ours.database, { way: 'e-cms', letterId, letter, now })
  expect(await ours.deliver()).toMatchObject({ code: 'file-missing' })
  expect(await ours.outbox()).toMatchObject([{ state: 'refused' }])
})

test('the words of the node on a letter that nobody has confirmed are kept', async () => {
  const letter = sampleLetter(await ours.file(minimalPdf('สถานะ')))
  await sendLetter(ours.database, { way: 'e-cms', letterId, letter, now })
  await ours.deliver()
  expect(await followSent(ours.parts)).toBeUndefined()
  expect(await ours.outbox()).toMatchObject([{ status: 'DELIVERED' }])
})

test('a confirmation that cannot be told is told again, and holds up no other', async () => {
  const { item } = await arrived()
  await itemRegistered(theirs.database, item.id, '77', now)
  await theirs.deliver()
  await ours.receive()
  const kinds: string[] = []
  const tell = async ({ kind }: Confirmation) => {
    kinds.push(kind)
    if (kinds.length === 1) throw new Error('the command queue is away')
  }
  expect(await tellConfirmations(ours.database, ours.clock, tell)).toBe(1)
  expect(await tellConfirmations(ours.database, ours.clock, tell)).toBe(0)
  expect(kinds).toEqual(['arrived', 'registered', 'arrived'])
})

test('a notice about a letter that was not sent from here is kept for a person', async () => {
  network.queue(
    '11008',
    '<AcceptLetterNotifier><LetterID>สธ 1/2</LetterID><AcceptID>5</AcceptID><CorrespondenceDate>2026-01-02</CorrespondenceDate><Subject>x</Subject></AcceptLetterNotifier>',
  )
  expect(await ours.receive()).toEqual(['exchange-notice-unmatched'])
  expect(await incomingItems(ours.database)).toMatchObject([{ state: 'quarantined', letter: null }])
})

test('a node tells its lists of codes and its time', async () => {
  expect(await ours.gateway.codes('speed')).toMatchObject({
    value: [
      { code: '001', name: 'ปกติ' },
      { code: '002', name: 'ด่วน' },
    ],
  })
  expect(await ours.gateway.codes('departments')).toMatchObject({
    value: [{ code: '11008', name: 'หน่วยงาน 11008' }, { code: '11002' }, { code: '21001' }],
  })
  expect(await ours.gateway.time()).toMatchObject({ value: '2026-11-23T10:00:00' })
  expect(await ours.gateway.codes('ministries')).toMatchObject({ refusal: { code: 'exchange-refused' } })
})
