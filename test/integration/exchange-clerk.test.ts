import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningServer } from '../../src/server/start.ts'
import { exchangeItemsSchema } from '../../src/shared/contract/exchange.ts'
import { receiver, sender, writtenLetter } from '../support/ecms/letters.ts'
import { type Network, startNetwork } from '../support/ecms/network.ts'
import { refusalOf, signInTo, type TestClient } from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let network: Network
let server: RunningServer
let registry: TestClient
let other: TestClient

beforeAll(async () => {
  network = await startNetwork([sender, receiver])
  const { ministryId, departmentId } = receiver
  server = await startTestServer({
    exchange: { url: network.urlOf(departmentId), ministryId, departmentId, lookEveryMs: 100 },
  })
  registry = await signInTo(server.url, 'pimjai')
  other = await signInTo(server.url, 'orauma')
})
afterAll(async () => {
  await server?.stop()
  await network?.close()
})

const itemsOf = async (client: TestClient) =>
  exchangeItemsSchema.parse(await (await client.request('/exchange/items')).json()).items

const settle = (client: TestClient, id: string, state: string) =>
  client.request(`/exchange/items/${id}/settle`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ state }),
  })

test('what another agency sent is shown to the central registry alone, and rejected there once', async () => {
  network.queue(receiver.departmentId, writtenLetter())
  await expect.poll(() => itemsOf(registry), { timeout: 20_000 }).toHaveLength(1)
  const [item] = await itemsOf(registry)
  if (!item?.letter) throw new Error('no letter')
  expect(await itemsOf(other)).toEqual([])
  const file = await registry.request(`/files/${item.letter.files[0]?.sha256}`)
  expect(file.status).toBe(200)

  expect(await refusalOf(await settle(other, item.id, 'rejected'))).toMatchObject({
    code: 'exchange-item-unknown',
  })
  expect(await refusalOf(await settle(registry, item.id, 'registered'))).toMatchObject({
    code: 'command-malformed',
  })
  expect((await settle(registry, item.id, 'rejected')).status).toBe(204)
  expect(await itemsOf(registry)).toEqual([])
  expect(await refusalOf(await settle(registry, item.id, 'rejected'))).toMatchObject({
    code: 'exchange-item-unknown',
  })
})
