import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { coveredBytes } from '../../src/pdf/signature/signatureDictionary.ts'
import { embedSignature, prepareSignature } from '../../src/pdf/signature/signatureRevision.ts'
import { withAppended } from '../../src/pdf/structure/append.ts'
import { joined, sourceOf } from '../../src/pdf/structure/byteSource.ts'
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

/** A file with a signature by openssl, made with these options. */
async function signedByOpenssl(...options: string[]): Promise<Uint8Array> {
  const bytes = await memoFile()
  const request = { fieldName: 'Signature', signerName: 'นายสมชาย ใจดี', reason: 'อนุมัติ', signedAt: new Date() }
  const prepared = accepted(await prepareSignature(bytes, { ...request, marks: [] }))
  const whole = joined(sourceOf(bytes), prepared.appended)
  const path = (name: string): string => join(office.pki.directory, name)
  writeFileSync(path('covered'), Buffer.concat([...coveredBytes(whole, prepared.byteRange)]))
  const [person] = office.pki.people
  mustRun('openssl', [
    ...['cms', '-sign', '-binary', '-cades', '-md', 'sha256', '-outform', 'DER', ...options],
    ...['-signer', person!.certificatePem, '-inkey', person!.keyPem],
    ...['-certfile', office.pki.issuing.certificatePem, '-in', path('covered'), '-out', path('cms')],
  ])
  return withAppended(bytes, accepted(embedSignature(prepared, readFileSync(path('cms')))))
}

test.each<[string, readonly string[]]>([
  ['issuer and serial number', []],
  ['subject key identifier (RFC 5652 5.3)', ['-keyid']],
])(
  'a signature that names its certificate by %s is valid here and for those who know that name',
  async (_, options) => {
    const bytes = await signedByOpenssl('-nosmimecap', ...options)
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
