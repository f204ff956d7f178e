import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Command, LetterEvent } from '../../src/shared/contract/letter.ts'
import type { CommandResult } from '../../src/shared/contract/sync.ts'
import { draftCommand, proposeCommand } from '../support/server/letters.ts'
import { minimalPdf, sha256 } from '../support/server/minimalPdf.ts'
import { acceptedEvents, signInTo } from '../support/server/testClient.ts'
import { type ServerProcess, startServerProcess, temporaryFolder } from '../support/server/testServer.ts'

const file = minimalPdf('หนังสือที่ใช้ร่วมกัน')
const LATEST_MS = 15_000

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let server: ServerProcess

beforeEach(async () => {
  folder = await temporaryFolder()
  server = await startServerProcess(['--data', folder.path, '--sample'])
})
afterEach(async () => {
  await server?.kill()
  await folder.remove()
})

async function stopped(): Promise<{ code: number | null; ms: number }> {
  const started = performance.now()
  const code = await server.stop()
  return { code, ms: performance.now() - started }
}

test('a server that is told to stop under load answers what it began, keeps it, and ends by itself', async () => {
  const author = await signInTo(server.url, 'somying')
  await author.upload(file)
  const stream = await author.request('/events')
  const streamEnds = stream.text()
  const told = new Map<Command, CommandResult>()
  const faults: unknown[] = []
  let stopping = false
  const writers = Array.from({ length: 16 }, async () => {
    while (!stopping) {
      const letterId = randomUUID()
      const commands = [draftCommand(letterId, file), proposeCommand(letterId, 'deputy')]
      try {
        const results = await author.send(...commands)
        for (const [index, command] of commands.entries()) {
          const result = results[index]
          if (result) told.set(command, result)
        }
      } catch (error) {
        if (!stopping) faults.push(error)
      }
    }
  })
  while (told.size < 100) await wait(5)
  stopping = true
  const { code, ms } = await stopped()
  await Promise.all(writers)
  expect(code).toBe(0)
  expect(ms).toBeLessThan(LATEST_MS)
  expect(faults).toEqual([])
  // The stream was ended in order, not cut.
  expect(await streamEnds).toContain('event: head')

  server = await startServerProcess(['--data', folder.path, '--sample'])
  const again = await signInTo(server.url, 'somying')
  const kept = new Set<string>()
  for (const entry of await again.wholeFeed()) {
    if (entry.kind === 'events') for (const { hash } of entry.events) kept.add(hash)
  }
  const events: LetterEvent[] = [...told.values()].flatMap((result) => acceptedEvents(result))
  expect(events.filter(({ hash }) => !kept.has(hash))).toEqual([])
})

test('an upload that is under way when the server is told to stop comes to its end', async () => {
  const author = await signInTo(server.url, 'somying')
  const bytes = Buffer.concat([minimalPdf('ไฟล์ใหญ่'), Buffer.alloc(200_000, 32)])
  const half = Math.floor(bytes.length / 2)
  const upload = request(`${server.url}/v1/files/${sha256(bytes)}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${author.session.accessToken}`,
      'content-type': 'application/octet-stream',
      'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
      'content-length': bytes.length,
    },
  })
  upload.write(bytes.subarray(0, half))
  await wait(300)
  const ending = stopped()
  // Longer than a short answer takes, as on a slow line.
  await wait(3000)
  upload.end(bytes.subarray(half))
  const [answer] = await once(upload, 'response')
  expect(answer.statusCode).toBe(201)
  answer.resume()
  const { code, ms } = await ending
  expect(code).toBe(0)
  expect(ms).toBeLessThan(LATEST_MS)
})

test('a caller that never finishes what it sends does not keep the server from stopping', async () => {
  const author = await signInTo(server.url, 'somying')
  const upload = request(`${server.url}/v1/files/${'0'.repeat(64)}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${author.session.accessToken}`,
      'content-type': 'application/octet-stream',
      'content-range': 'bytes 0-999999/1000000',
      'content-length': 1_000_000,
    },
  })
  const cut = once(upload, 'error')
  upload.write('%PDF')
  await wait(300)
  const { code, ms } = await stopped()
  await cut
  expect(code).toBe(0)
  expect(ms).toBeLessThan(LATEST_MS)
})
