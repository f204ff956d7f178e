import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TextMark } from '../../src/pdf/marks/textMark.ts'
import { connect } from '../../src/server/database/connect.ts'
import type { RunningServer } from '../../src/server/start.ts'
import { createSigners, type Signers } from '../support/pki/signers.ts'
import { bringSigned, marksFor, numberedLetter } from '../support/server/numberedLetter.ts'
import {
  acceptedEvents,
  command,
  refusedCode,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

const [deputyToken, generalToken] = [0, 1]
let signers: Signers
let server: RunningServer
let staff: TestClient
let deputy: TestClient
let general: TestClient

const people = [
  { name: 'นายธีรวัฒน์ ศรีสุขสันต์', email: 'teerawat@saraban.example', key: 'rsa-2048' as const },
  { name: 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์', email: 'prawit@saraban.example', key: 'ec-p256' as const },
]

beforeAll(async () => {
  signers = createSigners(people)
  server = await startTestServer({ trust: [Buffer.from(signers.root).toString()] })
  staff = await signInTo(server.url, 'somying')
  deputy = await signInTo(server.url, 'teerawat')
  general = await signInTo(server.url, 'prawit')
})
afterAll(async () => {
  await server?.stop()
  signers?.close()
})

async function signedBy(token: number, file: Uint8Array, marks: readonly TextMark[]) {
  const signed = await signers.sign(file, token, { marks })
  if (!signed.ok) throw new Error(signed.refusal.code)
  return signed.value
}

test('two executives sign one letter with RSA and EC tokens, and the server records who signed', async () => {
  const { letterId, file, number } = await numberedLetter(staff, deputy)
  const once = await signedBy(deputyToken, file, marksFor(number))
  const first = acceptedEvents(await bringSigned(deputy, letterId, 'deputy', file, once))[0]?.body
  expect(first).toMatchObject({
    type: 'signed',
    signer: { email: 'teerawat@saraban.example', commonName: people[0]?.name },
  })
  await deputy.send(command(letterId, { type: 'forward', to: 'secretary-general', note: '' }, 'deputy'))
  const twice = await signedBy(generalToken, once, [])
  const second = acceptedEvents(await bringSigned(general, letterId, 'secretary-general', once, twice))[0]
    ?.body
  expect(second).toMatchObject({ type: 'signed', signer: { email: 'prawit@saraban.example' } })
})

test('a token that is not the signed-in person’s is refused', async () => {
  const { letterId, file, number } = await numberedLetter(staff, deputy)
  const other = await signedBy(generalToken, file, marksFor(number))
  expect(refusedCode(await bringSigned(deputy, letterId, 'deputy', file, other))).toBe('signer-not-actor')
})

test('a signature without the bound number and date on the paper is refused', async () => {
  const { letterId, file, number } = await numberedLetter(staff, deputy)
  const bare = await signedBy(deputyToken, file, [])
  expect(refusedCode(await bringSigned(deputy, letterId, 'deputy', file, bare))).toBe('number-mark-wrong')
  const wrong = await signedBy(deputyToken, file, marksFor({ ...number, text: 'สปสช 5.30/9999' }))
  expect(refusedCode(await bringSigned(deputy, letterId, 'deputy', file, wrong))).toBe('number-mark-wrong')
})

test('a revision that is damaged, or not an extension of the letter, is refused and the letter stays whole', async () => {
  const { letterId, file, number } = await numberedLetter(staff, deputy)
  const signed = Buffer.from(await signedBy(deputyToken, file, marksFor(number)))
  const damaged = Buffer.from(signed)
  const contents = damaged.indexOf('/Contents <', file.length)
  damaged.write('00', contents + 200, 'latin1')
  expect(refusedCode(await bringSigned(deputy, letterId, 'deputy', file, damaged))).toBe('signature-invalid')
  const elsewhere = Buffer.from(signed)
  elsewhere[12] = (elsewhere[12] ?? 0) ^ 1
  expect(refusedCode(await bringSigned(deputy, letterId, 'deputy', file, elsewhere))).toBe(
    'revision-not-extension',
  )
  acceptedEvents(await bringSigned(deputy, letterId, 'deputy', file, signed))
})

test('a certificate from an authority that the server does not trust is refused', async () => {
  const { letterId, file, number } = await numberedLetter(staff, deputy)
  const signed = await signedBy(deputyToken, file, marksFor(number))
  const database = connect(server.databaseUrl, () => undefined)
  await database.kysely.deleteFrom('trust').execute()
  await database.end()
  expect(refusedCode(await bringSigned(deputy, letterId, 'deputy', file, signed))).toBe('signature-invalid')
})
