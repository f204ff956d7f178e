import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { incomingItems } from '../../src/server/exchange/items.ts'
import { sendLetter } from '../../src/server/exchange/outbox.ts'
import { backUp } from '../../src/server/keeping/backup.ts'
import { restore } from '../../src/server/keeping/restore.ts'
import { receiver, sampleLetter, sender, writtenLetter } from '../support/ecms/letters.ts'
import { type Network, startNetwork } from '../support/ecms/network.ts'
import { type Databases, openOffice, startDatabases } from '../support/ecms/office.ts'
import { minimalPdf } from '../support/server/minimalPdf.ts'

let databases: Databases
let network: Network

beforeAll(async () => {
  databases = await startDatabases()
  network = await startNetwork([sender, receiver])
})
afterAll(async () => {
  await network?.close()
  await databases?.stop()
})

test('a server that was restored has its items, and does not send what went after the backup', async () => {
  const ours = await openOffice(databases, network, sender.departmentId)
  network.queue(
    sender.departmentId,
    writtenLetter((xml) => xml.replaceAll('11008', '99').replaceAll('11002', '11008')),
  )
  expect(await ours.receive()).toEqual(['arrived'])
  await ours.database.deleteFrom('exchangeOutbox').execute()
  const file = await ours.file(minimalPdf('ก่อนสำรอง'))
  await ours.database
    .insertInto('file')
    .values({ sha256: file.sha256, bytes: file.bytes, reading: null })
    .execute()
  const now = ours.clock()
  await sendLetter(ours.database, { way: 'e-cms', letterId: randomUUID(), letter: sampleLetter(file), now })

  const kept: { name: string; bytes: Buffer }[] = []
  await backUp(
    ours,
    {
      add: async (name, bytes) => void kept.push({ name, bytes: Buffer.from(bytes) }),
      addStream: async (name, _, content) => void kept.push({ name, bytes: await buffer(content) }),
    },
    now,
  )
  await ours.deliver()
  expect(network.sent()).toHaveLength(1)
  await ours.close()

  const restored = await openOffice(databases, network, sender.departmentId)
  async function* parts() {
    for (const { name, bytes } of kept) yield { name, size: bytes.length, content: Readable.from([bytes]) }
  }
  expect(await restore(restored, parts())).toMatchObject({ ok: true })
  expect(await incomingItems(restored.database)).toHaveLength(1)
  await restored.deliver()
  expect(network.sent()).toHaveLength(1)
  expect(await restored.outbox()).toMatchObject([{ state: 'sent', receipt: network.sent()[0]?.processId }])
  await restored.close()
})
