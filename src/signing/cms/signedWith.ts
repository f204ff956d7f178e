import { constants, verify } from 'node:crypto'
import type { StatedAlgorithm } from './algorithmIdentifier.ts'
import type { Certificate } from './certificate.ts'
import type { DigestAlgorithm } from './identifiers.ts'

/**
 * Whether the certificate's key made the signature over the data, in the algorithm that is stated. `digest` is what
 * stands around it says; false when the algorithm names another.
 */
export function isSignedWith(
  { key, x509 }: Certificate,
  stated: StatedAlgorithm,
  digest: DigestAlgorithm,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  if ((stated.digest ?? digest) !== digest) return false
  const { publicKey } = x509
  if (stated.scheme !== 'rsa-pss') {
    const type = stated.scheme === 'ecdsa' ? 'ec' : 'rsa'
    return key.type === type && verify(digest, data, publicKey, signature)
  }
  const { saltLength } = stated
  // OpenSSL throws at what a key's own limits forbid.
  const isWithinLimits =
    key.type === 'rsa' ||
    (key.type === 'rsa-pss' && (key.digest ?? digest) === digest && key.leastSalt <= saltLength)
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return isWithinLimits && verify(digest, data, { key: publicKey, padding, saltLength }, signature)
}
