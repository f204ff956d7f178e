import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { SignatureRequest } from '../../../src/pdf/signature/signatureRevision.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { algorithmFor, keyOptions, type WantedAlgorithm } from '../../../src/signing/cms/algorithm.ts'
import { type Certificate, parseCertificate } from '../../../src/signing/cms/certificate.ts'
import { signPdf } from '../../../src/signing/signPdf.ts'
import type { TimestampService } from '../../../src/signing/timestampClient.ts'
import type { TestPki } from './authority.ts'

/** Signs as person number `index` with the key's file: for tests of files, to which a token adds nothing. */
export function signWithKey(
  pki: TestPki,
  index: number,
  bytes: Uint8Array,
  request: Partial<SignatureRequest> = {},
  wanted?: WantedAlgorithm,
  timestampServices?: readonly TimestampService[],
): Promise<Outcome<Uint8Array>> {
  const person = pki.people[index]!
  const certificate: Certificate = parseCertificate(readFileSync(person.certificateDer))!
  const key = createPrivateKey(readFileSync(person.keyPem))
  const algorithm = wanted && algorithmFor(certificate, wanted)
  if (algorithm?.ok === false) return Promise.resolve(algorithm)
  return signPdf(bytes, {
    certificate,
    ...(algorithm === undefined ? {} : { algorithm: algorithm.value }),
    ...(timestampServices === undefined ? {} : { timestampServices }),
    chain: [readFileSync(pki.issuing.certificateDer)],
    sign: async (attributes, chosen) => ({
      ok: true,
      value: sign(chosen.digest, attributes, { key, ...keyOptions(chosen) }),
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
