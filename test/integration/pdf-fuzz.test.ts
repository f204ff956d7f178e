import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { prepareSignature } from '../../src/pdf/signatureRevision.ts'
import { stamp } from '../../src/pdf/stamp.ts'
import { checkSignedRevision } from '../../src/signing/signedRevision.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import { memoFile, withObjectStreams } from '../support/pdf/forms.ts'
import { mutations, random } from '../support/pdf/mutations.ts'
import { linked, wordLetter } from '../support/pdf/oddForms.ts'
import { formFile } from '../support/pdf/rawFile.ts'
import { createTestPki, type TestPki } from '../support/pki/authority.ts'
import { signWithKey } from '../support/pki/keys.ts'

const rounds = Number(process.env.FUZZ_ROUNDS ?? 35)
const mostMilliseconds = 5000
const mark = { name: 'number', page: 1, place: { x: 60, y: 60 }, lines: ['๑๒๔๗'], fontSize: 12 }
const request = { fieldName: 'S', signerName: 'ก', reason: 'ก', signedAt: new Date(0), marks: [mark] }
const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
let pki: TestPki
let trust: Uint8Array[]
let sources: Uint8Array[]

beforeAll(async () => {
  pki = createTestPki(folder, [
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'ec-p256' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'rsa-2048' },
  ])
  trust = [readFileSync(pki.root.certificatePem)]
  const plain = [formFile(), linked(), wordLetter(), await withObjectStreams(await memoFile())]
  sources = [...plain]
  for (const bytes of plain) sources.push(await signedTwice(bytes))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function signedTwice(bytes: Uint8Array): Promise<Uint8Array> {
  const once = await signWithKey(pki, 0, bytes, { marks: [mark], contentsBytes: 4096 })
  const twice = once.ok ? await signWithKey(pki, 1, once.value, { contentsBytes: 4096 }) : once
  if (!twice.ok) throw new Error(twice.refusal.code)
  return twice.value
}

/** Whatever befell the file: each reader comes to an outcome, in time, and what was appended keeps the file. */
async function settle(bytes: Uint8Array, base: Uint8Array): Promise<void> {
  const before = process.cpuUsage()
  const inspected = await inspect(bytes)
  const stamped = await stamp(bytes, [mark])
  if (stamped.ok) {
    expect(Buffer.compare(stamped.value.subarray(0, bytes.length), bytes)).toBe(0)
    expect((await inspect(stamped.value)).ok).toBe(true)
  }
  const prepared = await prepareSignature(bytes, request)
  if (!inspected.ok) expect([stamped.ok, prepared.ok]).toEqual([false, false])
  const { verdict, signatures } = await verifyFile(bytes, { trust })
  expect(verdict === 'unreadable').toBe(!inspected.ok)
  expect(verdict === 'unsigned').toBe(inspected.ok && signatures.length === 0)
  await checkSignedRevision({ base, revision: bytes, trust })
  if (verdict === 'unsigned') await signed(bytes)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(mostMilliseconds)
}

/** What we sign is accepted by the server that checks it, or it is refused before. */
async function signed(bytes: Uint8Array): Promise<void> {
  const outcome = await signWithKey(pki, 0, bytes, { marks: [mark], contentsBytes: 4096 })
  if (!outcome.ok) return
  const checked = await checkSignedRevision({ base: bytes, revision: outcome.value, trust })
  expect(checked).toMatchObject({ ok: true })
}

test.each(Object.entries(mutations))('%s', async (_, mutate) => {
  for (let round = 0; round < rounds; round++) {
    const next = random(round + 1)
    const source = sources[round % sources.length]!
    const other = sources[Math.floor(next() * sources.length)]!
    const bytes = mutate(source, next, other)
    await settle(bytes, source).catch((error: unknown) => {
      throw new Error(`round ${round}`, { cause: error })
    })
  }
})
