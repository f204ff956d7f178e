import { constants, createVerify, type Verify } from 'node:crypto'
import type { StatedAlgorithm } from './algorithmIdentifier.ts'
import type { Certificate } from './certificate.ts'
import type { DigestAlgorithm } from './identifiers.ts'

/**
 * Whether the certificate's key made the signature over the data, which comes in parts, in the algorithm stated. `digest` is what
 * stands around it says; false when the algorithm names another.
 */
export function isSignedWith(
  { key, x509 }: Certificate,
  stated: StatedAlgorithm,
  digest: DigestAlgorithm,
  data: Iterable<Uint8Array>,
  signature: Uint8Array,
): boolean {
  if ((stated.digest ?? digest) !== digest) return false
  const { publicKey } = x509
  const verifier = createVerify(digest)
  if (stated.scheme !== 'rsa-pss') {
    const type = stated.scheme === 'ecdsa' ? 'ec' : 'rsa'
    return key.type === type && digested(verifier, data).verify(publicKey, signature)
  }
  const { saltLength } = stated
  // OpenSSL throws at what a key's own limits forbid.
  const isWithinLimits =
    key.type === 'rsa' ||
    (key.type === 'rsa-pss' && (key.digest ?? digest) === digest && key.leastSalt <= saltLength)
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return isWithinLimits && digested(verifier, data).verify({ key: publicKey, padding, saltLength }, signature)
}

function digested(verifier: Verify, data: Iterable<Uint8Array>): Verify {
  for (const part of data) verifier.update(part)
  return verifier
}
