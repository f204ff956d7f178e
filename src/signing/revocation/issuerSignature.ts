import { constants, verify } from 'node:crypto'
import { readPssParameters } from '../algorithmIdentifier.ts'
import type { Certificate } from '../certificate.ts'
import { type DerValue, expectTag, readIdentifier, readInside, tag } from '../der.ts'
import { type DigestAlgorithm, digestIdentifiers, identifiers } from '../identifiers.ts'

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
  const [name, parameters] = readInside(algorithm)
  const identifier = readIdentifier(name)
  const key = signer.x509.publicKey
  if (identifier === identifiers.rsaPss) {
    const pss = readPssParameters(parameters)
    if (pss === undefined || signer.key.type !== 'rsa') return false
    const { digest, saltLength } = pss
    return verify(digest, signed, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, bits)
  }
  const digests = Object.keys(digestIdentifiers) as DigestAlgorithm[]
  const digest = digests.find((found) => {
    const names = digestIdentifiers[found]
    if (signer.key.type === 'rsa') return names.withRsa === identifier
    return signer.key.type === 'ec' && names.withEcdsa === identifier
  })
  return digest !== undefined && verify(digest, signed, key, bits)
}
