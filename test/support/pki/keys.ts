import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { SignatureRequest } from '../../../src/pdf/signatureRevision.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { digestAlgorithmFor } from '../../../src/signing/cades.ts'
import { type Certificate, parseCertificate } from '../../../src/signing/certificate.ts'
import { signPdf } from '../../../src/signing/signPdf.ts'
import type { TestPki } from './authority.ts'

/** Signs as person number `index` with the key's file: for tests of files, to which a token adds nothing. */
export function signWithKey(
  pki: TestPki,
  index: number,
  bytes: Uint8Array,
  request: Partial<SignatureRequest> = {},
): Promise<Outcome<Uint8Array>> {
  const person = pki.people[index]!
  const certificate: Certificate = parseCertificate(readFileSync(person.certificateDer))!
  const key = createPrivateKey(readFileSync(person.keyPem))
  return signPdf(bytes, {
    certificate,
    chain: [readFileSync(pki.issuing.certificateDer)],
    sign: async (attributes) => ({
      ok: true,
      value: sign(digestAlgorithmFor(certificate), attributes, { key, dsaEncoding: 'ieee-p1363' }),
    }),
    request: {
      fieldName: 'Signature',
      signerName: certificate.commonName,
      reason: 'ลงนามในหนังสือ',
      signedAt: new Date(),
      marks: [],
      ...request,
    },
  })
}
