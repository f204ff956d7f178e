import { createHash, sign } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { coveredBytes } from '../../src/pdf/signature/signatureDictionary.ts'
import { embedSignature, prepareSignature } from '../../src/pdf/signature/signatureRevision.ts'
import { withAppended } from '../../src/pdf/structure/append.ts'
import { joined, sourceOf } from '../../src/pdf/structure/byteSource.ts'
import { assembleCms } from '../../src/signing/cms/cades.ts'
import { parseCertificate } from '../../src/signing/cms/certificate.ts'
import { objectIdentifier, octetString, sequence, setOf } from '../../src/signing/cms/der.ts'
import { identifiers } from '../../src/signing/cms/identifiers.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import { memoFile } from '../support/pdf/forms.ts'
import { judgeAll } from '../support/pdf/judges.ts'
import { accepted, type Office, openOffice } from '../support/pdf/office.ts'
import { mustRun } from '../support/pki/run.ts'

let office: Office

beforeAll(() => {
  office = openOffice([{ name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'rsa-2048' }])
})

afterAll(() => office.close())

/** A file with a signature in the given format by whatever signs the bytes that are covered. */
async function signedInto(format: Format, cmsOf: (covered: Uint8Array) => Uint8Array): Promise<Uint8Array> {
  const bytes = await memoFile()
  const request = { fieldName: 'Signature', signerName: 'นายสมชาย ใจดี', reason: 'อนุมัติ', signedAt: new Date() }
  const prepared = accepted(await prepareSignature(bytes, { ...request, marks: [] }))
  const text = Buffer.from(prepared.appended).toString('latin1').replace('ETSI.CAdES.detached', format)
  const renamed = { ...prepared, appended: new Uint8Array(Buffer.from(text, 'latin1')) }
  const whole = joined(sourceOf(bytes), renamed.appended)
  const cms = cmsOf(Buffer.concat([...coveredBytes(whole, renamed.byteRange)]))
  return withAppended(bytes, accepted(embedSignature(renamed, cms)))
}

type Format = 'ETSI.CAdES.detached' | 'adbe.pkcs7.detached'

/** A file with a signature by openssl, made with these options. */
const signedByOpenssl = (format: Format, ...options: string[]): Promise<Uint8Array> =>
  signedInto(format, (covered) => {
    const path = (name: string): string => join(office.pki.directory, name)
    writeFileSync(path('covered'), covered)
    const [person] = office.pki.people
    mustRun('openssl', [
      ...['cms', '-sign', '-binary', '-md', 'sha256', '-outform', 'DER', ...options],
      ...['-signer', person!.certificatePem, '-inkey', person!.keyPem],
      ...['-certfile', office.pki.issuing.certificatePem, '-in', path('covered'), '-out', path('cms')],
    ])
    return readFileSync(path('cms'))
  })

test.each<[string, readonly string[]]>([
  ['issuer and serial number', []],
  ['subject key identifier (RFC 5652 5.3)', ['-keyid']],
])(
  'a signature that names its certificate by %s is valid here and for those who know that name',
  async (_, options) => {
    const bytes = await signedByOpenssl('ETSI.CAdES.detached', '-cades', '-nosmimecap', ...options)
    expect(await verifyFile(bytes, { trust: office.trust })).toMatchObject({
      verdict: 'valid',
      signatures: [{ signer: 'นายสมชาย ใจดี', level: 'B-B' }],
    })
    const { poppler, mupdf, openssl } = await judgeAll(bytes, office)
    // NSS and MuPDF find no certificate by its key identifier.
    const judges = options.includes('-keyid') ? [openssl] : [poppler, mupdf, openssl]
    for (const verdicts of judges)
      expect(verdicts, verdicts.output).toMatchObject({ signatures: 1, intact: 1 })
  },
)

describe('a signature without signed attributes, over the content itself (RFC 5652 5.4)', () => {
  test('is valid in the older format, here and for other judges', async () => {
    const bytes = await signedByOpenssl('adbe.pkcs7.detached', '-noattr')
    expect(await verifyFile(bytes, { trust: office.trust })).toMatchObject({
      verdict: 'valid',
      signatures: [{ digestOk: true, signatureOk: true }],
    })
    const { openssl } = await judgeAll(bytes, office)
    expect(openssl, openssl.output).toMatchObject({ signatures: 1, intact: 1 })
  })

  test('is invalid when the content was changed', async () => {
    const bytes = await signedByOpenssl('adbe.pkcs7.detached', '-noattr')
    bytes[7] = bytes[7] === 0x37 ? 0x36 : 0x37
    expect(await verifyFile(bytes, { trust: office.trust })).toMatchObject({
      verdict: 'invalid',
      signatures: [{ digestOk: false, signatureOk: false }],
    })
  })

  test('is invalid as CAdES, which signs attributes', async () => {
    const bytes = await signedByOpenssl('ETSI.CAdES.detached', '-noattr')
    expect(await verifyFile(bytes, { trust: office.trust })).toMatchObject({ verdict: 'invalid' })
  })
})

/** A CAdES signature that names its certificate, or another one, by SHA-1 (RFC 2634 5.4). */
const signedByOldName = (named: Uint8Array): Promise<Uint8Array> =>
  signedInto('ETSI.CAdES.detached', (covered) => {
    const [person] = office.pki.people
    const certificate = parseCertificate(readFileSync(person!.certificateDer))!
    const attribute = (identifier: string, value: Uint8Array): Uint8Array =>
      sequence(objectIdentifier(identifier), setOf(value))
    const hash = (algorithm: string, data: Uint8Array): Uint8Array =>
      octetString(createHash(algorithm).update(data).digest())
    const attributes = setOf(
      attribute(identifiers.contentType, objectIdentifier(identifiers.data)),
      attribute(identifiers.messageDigest, hash('sha256', covered)),
      attribute(identifiers.signingCertificate, sequence(sequence(sequence(hash('sha1', named))))),
    )
    const signature = sign('sha256', attributes, readFileSync(person!.keyPem))
    return assembleCms({
      attributes,
      signature,
      certificate,
      chain: [readFileSync(office.pki.issuing.certificateDer)],
    })
  })

test('the first form of the signing-certificate attribute binds the certificate', async () => {
  const [person] = office.pki.people
  const own = await signedByOldName(readFileSync(person!.certificateDer))
  expect(await verifyFile(own, { trust: office.trust })).toMatchObject({ verdict: 'valid' })
  const other = await signedByOldName(readFileSync(office.pki.issuing.certificateDer))
  expect(await verifyFile(other, { trust: office.trust })).toMatchObject({
    verdict: 'invalid',
    signatures: [{ reasons: expect.arrayContaining(['certificate-swapped']) }],
  })
})
