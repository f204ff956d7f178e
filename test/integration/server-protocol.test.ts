import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningServer } from '../../src/server/start.ts'
import { organisationSchema } from '../../src/shared/contract/organisation.ts'
import { letterDate } from '../../src/shared/thai/dates.ts'
import { draftCommand, numberCommand, proposeCommand, proposedLetter } from '../support/server/letters.ts'
import { minimalPdf, sha256 } from '../support/server/minimalPdf.ts'
import {
  acceptedEvents,
  command,
  put,
  refusalOf,
  refusedCode,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer
let staff: TestClient
let deputy: TestClient
let secretary: TestClient
let outsider: TestClient

/** What the stand-in for the signature check finds in each revision. */
const marksOf = new Map<string, { number: string; date: string; email: string }>()

beforeAll(async () => {
  server = await startTestServer({
    revisionCheck: async ({ revision }) => {
      const found = marksOf.get(sha256(revision))
      if (!found) return { ok: false, refusal: { code: 'signature-invalid', detail: { reason: 'digest' } } }
      return {
        ok: true,
        value: {
          signer: { commonName: 'ผู้ลงนาม', email: found.email, serial: '01', fingerprint: '0'.repeat(64) },
          marks: [
            { name: 'number', text: found.number, page: 1 },
            { name: 'date', text: found.date, page: 1 },
          ],
        },
      }
    },
  })
  staff = await signInTo(server.url, 'somying')
  deputy = await signInTo(server.url, 'teerawat')
  secretary = await signInTo(server.url, 'kamonchanok')
  outsider = await signInTo(server.url, 'orauma')
})
afterAll(() => server?.stop())

/** A revision with one appended line, known to the signature check. */
async function signedRevision(base: Uint8Array, signer: TestClient, number: string, date: string) {
  const appended = Buffer.from(`% signed ${randomUUID()}\n`)
  const revision = Buffer.concat([base, appended])
  const hash = sha256(revision)
  marksOf.set(hash, { number, date, email: `${signer.personId}@saraban.example` })
  const answer = await signer.request(
    `/files/${hash}?extends=${sha256(base)}`,
    put(appended, base.length, revision.length),
  )
  expect(answer.status).toBe(201)
  return { revision, reference: { sha256: hash, bytes: revision.length, extends: sha256(base) } }
}

test('a letter goes from draft to a signature, and everyone concerned gets its whole log', async () => {
  const { letterId, file } = await proposedLetter(staff, 'deputy')
  const [numbered] = await deputy.send(numberCommand(letterId, 'deputy'))
  const bound = acceptedEvents(numbered)[0]?.body
  if (bound?.type !== 'number-bound') throw new Error('no number')
  expect(bound.text).toBe('สปสช 5.30/1')

  const { reference } = await signedRevision(file, deputy, '๕.๓๐/๑', letterDate(bound.date))
  const [signed] = await deputy.send(command(letterId, { type: 'sign', revision: reference }, 'deputy'))
  expect(acceptedEvents(signed)[0]?.body).toMatchObject({ type: 'signed', revision: reference })

  for (const reader of [staff, deputy, secretary]) {
    const events = (await reader.wholeFeed()).flatMap((entry) =>
      entry.kind === 'events' && entry.letterId === letterId ? entry.events : [],
    )
    const versions = new Set(events.map((event) => event.version))
    expect([...versions].sort()).toEqual([1, 2, 3, 4])
    const bytes = await reader.request(`/files/${reference.sha256}`)
    expect(sha256(new Uint8Array(await bytes.arrayBuffer()))).toBe(reference.sha256)
  }
})

test('of two signatures on the same revision the second is told who signed first', async () => {
  const { letterId, file } = await proposedLetter(staff, 'deputy')
  const events = acceptedEvents((await deputy.send(numberCommand(letterId, 'deputy')))[0])
  const bound = events[0]?.body
  if (bound?.type !== 'number-bound') throw new Error('no number')
  const number = `๕.๓๐/${['๐', '๑', '๒', '๓', '๔', '๕', '๖', '๗', '๘', '๙'][bound.serial]}`
  const first = await signedRevision(file, deputy, number, letterDate(bound.date))
  const second = await signedRevision(file, deputy, number, letterDate(bound.date))
  const results = await Promise.all(
    [first, second].map(({ reference }) =>
      deputy.send(command(letterId, { type: 'sign', revision: reference }, 'deputy')),
    ),
  )
  const outcomes = results.map(([result]) => refusedCode(result) ?? 'accepted').sort()
  expect(outcomes).toEqual(['accepted', 'letter-signed-already'])
})

test('a signature with a wrong number mark, another signer or a changed file is refused', async () => {
  const { letterId, file } = await proposedLetter(staff, 'deputy')
  const bound = acceptedEvents((await deputy.send(numberCommand(letterId, 'deputy')))[0])[0]?.body
  if (bound?.type !== 'number-bound') throw new Error('no number')
  const sign = async (revision: { sha256: string; bytes: number; extends: string }) =>
    refusedCode((await deputy.send(command(letterId, { type: 'sign', revision }, 'deputy')))[0])

  const wrongNumber = await signedRevision(file, deputy, '๕.๓๐/๙๙๙', letterDate(bound.date))
  expect(await sign(wrongNumber.reference)).toBe('number-mark-wrong')
  const invalid = await signedRevision(file, deputy, '', '')
  marksOf.delete(invalid.reference.sha256)
  expect(await sign(invalid.reference)).toBe('signature-invalid')
  expect(await sign({ ...wrongNumber.reference, sha256: 'f'.repeat(64) })).toBe('file-missing')
})

test('a command sent twice has one effect and the same answer', async () => {
  const { letterId } = await proposedLetter(staff, 'deputy')
  const number = numberCommand(letterId, 'deputy')
  const answers = await Promise.all([deputy.send(number), deputy.send(number), deputy.send(number, number)])
  const [first, ...others] = answers.flat()
  acceptedEvents(first)
  for (const other of others) expect(other).toEqual(first)

  const [refused] = await secretary.send(numberCommand(letterId, 'deputy'))
  expect(refusedCode(refused)).toBe('secretary-cannot-sign')
})

test('a refused command sent again is refused alike, and its id serves no other command', async () => {
  const { letterId } = await proposedLetter(staff, 'deputy')
  const propose = proposeCommand(letterId, 'secretary-general')
  const [first] = await staff.send(propose)
  expect(refusedCode(first)).toBe('letter-elsewhere')
  expect((await staff.send(propose))[0]).toEqual(first)
  const [other] = await staff.send({ ...propose, clientTime: '2026-01-01T00:00:00Z' })
  expect(refusedCode(other)).toBe('command-reused')
  expect(refusedCode((await deputy.send(propose))[0])).toBe('command-reused')
})

test('a draft whose file has not arrived is decided again when it has', async () => {
  const letterId = randomUUID()
  const file = minimalPdf(letterId)
  const draft = draftCommand(letterId, file)
  const propose = proposeCommand(letterId, 'deputy')
  const early = await staff.send(draft, propose)
  expect(early.map(refusedCode)).toEqual(['file-missing', 'letter-unknown'])
  await staff.upload(file)
  for (const result of await staff.send(draft, propose)) acceptedEvents(result)
})

test('a file that is no PDF cannot become a letter', async () => {
  const letterId = randomUUID()
  const file = Buffer.from(`นี่ไม่ใช่ไฟล์ PDF ${letterId}`)
  await staff.upload(file)
  const [result] = await staff.send(draftCommand(letterId, file))
  expect(refusedCode(result)).toBe('file-not-pdf')
})

test('characters that hide what is written, and a path in a file’s name, do not get into the log', async () => {
  const letterId = randomUUID()
  const file = minimalPdf(letterId)
  await staff.upload(file)
  const draft = draftCommand(letterId, file, '<b>ขออนุมัติ</b>\u202E\u0000 งบกองทุน')
  if (draft.body.type === 'draft') draft.body.fileName = '../../.bashrc'
  const [drafted] = acceptedEvents((await staff.send(draft))[0])
  expect(drafted?.body).toMatchObject({ subject: '<b>ขออนุมัติ</b> งบกองทุน', fileName: 'bashrc' })
})

test('a person without rights sees neither the letter nor its file, and cannot act on it', async () => {
  const { letterId, file } = await proposedLetter(staff, 'deputy')
  const seen = (await outsider.wholeFeed()).filter((entry) => entry.kind !== 'organisation')
  expect(seen).toEqual([])
  expect((await outsider.request(`/files/${sha256(file)}`)).status).toBe(404)
  expect((await outsider.request(`/files/${sha256(file)}`, { method: 'HEAD' })).status).toBe(404)
  const [result] = await outsider.send(proposeCommand(letterId, 'director-legal'))
  expect(refusedCode(result)).toBe('letter-unknown')
  const page = await outsider.feed()
  expect(page.next).toBe(page.head)
})

test('who joins the audience later gets the letter from its first event', async () => {
  const { letterId } = await proposedLetter(staff, 'deputy')
  const general = await signInTo(server.url, 'prawit')
  const before = (await general.feed()).next
  await deputy.send(
    command(letterId, { type: 'forward', to: 'secretary-general', note: 'เพื่อโปรดทราบ' }, 'deputy'),
  )
  const [entry] = await general.wholeFeed(before)
  expect(entry).toMatchObject({ kind: 'events', letterId })
  const versions = entry?.kind === 'events' ? entry.events.map((event) => event.version) : []
  expect(versions).toEqual([1, 2, 3])
})

test('the organisation comes with an ETag and is not sent again while it is the same', async () => {
  const first = await staff.request('/organisation')
  expect(organisationSchema.parse(await first.json()).agencyCode).toBe('สปสช')
  const again = await staff.request('/organisation', {
    headers: { 'if-none-match': first.headers.get('etag') ?? '' },
  })
  expect(again.status).toBe(304)
})

test('server-sent events tell the head at once and after each change', async () => {
  const stream = await staff.request('/events')
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  const nextHead = async () => {
    const { value } = (await reader?.read()) ?? {}
    return Number(/"head":(\d+)/.exec(value ?? '')?.[1])
  }
  const before = await nextHead()
  expect(before).toBe((await staff.feed()).head)
  await proposedLetter(staff, 'deputy')
  expect(await nextHead()).toBeGreaterThan(before)
  await reader?.cancel()
})

test('malformed and unknown requests are refused in the protocol’s form', async () => {
  const malformed = await staff.request('/commands', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ commands: [{ id: 'ไม่ใช่รหัส' }] }),
  })
  expect(malformed.status).toBe(400)
  expect(await refusalOf(malformed)).toMatchObject({ code: 'command-malformed' })
  await expect(staff.send(proposeCommand(randomUUID(), 'dep\u0000uty'))).rejects.toThrow('400')
  const broken = await staff.request('/commands', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{',
  })
  expect(broken.status).toBe(400)
  expect((await staff.request('/nowhere')).status).toBe(404)
  expect((await staff.request('/files/abc')).status).toBe(400)
  expect((await fetch(`${server.url}/v1/feed`)).status).toBe(401)
  expect(await (await fetch(`${server.url}/v1/health`)).json()).toEqual({ ok: true })
})
