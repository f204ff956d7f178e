import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Command } from '../../src/shared/contract/letter.ts'
import type { CommandResult } from '../../src/shared/contract/sync.ts'
import { firstBrokenLink } from '../../src/shared/domain/eventChain.ts'
import { draftCommand, numberCommand, proposeCommand } from '../support/server/letters.ts'
import { minimalPdf, sha256 } from '../support/server/minimalPdf.ts'
import { acceptedEvents, put, refusedCode, signInTo, type TestClient } from '../support/server/testClient.ts'
import { type ServerProcess, startServerProcess, temporaryFolder } from '../support/server/testServer.ts'

const file = minimalPdf('หนังสือในวันที่ไฟดับ')
let running: ServerProcess | undefined
let folder: Awaited<ReturnType<typeof temporaryFolder>>

beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(async () => {
  await running?.stop()
  await folder?.remove()
})

/** The server of the shared folder; started where it is not running. */
const serving = async (): Promise<ServerProcess> => {
  running ??= await startServerProcess(['--data', folder.path, '--sample'])
  return running
}
/** Kills the server as a power cut would, and starts it again on the same folder. */
const killAndRestart = async (): Promise<ServerProcess> => {
  await running?.kill()
  running = undefined
  return serving()
}

/** What one writer sent and what it was told. */
interface Written {
  readonly sent: Command[]
  readonly told: Map<string, CommandResult>
}

/** Drafts, proposes and numbers letters one after another until the server is gone. */
async function writeUntilGone(author: TestClient, holder: TestClient, written: Written): Promise<void> {
  const send = async (client: TestClient, command: Command) => {
    written.sent.push(command)
    const [result] = await client.send(command)
    if (result) written.told.set(command.id, result)
  }
  try {
    for (;;) {
      const letterId = randomUUID()
      await send(author, draftCommand(letterId, file))
      await send(author, proposeCommand(letterId, 'deputy'))
      await send(holder, numberCommand(letterId, 'deputy'))
    }
  } catch {
    // The connection broke: the server was killed.
  }
}

async function logsOf(reader: TestClient) {
  const events = (await reader.wholeFeed()).flatMap((entry) => (entry.kind === 'events' ? entry.events : []))
  const once = [...new Map(events.map((event) => [event.hash, event])).values()]
  return Map.groupBy(
    once.sort((a, b) => a.version - b.version),
    (event) => event.letterId,
  )
}

test('a server killed three times under load keeps every command that it acknowledged', async () => {
  let server = await serving()
  await (await signInTo(server.url, 'somying')).upload(file)
  const all: Written[] = []
  for (let kill = 1; kill <= 3; kill += 1) {
    const author = await signInTo(server.url, 'somying')
    const holder = await signInTo(server.url, 'teerawat')
    const writers = Array.from({ length: 8 }, (): Written => ({ sent: [], told: new Map() }))
    const work = writers.map((written) => writeUntilGone(author, holder, written))
    const acknowledged = () => writers.reduce((sum, { told }) => sum + told.size, 0)
    while (acknowledged() < 40 * kill) await wait(5)
    server = await killAndRestart()
    await Promise.all(work)
    all.push(...writers)
  }

  const author = await signInTo(server.url, 'somying')
  const holder = await signInTo(server.url, 'teerawat')
  const acknowledged = all.flatMap(({ told }) => [...told.values()])
  expect(acknowledged.length).toBeGreaterThan(100)
  for (const { sent, told } of all) {
    for (let first = 0; first < sent.length; first += 64) {
      const batch = sent.slice(first, first + 64)
      const byWhom = (command: Command) => (command.body.type === 'bind-number' ? holder : author)
      for (const client of [author, holder]) {
        const own = batch.filter((command) => byWhom(command) === client)
        const again = own.length > 0 ? await client.send(...own) : []
        for (const result of again) {
          const before = told.get(result.id)
          if (before) expect(result).toEqual(before)
          else acceptedEvents(result)
        }
      }
    }
  }

  const logs = [...(await logsOf(holder)).values()]
  for (const log of logs) expect(firstBrokenLink(log)).toBeUndefined()
  const serials = logs
    .flat()
    .flatMap(({ body }) => (body.type === 'number-bound' ? [body.serial] : []))
    .sort((a, b) => a - b)
  expect(serials).toEqual(serials.map((_, index) => index + 1))
})

test('an upload that the kill cut in two goes on after the restart', async () => {
  const first = await serving()
  const large = minimalPdf('สแกนหลายหน้า '.repeat(50_000))
  const hash = sha256(large)
  const author = await signInTo(first.url, 'somying')
  await author.request(`/files/${hash}`, put(large.subarray(0, 900_000), 0, large.length))

  const second = await killAndRestart()
  const again = await signInTo(second.url, 'somying')
  const head = await again.request(`/files/${hash}`, { method: 'HEAD' })
  const offset = Number(head.headers.get('upload-offset'))
  expect(offset).toBe(900_000)
  const rest = await again.request(`/files/${hash}`, put(large.subarray(offset), offset, large.length))
  expect(rest.status).toBe(201)
  expect(refusedCode((await again.send(draftCommand(randomUUID(), large)))[0])).toBeUndefined()
})
