import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commitGroup } from '../../src/server/commands/commitGroup.ts'
import { commandQueue } from '../../src/server/commands/queue.ts'
import { incomingItems } from '../../src/server/exchange/items.ts'
import { openExchange } from '../../src/server/exchange/openExchange.ts'
import { usableFile } from '../../src/server/files/access.ts'
import { currentOrganisation } from '../../src/server/organisation/directory.ts'
import { seedOrganisation } from '../../src/server/organisation/seed.ts'
import { SAMPLE_PASSWORD, sampleOrganisation } from '../../src/server/sampleOrganisation.ts'
import type { CommandBody, EventBody } from '../../src/shared/contract/letter.ts'
import { ordinaryFacts } from '../../src/shared/domain/asked.ts'
import { accept } from '../../src/shared/outcome.ts'
import { letterDate } from '../../src/shared/thai/dates.ts'
import { receiver, sender, writtenLetter } from '../support/ecms/letters.ts'
import { type Network, startNetwork } from '../support/ecms/network.ts'
import { type Databases, openOffice, startDatabases } from '../support/ecms/office.ts'
import { minimalPdf } from '../support/server/minimalPdf.ts'
import { command } from '../support/server/testClient.ts'

let databases: Databases
let network: Network
let ours: Awaited<ReturnType<typeof openServer>>
let theirs: Awaited<ReturnType<typeof openServer>>

beforeAll(async () => {
  databases = await startDatabases()
  network = await startNetwork([sender, receiver])
  ours = await openServer(sender)
  theirs = await openServer(receiver)
})
afterAll(async () => {
  await ours?.close()
  await theirs?.close()
  await network?.close()
  await databases?.stop()
})

const agency = (id: string, exchange: { ministry: string; department: string } | null) => ({
  ...{ id, name: `หน่วยงาน ${id}`, mailbox: null, postalAddress: '', exchange },
  source: 'own' as const,
})

/** A server's commands and its exchange, without HTTP. */
async function openServer({ ministryId, departmentId }: typeof sender, lookEveryMs = 100) {
  const office = await openOffice(databases, network, departmentId)
  const { database, store, clock } = office
  const agencies = [agency('other', { ministry: receiver.ministryId, department: receiver.departmentId })]
  agencies.push(agency('unknown', { ministry: '99', department: '99999' }))
  await seedOrganisation(database, { ...sampleOrganisation, agencies }, SAMPLE_PASSWORD)
  const organisation = currentOrganisation(database)
  const queue = commandQueue((group) => commitGroup(database, organisation, clock, group))
  const refused: string[] = []
  const exchange = openExchange(
    { url: network.urlOf(departmentId), ministryId, departmentId, lookEveryMs },
    { database, store, queue, organisation, clock, refused: ({ code }) => refused.push(code) },
  )
  return {
    ...office,
    refused,
    look: () => exchange.wake(),
    /** Submits a command; returns what happened, or the refusal's code. */
    do: async (actor: string, letterId: string, body: CommandBody, positionId?: string) => {
      const evidence = accept({
        signer: {
          commonName: '',
          email: `${actor}@saraban.example`,
          serial: '1',
          fingerprint: 'f'.repeat(64),
        },
        numberText: '๕.๓๐/๑',
        dateText: letterDate('2026-11-23'),
      })
      const asked = { ...command(letterId, body, positionId), clientTime: clock().toISOString() }
      const [result] = await queue.submit([
        { command: asked, actor, device: 'x', ...(body.type === 'sign' ? { evidence } : {}) },
      ])
      return result?.outcome === 'accepted' ? result.events.map((event) => event.body) : result?.refusal.code
    },
    events: async (letterId: string): Promise<EventBody[]> => {
      const rows = await database
        .selectFrom('letterEvent')
        .select('event')
        .where('letterId', '=', letterId)
        .orderBy('version')
        .execute()
      return rows.map(({ event }) => event.body)
    },
    close: async () => {
      await exchange.stop()
      await office.close()
    },
  }
}

/** Waits for what takes a few looks. */
async function eventually<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    await wait(50)
  }
}

/** A signed external letter of the fund bureau, with a number. */
async function signedLetter(server: typeof ours): Promise<string> {
  const letterId = randomUUID()
  const { sha256, bytes } = await server.file(minimalPdf('หนังสือภายนอก'))
  const signed = await server.file(minimalPdf('หนังสือภายนอก ลงนามแล้ว'))
  await server.do('somying', letterId, {
    ...ordinaryFacts,
    ...{ type: 'draft', kind: 'external', subject: 'ขอเชิญประชุม', addressee: 'อธิบดี', urgency: 'urgent' },
    ...{ unitId: 'fund', registerId: 'send-fund', fileName: 'ก.pdf', pageCount: 1 },
    revision: { sha256, bytes, extends: null },
  })
  await server.do('somying', letterId, { type: 'propose', to: 'deputy', note: '' })
  await server.do('teerawat', letterId, { type: 'bind-number' }, 'deputy')
  const revision = { sha256: signed.sha256, bytes: signed.bytes, extends: sha256 }
  expect(await server.do('teerawat', letterId, { type: 'sign', revision }, 'deputy')).toMatchObject([
    { type: 'signed' },
  ])
  return letterId
}

const dispatchTo = (agencyId: string): CommandBody => ({
  type: 'dispatch',
  way: 'e-cms',
  recipients: [{ agencyId, name: 'หน่วยงานอื่น', address: '' }],
  evidence: '',
})

test('a letter is dispatched, registered by the other agency, and its log tells both', async () => {
  const letterId = await signedLetter(ours)
  expect(await ours.do('pimjai', letterId, dispatchTo('other'))).toMatchObject([{ type: 'dispatched' }])
  const item = await eventually(async () => (await incomingItems(theirs.database))[0])
  const { letter } = item
  if (!letter) throw new Error('no letter')
  expect(letter).toMatchObject({
    number: 'สปสช 5.30/1',
    date: '2026-11-23',
    speedCode: '002',
    secrecyCode: '001',
    sender: {
      givenName: 'นายธีรวัฒน์',
      familyName: 'ศรีสุขสันต์',
      jobTitle: 'รองเลขาธิการ',
      ministryId: '11',
      departmentId: '11008',
    },
    receiver: { jobTitle: 'อธิบดี', ministryId: '12', departmentId: '11002' },
  })
  const { sha256, bytes } = letter.main
  expect(await usableFile(theirs.database, 'pimjai', ['person:pimjai', 'registry'], sha256)).toBeDefined()
  expect(await usableFile(theirs.database, 'somying', ['person:somying'], sha256)).toBeUndefined()

  expect(item.audience).toBe('registry')

  const registered = await theirs.do('pimjai', randomUUID(), {
    ...ordinaryFacts,
    ...{
      type: 'register',
      kind: 'external',
      subject: letter.subject,
      addressee: 'เลขาธิการ',
      urgency: 'urgent',
    },
    ...{ unitId: 'registry', registerId: 'receive-registry', way: 'e-cms', paperAt: '', defect: '' },
    sender: { from: 'สปสช', agencyId: null, number: letter.number, date: letter.date },
    arrivedAt: item.arrivedAt.toISOString(),
    ...{ despiteDuplicate: false, exchangeItemId: item.id },
    file: { fileName: 'ก.pdf', pageCount: 1, revision: { sha256, bytes, extends: null } },
  })
  expect(registered).toMatchObject([{ type: 'registered', receipt: { text: '1' } }])
  const confirmed = await eventually(async () => {
    const all = (await ours.events(letterId)).filter(({ type }) => type === 'dispatch-confirmed')
    return all.length === 2 ? all : undefined
  })
  expect(confirmed).toMatchObject([
    { state: 'arrived', recipient: 0 },
    { state: 'registered', recipient: 0, number: '1' },
  ])
  expect(await incomingItems(theirs.database)).toEqual([])
  expect(network.sent()).toHaveLength(1)
}, 60_000)

test('a letter that the exchange does not take is told with the reason', async () => {
  const server = await openServer(sender)
  const letterId = await signedLetter(server)
  await server.do('pimjai', letterId, dispatchTo('unknown'))
  const [row] = await eventually(async () => {
    const rows = await server.outbox()
    return rows[0]?.state === 'refused' ? rows : undefined
  })
  expect(row).toMatchObject({ refusal: { code: 'exchange-refused' } })
  expect(server.refused).toContain('exchange-refused')
  await server.close()
})

test('a dispatch that was taken back before anyone began to send it is not sent', async () => {
  const server = await openServer(sender, 3600_000)
  const letterId = await signedLetter(server)
  const before = network.sent().length
  const dispatched = await server.do('pimjai', letterId, dispatchTo('other'))
  const [body] = Array.isArray(dispatched) ? dispatched : []
  if (body?.type !== 'dispatched') throw new Error('not dispatched')
  const { dispatchId } = body
  await server.do('pimjai', letterId, { type: 'withdraw-dispatch', dispatchId, reason: 'ส่งผิดหน่วยงาน' })
  const polls = network.asked('CorrespondenceLetterInboundRequest').length
  server.look()
  await eventually(
    async () => network.asked('CorrespondenceLetterInboundRequest').length > polls || undefined,
  )
  await server.close()
  expect(network.sent()).toHaveLength(before)
  expect(await ours.outbox()).toHaveLength(1)
})

test('a secret letter of another agency is for clerks who are cleared for its class alone', async () => {
  for (const [index, code] of ['002', '777'].entries()) {
    network.queue(
      receiver.departmentId,
      writtenLetter((xml) =>
        xml.replace('0905/0001', `0905/${index}`).replace('<ram:SecretCode>001', `<ram:SecretCode>${code}`),
      ),
    )
  }
  const items = await eventually(async () => {
    const found = await incomingItems(theirs.database)
    return found.length === 2 ? found : undefined
  })
  // What the exchange's list does not have may be anything.
  expect(items.map(({ audience }) => audience)).toEqual(['registry+1', 'registry+2'])
  const sha256 = items[0]?.letter?.main.sha256 ?? ''
  expect(await usableFile(theirs.database, 'pimjai', ['registry'], sha256)).toBeUndefined()
  expect(await usableFile(theirs.database, 'pimjai', ['registry', 'registry+1'], sha256)).toBeDefined()
})
