import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { draftCommand, proposedLetter } from '../support/server/letters.ts'
import { minimalPdf, sha256 } from '../support/server/minimalPdf.ts'
import {
  acceptedEvents,
  put,
  refusalOf,
  refusedCode,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let staff: TestClient
let deputy: TestClient
let outsider: TestClient

beforeAll(async () => {
  server = await startTestServer()
  staff = await signInTo(server.url, 'somying')
  deputy = await signInTo(server.url, 'teerawat')
  outsider = await signInTo(server.url, 'orauma')
})
afterAll(() => server?.stop())

const offsetOf = async (client: TestClient, hash: string) => {
  const head = await client.request(`/files/${hash}`, { method: 'HEAD' })
  expect(head.status).toBe(404)
  return Number(head.headers.get('upload-offset'))
}
const bytesOf = async (client: TestClient, hash: string, init?: RequestInit) =>
  new Uint8Array(await (await client.request(`/files/${hash}`, init)).arrayBuffer())

test('an upload that was cut goes on where it stopped', async () => {
  const file = randomBytes(5_000_000)
  const hash = sha256(file)
  expect(await offsetOf(staff, hash)).toBe(0)
  const first = await staff.request(`/files/${hash}`, put(file.subarray(0, 2_000_000), 0, file.length))
  expect(first.status).toBe(202)
  expect(first.headers.get('upload-offset')).toBe('2000000')
  expect(await offsetOf(staff, hash)).toBe(2_000_000)

  const gap = await staff.request(`/files/${hash}`, put(file.subarray(3_000_000), 3_000_000, file.length))
  expect(gap.status).toBe(400)
  expect(gap.headers.get('upload-offset')).toBe('2000000')

  const rest = await staff.request(`/files/${hash}`, put(file.subarray(2_000_000), 2_000_000, file.length))
  expect(rest.status).toBe(201)
  const head = await staff.request(`/files/${hash}`, { method: 'HEAD' })
  expect(head.status).toBe(200)
  expect(head.headers.get('content-length')).toBe(String(file.length))
  expect(sha256(await bytesOf(staff, hash))).toBe(hash)
})

test('a line that breaks in the middle of a part keeps what had arrived', async () => {
  const file = randomBytes(3_000_000)
  const hash = sha256(file)
  const abort = new AbortController()
  const slow = new ReadableStream({
    async start(stream) {
      stream.enqueue(file.subarray(0, 1_000_000))
      while ((await offsetOf(staff, hash)) === 0) await wait(20)
      abort.abort()
    },
  })
  const { headers } = put(file, 0, file.length)
  const upload = staff.request(`/files/${hash}`, {
    method: 'PUT',
    headers: headers as Record<string, string>,
    body: slow,
    duplex: 'half',
    signal: abort.signal,
  } as RequestInit)
  await expect(upload).rejects.toThrow()
  const offset = await offsetOf(staff, hash)
  expect(offset).toBeGreaterThan(0)
  const rest = await staff.request(`/files/${hash}`, put(file.subarray(offset), offset, file.length))
  expect(rest.status).toBe(201)
})

test('a tampered upload is refused, leaves nothing behind and can be sent again', async () => {
  const file = minimalPdf('ต้นฉบับ')
  const hash = sha256(file)
  const tampered = Buffer.from(file)
  tampered[100] = (tampered[100] ?? 0) ^ 1
  const answer = await staff.request(`/files/${hash}`, put(tampered, 0, tampered.length))
  expect(answer.status).toBe(422)
  expect((await refusalOf(answer)).code).toBe('file-hash-mismatch')
  expect(await offsetOf(staff, hash)).toBe(0)
  expect(await staff.upload(file)).toBe(hash)
})

test('a revision is uploaded as its appended bytes only', async () => {
  const base = randomBytes(1_500_000)
  const appended = randomBytes(30_000)
  const revision = Buffer.concat([base, appended])
  await staff.upload(base)
  const hash = sha256(revision)
  const path = `/files/${hash}?extends=${sha256(base)}`
  const first = await staff.request(path, put(appended.subarray(0, 10_000), base.length, revision.length))
  expect(first.status).toBe(202)
  expect(await offsetOf(staff, hash)).toBe(base.length + 10_000)
  const start = base.length + 10_000
  const rest = await staff.request(path, put(appended.subarray(10_000), start, revision.length))
  expect(rest.status).toBe(201)
  expect(sha256(await bytesOf(staff, hash))).toBe(hash)

  const wrong = `/files/${'a'.repeat(64)}?extends=${sha256(base)}`
  const refused = await staff.request(wrong, put(appended, base.length, revision.length))
  expect((await refusalOf(refused)).code).toBe('file-hash-mismatch')
})

test('only who may see a letter, or brought the file, may read it or build on it', async () => {
  const { file } = await proposedLetter(staff, 'deputy')
  const hash = sha256(file)
  expect(sha256(await bytesOf(deputy, hash))).toBe(hash)
  const answer = await outsider.request(`/files/${hash}`)
  expect(answer.status).toBe(404)
  expect((await refusalOf(answer)).code).toBe('file-missing')
  const appended = Buffer.from('ต่อท้าย')
  const extended = await outsider.request(
    `/files/${sha256(Buffer.concat([file, appended]))}?extends=${hash}`,
    put(appended, file.length, file.length + appended.length),
  )
  expect(extended.status).toBe(404)
  // Whoever has the bytes already may bring them too.
  expect(await outsider.upload(Buffer.from(file))).toBe(hash)
  expect(sha256(await bytesOf(outsider, hash))).toBe(hash)
})

/** Takes a stored file from the server's disk, as a backup that is older than the database would. */
const loseFile = async (hash: string) => {
  const folder = join(server.dataFolder, 'files')
  const names = await readdir(folder, { recursive: true })
  await rm(join(folder, names.find((name) => name.endsWith(`${hash}.pdf`)) ?? 'nowhere'))
}

test('a letter whose file the server has lost is refused, and what was sent with it goes on', async () => {
  const [lost, kept] = [minimalPdf(randomUUID()), minimalPdf(randomUUID())]
  await loseFile(await staff.upload(lost))
  await staff.upload(kept)
  const results = await staff.send(draftCommand(randomUUID(), lost), draftCommand(randomUUID(), kept))
  expect(refusedCode(results[0])).toBe('server-fault')
  acceptedEvents(results[1])
})

test('a revision of a file that the server has lost is asked for whole', async () => {
  const base = randomBytes(2000)
  const revision = Buffer.concat([base, Buffer.from('ต่อท้าย')])
  await loseFile(await staff.upload(base))
  const path = `/files/${sha256(revision)}?extends=${sha256(base)}`
  const answer = await staff.request(path, put(revision.subarray(2000), 2000, revision.length))
  expect((await refusalOf(answer)).code).toBe('file-missing')
  expect((await staff.request(path, put(revision, 0, revision.length))).status).toBe(201)
})

test('a part of a file is sent where a range is asked for', async () => {
  const file = randomBytes(100_000)
  const hash = await staff.upload(file)
  const part = await staff.request(`/files/${hash}`, { headers: { range: 'bytes=10-19' } })
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toBe('bytes 10-19/100000')
  expect(Buffer.from(await part.arrayBuffer())).toEqual(file.subarray(10, 20))
  expect(Buffer.from(await bytesOf(staff, hash, { headers: { range: 'bytes=-5' } }))).toEqual(
    file.subarray(-5),
  )
  const outside = await staff.request(`/files/${hash}`, { headers: { range: 'bytes=100000-' } })
  expect(outside.status).toBe(416)
})

test('a file over the limit is refused before it is stored', async () => {
  const answer = await staff.request(`/files/${'b'.repeat(64)}`, put(Buffer.from('ก'), 0, 50_000_001))
  expect(answer.status).toBe(413)
  expect(await refusalOf(answer)).toEqual({ code: 'file-too-large', detail: { megabytes: 51, limit: 50 } })
})

test('more bytes than announced, or a range that makes no sense, are refused', async () => {
  const hash = 'c'.repeat(64)
  const long = put(Buffer.alloc(100), 0, 1000)
  const headers = { ...(long.headers as Record<string, string>), 'content-range': 'bytes 0-9/1000' }
  expect((await staff.request(`/files/${hash}`, { ...long, headers })).status).toBe(400)
  const nonsense = { ...headers, 'content-range': 'bytes 9-0/1000' }
  expect((await staff.request(`/files/${hash}`, { ...long, headers: nonsense })).status).toBe(400)
  expect(await offsetOf(staff, 'd'.repeat(64))).toBe(0)
})

test('nothing unfinished is among the stored files, and every stored file fits its name', async () => {
  const folder = join(server.dataFolder, 'files')
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.pdf'))
  expect(names.length).toBeGreaterThan(0)
  for (const name of names) {
    const hash = name.slice(-68, -4)
    const bytes = await bytesOf(staff, hash)
    if (bytes.length > 500) expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash)
  }
})
