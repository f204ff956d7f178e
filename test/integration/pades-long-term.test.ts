import { createPrivateKey, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { coveredBytes } from '../../src/pdf/signature/signatureDictionary.ts'
import { accept } from '../../src/shared/outcome.ts'
import { parseCertificate } from '../../src/signing/cms/certificate.ts'
import { type ExtensionOrder, extendPdf } from '../../src/signing/extend.ts'
import { checkSignedRevision } from '../../src/signing/signedRevision.ts'
import { type Signing, signPdf } from '../../src/signing/signPdf.ts'
import { stampPdf } from '../../src/signing/stampPdf.ts'
import { type VerificationSettings, verifyFile } from '../../src/signing/verify.ts'
import { createTestPki, issueResponder, type TestPki } from '../support/pki/authority.ts'
import { isSoundForQpdf, judgeByMutool, judgeByOpenssl } from '../support/pki/judge.ts'
import { signWithKey } from '../support/pki/keys.ts'
import { makeLetter } from '../support/pki/letters.ts'
import { createNssDatabase } from '../support/pki/nss.ts'
import {
  type RevocationServices,
  revoke,
  startRevocationServices,
} from '../support/pki/revocationServices.ts'
import { run } from '../support/pki/run.ts'
import type { TestService } from '../support/pki/serve.ts'
import { startTimestampService } from '../support/pki/timestampService.ts'

const hour = 3_600_000
const day = 24 * hour
const hence = (milliseconds: number): Date => new Date(Date.now() + milliseconds)
const person = { rsa: 0, ec: 1, expiring: 2, leaving: 3, thief: 4 }

let directory: string
let services: RevocationServices
let tsa: TestService
let expiringTsa: TestService
let pki: TestPki
let trust: readonly Uint8Array[]
let letter: Uint8Array

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'long-term-'))
  services = await startRevocationServices(directory)
  const asked = { email: 'somchai@nhso.example', key: 'ec-p256' } as const
  pki = createTestPki(
    directory,
    [
      { ...asked, name: 'นายสมชาย ใจดี', key: 'rsa-2048' },
      { ...asked, name: 'นางสาวมาลี รักษาสิทธิ์' },
      { ...asked, name: 'นายวิชัย มั่นคง', notAfter: hence(day) },
      { ...asked, name: 'นางพิมพ์ใจ ลาออก' },
      { ...asked, name: 'นายถูก เพิกถอน' },
    ],
    services.url,
  )
  issueResponder(pki, 'responder')
  tsa = await startTimestampService(pki)
  expiringTsa = await startTimestampService(pki, { file: 'tsa-expiring', notAfter: hence(day) })
  trust = [readFileSync(pki.root.certificatePem)]
  letter = await makeLetter()
})

afterAll(async () => {
  await tsa.close()
  await expiringTsa.close()
  await services.close()
  rmSync(directory, { recursive: true, force: true })
})

const order = (level: ExtensionOrder['level'], more: Partial<ExtensionOrder> = {}): ExtensionOrder => ({
  level,
  trust,
  timestampServices: [tsa],
  services: {},
  ...more,
})

/** Signs with the key of a file: B-T when `more` names time-stamp services. */
async function signed(index: number, bytes = letter, more: Partial<Signing> = {}): Promise<Uint8Array> {
  const { certificateDer, keyPem } = pki.people[index]!
  const certificate = parseCertificate(readFileSync(certificateDer))!
  const key = createPrivateKey(readFileSync(keyPem))
  const outcome = await signPdf(bytes, {
    certificate,
    chain: [readFileSync(pki.issuing.certificateDer)],
    sign: async (attributes, { digest }) =>
      accept(sign(digest, attributes, { key, dsaEncoding: 'ieee-p1363' })),
    request: {
      fieldName: 'Signature',
      signerName: certificate.commonName,
      reason: 'ลงนามในหนังสือ',
      signedAt: new Date(),
      marks: [],
    },
    ...more,
  })
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

async function extended(bytes: Uint8Array, asked: ExtensionOrder): Promise<Uint8Array> {
  const outcome = await extendPdf(bytes, asked)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal))
  return outcome.value
}

async function verified(bytes: Uint8Array, settings: Partial<VerificationSettings> = {}) {
  const { verdict, signatures } = await verifyFile(bytes, { trust, ...settings })
  return { verdict, signatures, first: signatures[0]! }
}

const online = { services: {} }

async function signaturesOf(bytes: Uint8Array) {
  const inspection = await inspect(bytes)
  if (!inspection.ok) throw new Error(inspection.refusal.code)
  return inspection.value
}

function save(name: string, bytes: Uint8Array): string {
  const path = join(directory, name)
  writeFileSync(path, bytes)
  return path
}

describe.each([
  ['RSA', person.rsa],
  ['EC', person.ec],
])('a signature with an %s key', (_, index) => {
  test.each(['B-T', 'B-LT', 'B-LTA'] as const)('is raised to %s, by appending alone', async (level) => {
    const before = await signed(index)
    const bytes = await extended(before, order(level))
    expect(Buffer.compare(before, bytes.subarray(0, before.length))).toBe(0)
    const { first, verdict } = await verified(bytes, level === 'B-T' ? online : {})
    expect(first).toMatchObject({ level, verdict: 'valid', revocation: 'good', reasons: [] })
    expect(verdict).toBe('valid')
    const file = save(`${level}.pdf`, bytes)
    expect(isSoundForQpdf(file)).toBe(true)
    expect(judgeByMutool(file)).toMatchObject({ valid: 1 })
  })
})

test('poppler and openssl agree on a signature of level B-LTA', async () => {
  const bytes = await extended(await signed(person.rsa), order('B-LTA'))
  const file = save('agreed.pdf', bytes)
  const nss = createNssDatabase(join(directory, 'nss'), pki.root.certificatePem)
  const { output } = run('pdfsig', ['-no-ocsp', '-nssdir', nss, file])
  expect(output).toMatch(/Signature is Valid[\s\S]*Certificate is Trusted/)
  const trusting = ['-CAfile', pki.root.certificatePem, '-untrusted', pki.issuing.certificatePem]
  const [signature, stamp] = (await signaturesOf(bytes)).signatures
  const stamped = Buffer.concat([...coveredBytes(bytes, stamp!.byteRange)])
  const token = ['-data', save('stamped', stamped), '-in', save('token', stamp!.contents), '-token_in']
  expect(run('openssl', ['ts', '-verify', ...token, ...trusting]).output).toContain('Verification: OK')
  expect(signature!.fieldName).toBe('Signature')
  const first = save('first.pdf', bytes.subarray(0, signature!.byteRange[2] + signature!.byteRange[3]))
  expect(judgeByOpenssl(first, pki.root.certificatePem)).toMatchObject({ signatures: 1, valid: 1 })
})

test('what the security store holds is for openssl what it is for us', async () => {
  const bytes = await extended(await signed(person.ec), order('B-LT'))
  const { securityStore } = await signaturesOf(bytes)
  expect(securityStore!.certificates).toHaveLength(5)
  expect(securityStore!.ocsps).toHaveLength(2)
  expect(securityStore!.crls).toHaveLength(1)
  const kept = save('kept.ocsp', securityStore!.ocsps[0]!)
  const certificates = ['-issuer', pki.issuing.certificatePem, '-cert', pki.people[person.ec]!.certificatePem]
  const trusting = [
    '-CAfile',
    pki.root.certificatePem,
    '-verify_other',
    pki.issuing.certificatePem,
    '-no_nonce',
  ]
  expect(run('openssl', ['ocsp', '-respin', kept, ...certificates, ...trusting]).output).toMatch(
    /: good[\s\S]*verify OK/,
  )
  const list = ['-inform', 'DER', '-in', save('kept.crl', securityStore!.crls[0]!)]
  expect(run('openssl', ['crl', ...list, '-CAfile', pki.root.certificatePem]).output).toContain('verify OK')
})

test('a signature with a time-stamp of its own gets one revision for B-LT, and no document time-stamp', async () => {
  const bytes = await signed(person.ec, letter, { timestampServices: [tsa] })
  const raised = await extended(bytes, order('B-LT'))
  const { signatures, first } = await verified(raised)
  expect(signatures).toHaveLength(1)
  expect(first).toMatchObject({ level: 'B-LT', verdict: 'valid', revocation: 'good' })
  expect(
    Buffer.from(raised.subarray(bytes.length))
      .toString('latin1')
      .match(/startxref/g),
  ).toHaveLength(1)
  const archived = await extended(raised, order('B-LTA'))
  expect((await verified(archived)).first).toMatchObject({ level: 'B-LTA', verdict: 'valid' })
})

test('raising a file twice adds nothing, and asks nobody', async () => {
  for (const level of ['B-T', 'B-LT', 'B-LTA'] as const) {
    const once = await extended(await signed(person.ec), order(level))
    services.asked.length = 0
    const unavailable = [{ url: 'http://127.0.0.1:9/' }]
    const twice = await extended(once, order(level, { timestampServices: unavailable }))
    expect(twice.length).toBe(once.length)
    if (level !== 'B-T') expect(services.asked).toEqual([])
  }
})

test('one order serves all signers; what a store has is kept when others sign later', async () => {
  const both = await signed(person.ec, await signed(person.rsa))
  const raised = await extended(both, order('B-LT'))
  const before = (await signaturesOf(raised)).securityStore!
  const stamped = await stampPdf(raised, [
    { name: 'stamp:1', page: 1, place: { x: 72, y: 500 }, lines: ['รับที่ ๑๒๓'], fontSize: 14 },
  ])
  if (!stamped.ok) throw new Error(stamped.refusal.code)
  const third = await extended(await signed(person.leaving, stamped.value), order('B-LTA'))
  const after = (await signaturesOf(third)).securityStore!
  for (const kind of ['certificates', 'ocsps', 'crls'] as const) {
    for (const der of before[kind])
      expect(after[kind].some((kept) => Buffer.compare(kept, der) === 0)).toBe(true)
  }
  const { signatures, verdict } = await verified(third)
  expect(verdict).toBe('valid')
  const levels = signatures.filter(({ subFilter }) => subFilter !== 'ETSI.RFC3161').map(({ level }) => level)
  expect(levels).toEqual(['B-LTA', 'B-LTA', 'B-LTA'])
  expect(isSoundForQpdf(save('third.pdf', third))).toBe(true)
})

describe('after the signer’s certificate has expired', () => {
  const later = { at: hence(2 * day) }

  test('a signature stays valid when a time-stamp proves that it is older', async () => {
    const bytes = await signed(person.expiring)
    expect(await verified(await extended(bytes, order('B-LT')), later)).toMatchObject({ verdict: 'valid' })
    const { first } = await verified(bytes, later)
    expect(first).toMatchObject({ verdict: 'indeterminate', chain: 'expired', level: 'B-B' })
  })

  test('a time-stamp whose own certificate has expired proves nothing, unless a later one covers it', async () => {
    const expiring = order('B-LTA', { timestampServices: [expiringTsa] })
    const once = await extended(await signed(person.expiring), expiring)
    const { first, signatures } = await verified(once, later)
    expect(first).toMatchObject({ verdict: 'indeterminate', chain: 'expired' })
    expect(signatures.at(-1)!.reasons).toContain('timestamp-expired')
    const renewed = await extended(once, order('B-LTA'))
    expect(renewed.length).toBeGreaterThan(once.length)
    expect(await verified(renewed, later)).toMatchObject({ verdict: 'valid', first: { level: 'B-LTA' } })
    expect((await extended(renewed, order('B-LTA'))).length).toBe(renewed.length)
    expect((await extended(renewed, order('B-LTA', { renew: true }))).length).toBeGreaterThan(renewed.length)
  })
})

describe('a certificate that was revoked', () => {
  test('after the time-stamp leaves the signature valid, and before it makes it invalid', async () => {
    const plain = await signed(person.leaving)
    const stamped = await extended(plain, order('B-LT'))
    revoke(directory, pki.people[person.leaving]!, hence(hour), 'cessationOfOperation')
    const fresh = { at: hence(2 * hour), services: { keepFor: 0 } }
    expect((await verified(stamped, fresh)).first).toMatchObject({ verdict: 'valid', revocation: 'good' })
    expect((await verified(plain, fresh)).first).toMatchObject({
      verdict: 'invalid',
      revocation: 'revoked',
      reasons: ['certificate-revoked'],
    })
  })

  test('before it was signed with is refused by the server and by the order for evidence', async () => {
    revoke(directory, pki.people[person.thief]!, hence(-hour), 'keyCompromise')
    const bytes = await signed(person.thief)
    expect((await verified(bytes, online)).first).toMatchObject({ verdict: 'invalid', revocation: 'revoked' })
    const refusal = { code: 'signature-invalid', detail: { reason: 'certificate-revoked' } }
    const stamped = order('B-LTA')
    expect(await extendPdf(bytes, stamped)).toEqual({ ok: false, refusal })
    const check = { base: letter, revision: bytes, trust, services: {} }
    expect(await checkSignedRevision(check)).toEqual({ ok: false, refusal })
  })
})

describe('when the issuer cannot be reached', () => {
  const unreachable = (paths: readonly string[]) => {
    for (const path of paths) {
      services.instead.set(path, (_, response) => response.writeHead(503).end())
    }
  }

  test('the verdict is open, the server takes the signature all the same, and no evidence is half added', async () => {
    const bytes = await signed(person.rsa)
    expect((await verified(bytes)).first).toMatchObject({
      verdict: 'indeterminate',
      revocation: 'unknown',
      reasons: ['revocation-unsettled'],
    })
    expect(await checkSignedRevision({ base: letter, revision: bytes, trust })).toMatchObject({ ok: true })
    unreachable(['/root.crl', '/ocsp', '/issuing.crl'])
    const elsewhere = 'http://127.0.0.1:9/none.crl'
    expect(await extendPdf(bytes, order('B-LT', { services: { crls: [elsewhere], keepFor: 0 } }))).toEqual({
      ok: false,
      refusal: {
        code: 'evidence-unavailable',
        detail: {
          certificate: 'นายสมชาย ใจดี',
          service: [`${services.url}ocsp`, elsewhere, `${services.url}issuing.crl`].join(', '),
        },
      },
    })
    services.instead.clear()
  })

  test('the CRL serves when the responder fails', async () => {
    unreachable(['/ocsp'])
    const bytes = await extended(await signed(person.ec, await signed(person.rsa)), order('B-LTA'))
    services.instead.clear()
    expect(await verified(bytes)).toMatchObject({ verdict: 'valid', first: { level: 'B-LTA' } })
  })
})

describe('a missing issuer’s certificate', () => {
  test('is fetched when that was ordered, and not otherwise', async () => {
    const bare = await signed(person.rsa, letter, { chain: [] })
    expect(await extendPdf(bare, order('B-LT', { timestampServices: [] }))).toMatchObject({
      refusal: { code: 'chain-unsettled', detail: { certificate: 'นายสมชาย ใจดี' } },
    })
    const raised = await extended(bare, order('B-LT', { services: { completeChains: true } }))
    expect(await verified(raised)).toMatchObject({ verdict: 'valid', first: { level: 'B-LT' } })
  })
})

test('a certification against all changes permits evidence and document time-stamps all the same', async () => {
  const request = {
    fieldName: 'Signature',
    signerName: 'นายสมชาย ใจดี',
    reason: 'รับรองเอกสาร',
    signedAt: new Date(),
    marks: [],
    certifies: 1 as const,
  }
  const certified = await signed(person.rsa, letter, { request })
  const raised = await extended(certified, order('B-LTA'))
  expect(await verified(raised)).toMatchObject({ verdict: 'valid', first: { level: 'B-LTA' } })
})

test('a time-stamp of a service that nobody vouches for is not put into the file', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'))
  const stranger = await startTimestampService(createTestPki(elsewhere, []))
  const outcome = await extendPdf(await signed(person.ec), order('B-T', { timestampServices: [stranger] }))
  expect(outcome).toMatchObject({ ok: false, refusal: { code: 'chain-unsettled' } })
  await stranger.close()
  rmSync(elsewhere, { recursive: true, force: true })
})

test('services that are configured answer for certificates that name none', async () => {
  const office = mkdtempSync(join(tmpdir(), 'office-'))
  const answering = await startRevocationServices(office)
  const quiet = createTestPki(office, [{ name: 'นายสุข สงบ', email: 'suk@nhso.example', key: 'ec-p256' }])
  issueResponder(quiet, 'responder')
  const outcome = await signWithKey(quiet, 0, letter)
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  const settings = { trust: [readFileSync(quiet.root.certificatePem)] }
  const unasked = await verified(outcome.value, settings)
  expect(unasked.first).toMatchObject({
    verdict: 'valid',
    revocation: 'unknown',
    reasons: ['revocation-not-checked'],
  })
  const [ocsp, crls] = [[`${answering.url}ocsp`], [`${answering.url}root.crl`]]
  const asked = await verified(outcome.value, { ...settings, services: { ocsp, crls } })
  expect(asked.first).toMatchObject({ verdict: 'valid', revocation: 'good', reasons: [] })
  const half = await verified(outcome.value, {
    ...settings,
    services: { ocsp: ['http://127.0.0.1:9/'], crls },
  })
  expect(half.first).toMatchObject({ verdict: 'indeterminate', reasons: ['revocation-unsettled'] })
  await answering.close()
  rmSync(office, { recursive: true, force: true })
})

test('a file without signatures is refused', async () => {
  expect(await extendPdf(letter, order('B-LTA'))).toMatchObject({ refusal: { code: 'file-unsigned' } })
})
