import { readSignatureAlgorithm } from '../cms/algorithmIdentifier.ts'
import type { Certificate } from '../cms/certificate.ts'
import { type DerValue, expectTag, readInside, readOrUndefined, readValue, tag } from '../cms/der.ts'
import { isSignedWith } from '../cms/signedWith.ts'

/**
 * Verifies the signature of a certificate, a CRL or an OCSP answer (RFC 5280 4.1.1.2): `algorithm` is its
 * AlgorithmIdentifier, `signature` its BIT STRING. False also for SHA-1 and other algorithms that are not accepted.
 * Throws DerError.
 */
export function isSignedBy(
  signer: Certificate,
  signed: Uint8Array,
  algorithm: DerValue | undefined,
  signature: DerValue | undefined,
): boolean {
  const { content } = expectTag(signature, tag.bitString)
  const stated = readSignatureAlgorithm(algorithm)
  // A signature is whole bytes: no bits at its end are unused.
  if (stated?.digest === undefined || content[0] !== 0) return false
  return isSignedWith(signer, stated, stated.digest, [signed], content.subarray(1))
}

const issued = new WeakMap<Certificate, Map<string, boolean>>()

/** Whether names, key identifiers and signature say that it was issued; the same two are compared once. */
export function hasIssued(issuer: Certificate, subject: Certificate): boolean {
  const known = issued.get(subject) ?? new Map<string, boolean>()
  issued.set(subject, known)
  const before = known.get(issuer.fingerprint)
  if (before !== undefined) return before
  const isOurs = subject.x509.checkIssued(issuer.x509) && bearsSignatureOf(issuer, subject)
  known.set(issuer.fingerprint, isOurs)
  return isOurs
}

const bearsSignatureOf = (issuer: Certificate, { der }: Certificate): boolean =>
  readOrUndefined(() => {
    const [signed, algorithm, signature] = readInside(readValue(der))
    return signed !== undefined && isSignedBy(issuer, signed.whole, algorithm, signature)
  }) ?? false
