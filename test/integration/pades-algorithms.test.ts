import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SignatureRequest } from '../../src/pdf/signature/signatureRevision.ts'
import type { WantedAlgorithm } from '../../src/signing/cms/algorithm.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import { createTestPki, type TestPki } from '../support/pki/authority.ts'
import { judgeByMutool, judgeByOpenssl, judgeByPdfsig } from '../support/pki/judge.ts'
import { signWithKey } from '../support/pki/keys.ts'
import { makeLetter } from '../support/pki/letters.ts'
import { createNssDatabase } from '../support/pki/nss.ts'

const keys = [
  ...(['rsa-2048', 'rsa-3072', 'rsa-4096', 'rsa-pss-2048'] as const),
  ...(['ec-p256', 'ec-p384', 'ec-p521'] as const),
]
type Key = (typeof keys)[number]

let directory: string
let pki: TestPki
let nss: string
let root: Uint8Array
let letter: Uint8Array

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'pades-'))
  const person = { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example' }
  pki = createTestPki(
    join(directory, 'pki'),
    keys.map((key) => ({ ...person, key })),
  )
  nss = createNssDatabase(join(directory, 'nss'), pki.root.certificatePem)
  root = readFileSync(pki.root.certificatePem)
  letter = await makeLetter()
}, 120_000)

afterAll(() => rmSync(directory, { recursive: true, force: true }))

const block = {
  page: 1,
  place: { x: 300, y: 100, width: 200, height: 80 },
  lines: ['(นายสมชาย ใจดี)', 'ผู้อำนวยการสำนักบริหารงบกองทุน'],
}

async function signed(
  bytes: Uint8Array,
  key: Key,
  wanted?: WantedAlgorithm,
  request: Partial<SignatureRequest> = {},
): Promise<Uint8Array> {
  const outcome = await signWithKey(pki, keys.indexOf(key), bytes, request, wanted)
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

function saved(bytes: Uint8Array): string {
  const path = join(directory, 'signed.pdf')
  writeFileSync(path, bytes)
  return path
}

const digests = ['sha256', 'sha384', 'sha512'] as const
const cases: [Key, WantedAlgorithm][] = [
  ...digests.flatMap((digest): [Key, WantedAlgorithm][] => [
    ['rsa-2048', { digest }],
    ['rsa-2048', { digest, pss: true }],
    ['ec-p256', { digest }],
    ['ec-p384', { digest }],
  ]),
  ['rsa-3072', { digest: 'sha384' }],
  ['rsa-4096', { digest: 'sha512', pss: true }],
  ['ec-p521', { digest: 'sha512' }],
]

describe.each(cases)('%s with %o', (key, wanted) => {
  test.each([
    ['not seen on the page', {}],
    ['seen on the page', { block }],
  ])('is verified by every judge: %s', async (_, request) => {
    const bytes = await signed(letter, key, wanted, request)
    expect(await verifyFile(bytes, { trust: [root] })).toMatchObject({
      verdict: 'valid',
      signatures: [{ level: 'B-B' }],
    })
    const file = saved(bytes)
    const one = { signatures: 1, valid: 1 }
    expect(judgeByOpenssl(file, pki.root.certificatePem)).toMatchObject(one)
    expect(judgeByPdfsig(file, nss)).toMatchObject(one)
    // MuPDF 1.21 reads CMS through an interface of OpenSSL that has no RSASSA-PSS.
    if (wanted.pss !== true) expect(judgeByMutool(file)).toMatchObject(one)
  })
})

describe('RSASSA-PSS', () => {
  test('is the algorithm of a key that is for nothing else, with the digest that its certificate names', async () => {
    const bytes = await signed(letter, 'rsa-pss-2048')
    expect((await verifyFile(bytes, { trust: [root] })).verdict).toBe('valid')
    // NSS does not verify such keys in CMS.
    const file = saved(bytes)
    expect(judgeByPdfsig(file, nss).output).toContain('Signing Hash Algorithm: SHA-384')
    expect(judgeByOpenssl(file, pki.root.certificatePem)).toMatchObject({ signatures: 1, valid: 1 })
  })

  test('of a key that is for nothing else is not valid with what the certificate rules out', async () => {
    const bytes = await signed(letter, 'rsa-pss-2048')
    const text = Buffer.from(bytes).toString('latin1')
    const salt = text.lastIndexOf('a203020130', text.lastIndexOf('/Name'))
    const forged = Uint8Array.from(bytes)
    forged.set(Buffer.from('a203020120'), salt)
    expect(await verifyFile(forged, { trust: [root] })).toMatchObject({
      signatures: [{ signatureOk: false }],
    })
  })

  test('states digest, mask and salt, so that no reader has to guess', async () => {
    const bytes = await signed(letter, 'rsa-2048', { pss: true, digest: 'sha384' })
    const digest = '300d06096086480165030402020500'
    const mask = `a11c301a06092a864886f70d010108${digest}`
    const parameters = `3034a00f${digest}${mask}a203020130`
    expect(Buffer.from(bytes).toString('latin1')).toContain(`06092a864886f70d01010a${parameters}`)
  })

  test('is not valid when the parameters state another salt than was used', async () => {
    const bytes = await signed(letter, 'rsa-2048', { pss: true, digest: 'sha384' })
    const text = Buffer.from(bytes).toString('latin1')
    const forged = new Uint8Array(Buffer.from(text.replace('a203020130', 'a20302012f'), 'latin1'))
    expect(await verifyFile(forged, { trust: [root] })).toMatchObject({
      verdict: 'invalid',
      signatures: [{ digestOk: true, signatureOk: false }],
    })
  })
})

describe('the algorithm that nobody chose', () => {
  test.each([
    ['rsa-2048', 'SHA-256'],
    ['ec-p256', 'SHA-256'],
    ['ec-p384', 'SHA-384'],
    ['ec-p521', 'SHA-512'],
  ] as const)('for %s has %s', async (key, digest) => {
    const { output } = judgeByPdfsig(saved(await signed(letter, key)), nss)
    expect(output).toContain(`Signing Hash Algorithm: ${digest}`)
  })
})

test.each<[Key, WantedAlgorithm]>([
  ['ec-p256', { pss: true, digest: 'sha256' }],
  ['rsa-pss-2048', { digest: 'sha256' }],
])('what a key cannot do is refused before anything is signed: %s with %o', async (key, wanted) => {
  expect(await signWithKey(pki, keys.indexOf(key), letter, {}, wanted)).toEqual({
    ok: false,
    refusal: { code: 'algorithm-unfit', detail: { algorithm: 'RSASSA-PSS SHA-256' } },
  })
})

test('a signature makes the file larger by little more than its CMS', async () => {
  const bytes = await signed(letter, 'ec-p256')
  expect(bytes.length - letter.length).toBeLessThan(7000)
  const text = Buffer.from(bytes).toString('latin1')
  const [, contents = ''] = /\/Contents <([0-9a-f]+)>/.exec(text) ?? []
  expect(/0*$/.exec(contents)?.[0].length).toBeLessThan(100)
})
