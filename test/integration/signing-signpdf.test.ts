import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignPdf } from '@signpdf/signpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareSignature } from '../../src/pdf/signature/signatureRevision.ts'
import { openDriver, type TokenDriver } from '../../src/signing/tokens/pkcs11/driver.ts'
import { SigningRefused, SignpdfSigner } from '../../src/signing/tokens/signpdfSigner.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import { createTestPki, type TestPki } from '../support/pki/authority.ts'
import { isSoundForQpdf, judgeByOpenssl, judgeByPdfsig } from '../support/pki/judge.ts'
import { makeLetter } from '../support/pki/letters.ts'
import { createNssDatabase } from '../support/pki/nss.ts'
import { createTokens, type TestTokens } from '../support/pki/tokens.ts'

const directory = mkdtempSync(join(tmpdir(), 'signpdf-'))
const pin = '482913'
let pki: TestPki
let tokens: TestTokens
let driver: TokenDriver
let nss: string

beforeAll(() => {
  pki = createTestPki(join(directory, 'pki'), [
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'rsa-2048' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'ec-p256' },
  ])
  const chain = [pki.issuing.certificateDer]
  const asked = pki.people.map((person, index) => ({ ...person, label: `token-${index}`, pin, chain }))
  tokens = createTokens(directory, asked)
  nss = createNssDatabase(join(directory, 'nss'), pki.root.certificatePem)
  process.env.SOFTHSM2_CONF = tokens.env.SOFTHSM2_CONF
  const opened = openDriver(tokens.module, [tokens.module])
  if (!opened.ok) throw new Error(opened.refusal.code)
  driver = opened.value
})
afterAll(() => {
  driver.close()
  rmSync(directory, { recursive: true, force: true })
})

/** The letter with our signature field, whose /ByteRange holds what @signpdf looks for. */
async function placeholder(letter: Uint8Array): Promise<Buffer> {
  const prepared = await prepareSignature(letter, {
    fieldName: 'Signature',
    signerName: 'ผู้ลงนาม',
    reason: 'ลงนามในหนังสือ',
    signedAt: new Date(),
    marks: [],
  })
  if (!prepared.ok) throw new Error(prepared.refusal.code)
  const file = Buffer.concat([letter, prepared.value.appended])
  const range = prepared.value.byteRange.join(' ')
  const wanted = '0 /********** /********** /**********'
  const at = file.lastIndexOf(`[${range}`) + 1
  expect(file.subarray(at).toString('latin1', 0, 43).trimEnd()).toBe(range)
  file.write(wanted.padEnd(43), at, 'latin1')
  return file
}

const openToken = async (person: number) => {
  const opened = await driver.open({ tokenSerial: tokens.tokens[person]!.serial, pin: Buffer.from(pin) })
  if (!opened.ok) throw new Error(opened.refusal.code)
  return opened.value
}

test.each([
  ['an RSA key', 0, 'table'],
  ['an EC key', 1, 'stream'],
] as const)('@signpdf signs with a token that holds %s', async (_, person, form) => {
  const token = await openToken(person)
  const signed = await new SignPdf().sign(await placeholder(await makeLetter(form)), new SignpdfSigner(token))
  await token.close()
  const file = join(directory, `${form}.pdf`)
  writeFileSync(file, signed)
  expect(judgeByPdfsig(file, nss)).toMatchObject({ signatures: 1, valid: 1 })
  expect(judgeByOpenssl(file, pki.root.certificatePem)).toMatchObject({ signatures: 1, valid: 1 })
  expect(isSoundForQpdf(file)).toBe(true)
  const report = await verifyFile(signed, { trust: [readFileSync(pki.root.certificatePem)] })
  expect(report).toMatchObject({ verdict: 'valid', signatures: [{ level: 'B-B' }] })
})

test('what the token refuses reaches the caller of @signpdf with its code', async () => {
  const token = await openToken(0)
  await token.close()
  const signing = new SignPdf().sign(await placeholder(await makeLetter()), new SignpdfSigner(token))
  await expect(signing).rejects.toThrow(SigningRefused)
  await expect(signing).rejects.toMatchObject({ refusal: { code: 'token-login-lost' } })
})
