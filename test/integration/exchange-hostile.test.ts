import { readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { incomingItems, itemRegistered, itemRejected } from '../../src/server/exchange/items.ts'
import { receiver, sender, writtenLetter } from '../support/ecms/letters.ts'
import { type Network, startNetwork } from '../support/ecms/network.ts'
import { type Databases, type Office, openOffice, startDatabases } from '../support/ecms/office.ts'
import { answer } from '../support/ecms/soap.ts'

let databases: Databases
let network: Network
let office: Office

beforeAll(async () => {
  databases = await startDatabases()
})
afterAll(() => databases?.stop())
beforeEach(async () => {
  network = await startNetwork([sender, receiver])
  office = await openOffice(databases, network, receiver.departmentId, {
    itemLimit: 5_000_000,
    patienceMs: 60_000,
  })
})
afterEach(async () => {
  await network?.close()
  await office?.close()
})

const now = new Date('2026-11-23T03:00:00.000Z')
const ours = receiver.departmentId
const inbound = (processId: string, content: string) =>
  answer(
    `<CorrespondenceLetterInboundResponse><ProcessID>${processId}</ProcessID>${content}</CorrespondenceLetterInboundResponse>`,
  )

/** Queues something hostile and a good letter after it; returns what they were stored as. */
async function receiveWithGoodLetter(): Promise<unknown[]> {
  network.queue(
    ours,
    writtenLetter((xml) => xml.replace('0905/0001', '0905/9999')),
  )
  const stored = await office.receive()
  expect(network.waiting(ours)).toBe(0)
  expect(stored.pop()).toBe('arrived')
  return stored
}

test('a letter that another program wrote is read, whatever its prefixes', async () => {
  network.queue(
    ours,
    writtenLetter((xml) => xml.replaceAll('ram:', 'นบ:').replaceAll('xmlns:ram', 'xmlns:นบ')),
  )
  network.queue(
    ours,
    writtenLetter((xml) =>
      xml.replace('0905/0001', '0905/0002').replaceAll('ram:', '').replaceAll('xmlns:ram', 'xmlns'),
    ),
  )
  expect(await office.receive()).toEqual(['arrived', 'arrived'])
})

test('the two misspellings of the namespace that are in use are read', async () => {
  for (const [index, name] of [
    'ReuseableAggregateBusinessInformationEntity',
    'ReuseableAggregateBusinessInformaionEntity',
  ].entries()) {
    network.queue(
      ours,
      writtenLetter((xml) =>
        xml.replace('0905/0001', `0905/${index}`).replace('ReusableAggregateBusinessInformationEntity', name),
      ),
    )
  }
  expect(await office.receive()).toEqual(['arrived', 'arrived'])
})

test.each([
  [
    'another namespace',
    (xml: string) => xml.replace('urn:th:gov:egif:data:standard:Reusable', 'urn:evil'),
    'CorrespondenceLetter xmlns',
  ],
  ['no subject', (xml: string) => xml.replace(/<ram:Subject>.*<\/ram:Subject>/, ''), 'subject'],
  ['no number', (xml: string) => xml.replace('<ram:ID>อก 0905/0001</ram:ID>', ''), 'number'],
  [
    'no sender',
    (xml: string) => xml.replace(/<ram:SenderParty>[\s\S]*?<\/ram:SenderParty>/, ''),
    'sender.ministryId',
  ],
  ['no main letter', (xml: string) => xml.replace(/<ram:MainLetterBinaryObject.*/, ''), 'main.mimeType'],
  [
    'an empty main letter',
    (xml: string) => xml.replace(/(<ram:MainLetterBinaryObject[^>]*>)[^<]*/, '$1'),
    'main.bytes',
  ],
  ['a Buddhist year', (xml: string) => xml.replace('2026-09-07', '2569-09-07'), 'date'],
  ['a day that is none', (xml: string) => xml.replace('2026-09-07', '2026-02-30'), 'date'],
  [
    'a number that turns the line around',
    (xml: string) => xml.replace('0905/0001', '0905\u202E/0001'),
    'number',
  ],
  [
    'a MIME type that is a path',
    (xml: string) => xml.replace('application/pdf', '../../etc/passwd'),
    'main.mimeType',
  ],
  [
    'base64 with something else in it',
    (xml: string) => xml.replace(/(<ram:MainLetterBinaryObject[^>]*>)/, '$1!!!!'),
    'BinaryObject',
  ],
  [
    'base64 that breaks off',
    (xml: string) => xml.replace(/(<ram:MainLetterBinaryObject[^>]*>)/, '$1A'),
    'BinaryObject',
  ],
  [
    'an element within base64',
    (xml: string) => xml.replace(/(<ram:MainLetterBinaryObject[^>]*>)/, '$1<x/>'),
    'BinaryObject',
  ],
  ['an entity that nobody defined', (xml: string) => xml.replace('ขอความ', '&evil;'), 'xml'],
  ['tags that do not match', (xml: string) => xml.replace('</ram:Subject>', '</ram:Object>'), 'xml'],
  [
    'elements nested a thousand deep',
    (xml: string) => xml.replace('ขอความ', `${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}`),
    'xml',
  ],
  ['nothing in it', () => '<Nothing/>', 'GovernmentDocument'],
])(
  'a letter with %s is kept as it came, with the reason, and the queue goes on',
  async (_, change, field) => {
    network.queue(ours, writtenLetter(change))
    expect(await receiveWithGoodLetter()).toEqual(['exchange-item-malformed'])
    const [item] = await incomingItems(office.database)
    expect(item).toMatchObject({ state: 'quarantined', refusal: { detail: { field } } })
    const evidence = Buffer.from(await office.store.bytes(item?.evidenceSha256 ?? '')).toString()
    expect(evidence).toBe(
      inbound('P00000001', `<ProcessTime>2026-11-23T10:00:00</ProcessTime>${writtenLetter(change)}`),
    )
  },
)

test('entities that grow to billions of characters are never expanded', async () => {
  const laughs = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
  ).join('')
  const bomb = (processId: string) =>
    inbound(
      processId,
      writtenLetter((xml) => xml.replace('ขอความ', '&l9;')),
    ).replace('?>', `?><!DOCTYPE bomb [<!ENTITY l0 "ha">${laughs}]>`)
  network.queue(ours, '', bomb)
  const before = process.memoryUsage().rss
  expect(await receiveWithGoodLetter()).toEqual(['exchange-item-malformed'])
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
})

test('a DOCTYPE that points to a file of ours or to a page elsewhere is not followed', async () => {
  let visits = 0
  const trap = createServer((_, response) => {
    visits += 1
    response.end('x')
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => trap.once('listening', listening))
  const { port } = trap.address() as AddressInfo
  for (const system of ['file:///etc/passwd', `http://127.0.0.1:${port}/`]) {
    network.queue(ours, '', (id) =>
      inbound(
        id,
        writtenLetter((xml) => xml.replace('ขอความ', '&x;')),
      ).replace('?>', `?><!DOCTYPE a [<!ENTITY x SYSTEM "${system}">]>`),
    )
  }
  expect(await receiveWithGoodLetter()).toEqual(['exchange-item-malformed', 'exchange-item-malformed'])
  expect(JSON.stringify(await office.items())).not.toContain('root:')
  expect(visits).toBe(0)
  trap.close()
})

test('200 MB of base64 are neither kept nor held in memory, and the queue goes on', async () => {
  const body = 'A'.repeat(200_000_000)
  network.queue(ours, '', (id) =>
    Buffer.from(
      inbound(
        id,
        writtenLetter((xml) => xml.replace(/(<ram:MainLetterBinaryObject[^>]*>)[^<]*/, `$1${body}`)),
      ),
    ),
  )
  const before = process.memoryUsage().rss
  expect(await receiveWithGoodLetter()).toEqual(['exchange-item-too-large'])
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
  const [item] = await incomingItems(office.database)
  const evidence = await office.store.bytes(item?.evidenceSha256 ?? '')
  expect(evidence.length).toBe(5_000_000)
  expect(await readdir(office.store.uploads)).toEqual([])
})

test('a letter of megabytes of words without a file is not read', async () => {
  network.queue(
    ours,
    writtenLetter((xml) => xml.replace('ขอความ', 'ก'.repeat(1_000_000))),
  )
  expect(await receiveWithGoodLetter()).toEqual(['exchange-item-malformed'])
})

test('HTML in a subject stays text, here and in what is told of it', async () => {
  const subject = '&lt;img src=x onerror=alert(1)&gt;&lt;/ram:Subject&gt; &amp;amp;'
  network.queue(
    ours,
    writtenLetter((xml) => xml.replace('ขอความอนุเคราะห์ข้อมูล', subject)),
  )
  await office.receive()
  await office.deliver()
  expect((await incomingItems(office.database))[0]?.letter?.subject).toBe(
    '<img src=x onerror=alert(1)></ram:Subject> &amp;',
  )
  const told = network.asked('ReceiveLetterNotifier')[0]?.xml
  expect(told).toContain(
    '<Subject>&lt;img src=x onerror=alert(1)&gt;&lt;/ram:Subject&gt; &amp;amp;</Subject>',
  )
})

test('a letter number that is a path names no file', async () => {
  network.queue(
    ours,
    writtenLetter((xml) => xml.replace('อก 0905/0001', '../../../../tmp/evil')),
  )
  expect(await office.receive()).toEqual(['arrived'])
  const names = await readdir(office.store.uploads.replace(/uploads$/, ''), { recursive: true })
  expect(names.every((name) => /^(uploads|[0-9a-f/\\]{2,5}|[0-9a-f/\\]+\.pdf)$/.test(name))).toBe(true)
})

test('an answer without what acknowledges it settles nothing and is asked for again', async () => {
  network.queue(ours, '', () =>
    answer(`<CorrespondenceLetterInboundResponse>${writtenLetter()}</CorrespondenceLetterInboundResponse>`),
  )
  expect(await office.receive()).toEqual(['exchange-answer-odd'])
  expect(network.waiting(ours)).toBe(1)
  expect(await office.items()).toEqual([])
})

test('an answer that is a page of a proxy, a fault or nothing at all settles nothing', async () => {
  network.queue(ours, writtenLetter())
  for (const [behaviour, code] of [
    [{ kind: 'garbage' }, 'exchange-answer-odd'],
    [{ kind: 'fault', code: 'Server' }, 'exchange-node-fault'],
    [{ kind: 'error-code' }, 'exchange-refused'],
    [{ kind: 'refuse-connection' }, 'exchange-unreachable'],
  ] as const) {
    network.next('CorrespondenceLetterInboundRequest', behaviour)
    expect(await office.receive()).toEqual([code])
  }
  expect(await office.receive()).toEqual(['arrived'])
})

test('what is in quarantine can be put aside but not registered', async () => {
  network.queue(ours, '<Nothing/>')
  await office.receive()
  const [item] = await incomingItems(office.database)
  expect(await itemRegistered(office.database, item?.id ?? '', '1', now)).toMatchObject({
    refusal: { code: 'exchange-item-settled' },
  })
  expect(await itemRejected(office.database, item?.id ?? '', now)).toMatchObject({ ok: true })
  expect(await incomingItems(office.database)).toEqual([])
  expect(await office.outbox()).toEqual([])
})
