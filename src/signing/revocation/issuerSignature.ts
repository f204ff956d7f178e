import { readSignatureAlgorithm } from '../algorithmIdentifier.ts'
import type { Certificate } from '../certificate.ts'
import { type DerValue, expectTag, tag } from '../der.ts'
import { isSignedWith } from '../signedWith.ts'

/**
 * Verifies the signature of a CRL or an OCSP answer (RFC 5280 4.1.1.2): `algorithm` is its AlgorithmIdentifier,
 * `signature` its BIT STRING. False also for SHA-1 and other algorithms that are not accepted. Throws DerError.
 */
export function isSignedBy(
  signer: Certificate,
  signed: Uint8Array,
  algorithm: DerValue | undefined,
  signature: DerValue | undefined,
): boolean {
  const bits = expectTag(signature, tag.bitString).content.subarray(1)
  const stated = readSignatureAlgorithm(algorithm)
  if (stated?.digest === undefined) return false
  return isSignedWith(signer, stated, stated.digest, signed, bits)
}
