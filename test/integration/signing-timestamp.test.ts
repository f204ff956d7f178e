import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { readSignedData } from '../../src/signing/cms.ts'
import { identifiers } from '../../src/signing/identifiers.ts'
import { requestTimestamp } from '../../src/signing/timestampClient.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import { judgeByOpenssl, judgeByPdfsig } from '../support/pki/judge.ts'
import { makeLetter } from '../support/pki/letters.ts'
import { run } from '../support/pki/run.ts'
import { createSigners, type Signers } from '../support/pki/signers.ts'
import { startTimestampService, type TestTimestampService } from '../support/pki/timestampService.ts'

let signers: Signers
let service: TestTimestampService

beforeAll(async () => {
  const notAfter = new Date(Date.now() + 3_600_000)
  signers = createSigners([
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'rsa-2048' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'ec-p256', notAfter },
  ])
  service = await startTimestampService(signers.pki)
})

afterAll(async () => {
  await service.close()
  signers.close()
})

const verify = (bytes: Uint8Array, at?: Date) =>
  verifyFile(bytes, { trust: [signers.root], ...(at === undefined ? {} : { at }) })

async function signedWithTime(bytes: Uint8Array, index: number): Promise<Uint8Array> {
  const signed = await signers.sign(bytes, index, {}, service.url)
  if (!signed.ok) throw new Error(signed.refusal.code)
  return signed.value
}

test.each([
  ['RSA', 0],
  ['EC', 1],
])('a time-stamp makes a signature with an %s key level B-T, and openssl verifies both', async (_, index) => {
  const before = Date.now()
  const bytes = await signedWithTime(await makeLetter(), index)
  const { verdict, signatures } = await verify(bytes)
  expect(verdict).toBe('valid')
  expect(signatures[0]).toMatchObject({ level: 'B-T', timestamp: { verdict: 'valid' } })
  expect(Math.abs(Date.parse(signatures[0]!.timestamp!.time!) - before)).toBeLessThan(60_000)

  const file = signers.save('stamped.pdf', bytes)
  expect(judgeByOpenssl(file, signers.pki.root.certificatePem)).toMatchObject({ signatures: 1, valid: 1 })
  expect(judgeByPdfsig(file, signers.nssDirectory)).toMatchObject({ signatures: 1, valid: 1 })
  const inspection = await inspect(bytes)
  if (!inspection.ok) throw new Error(inspection.refusal.code)
  const signer = readSignedData(inspection.value.signatures[0]!.contents)!.signers[0]!
  const [token] = signer.unsignedAttributes.get(identifiers.signatureTimestamp)!
  const value = ['-data', signers.save('value', signer.signature), '-in', signers.save('token', token!.whole)]
  const trust = [
    '-token_in',
    '-CAfile',
    signers.pki.root.certificatePem,
    '-untrusted',
    signers.pki.issuing.certificatePem,
  ]
  expect(run('openssl', ['ts', '-verify', ...value, ...trust]).output).toContain('Verification: OK')
})

test('a time-stamped signature stays valid after the certificate has expired, one without does not', async () => {
  const later = new Date(Date.now() + 24 * 3_600_000)
  expect(await verify(await signedWithTime(await makeLetter(), 1), later)).toMatchObject({ verdict: 'valid' })
  const plain = await signers.sign(await makeLetter(), 1)
  expect(plain.ok && (await verify(plain.value, later))).toMatchObject({ verdict: 'indeterminate' })
})

test('a time-stamp for another signature is told as invalid and proves no time', async () => {
  const other = await requestTimestamp(service.url, Buffer.from('ลายมือชื่ออื่น'))
  if (!other.ok) throw new Error(other.refusal.code)
  const signed = await signers.sign(await makeLetter(), 0, {}, other.value)
  if (!signed.ok) throw new Error(signed.refusal.code)
  const { verdict, signatures } = await verify(signed.value)
  expect(verdict).toBe('indeterminate')
  expect(signatures[0]).toMatchObject({
    timestamp: { verdict: 'invalid' },
    reasons: expect.arrayContaining(['timestamp-invalid']),
  })
})

test('nothing is signed when the service does not answer, or answers with something else', async () => {
  const nowhere = await signers.sign(await makeLetter(), 0, {}, 'http://127.0.0.1:9/tsa')
  expect(nowhere).toMatchObject({ ok: false, refusal: { code: 'timestamp-unavailable' } })
  const web = createServer((_, response) => response.end('<html>'))
  await new Promise<void>((listening) => web.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/`
  expect(await requestTimestamp(url, Buffer.from('x'))).toMatchObject({
    refusal: { code: 'timestamp-unavailable', detail: { service: url } },
  })
  web.close()
  web.closeAllConnections()
})
