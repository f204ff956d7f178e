import { constants } from 'node:crypto'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { Certificate } from './certificate.ts'
import type { DigestAlgorithm } from './identifiers.ts'

/** How a signature is made: what the key does, and the digest that it is given. */
export interface SignatureAlgorithm {
  /**
   * RSASSA-PKCS1-v1_5, RSASSA-PSS (RFC 8017 8.1; MGF1 with the same digest, the salt as long as the digest) or
   * ECDSA.
   */
  readonly scheme: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa'
  readonly digest: DigestAlgorithm
}

/** What a caller may choose of the algorithm; the rest follows from the key. */
export interface WantedAlgorithm {
  readonly digest?: DigestAlgorithm
  /** RSASSA-PSS in place of RSASSA-PKCS1-v1_5. */
  readonly pss?: boolean
}

/** The bytes of each digest, and of the salt of RSASSA-PSS with it. */
export const digestLengths: Readonly<Record<DigestAlgorithm, number>> = { sha256: 32, sha384: 48, sha512: 64 }

const curveDigests = { 'P-256': 'sha256', 'P-384': 'sha384', 'P-521': 'sha512' } as const

/**
 * The algorithm that suits the certificate's key: PKCS #1 v1.5 with SHA-256 for RSA, since that is what every reader
 * of PDF verifies; for ECDSA the digest as long as the curve.
 */
export function defaultAlgorithm({ key }: Certificate): SignatureAlgorithm {
  if (key.type === 'ec') return { scheme: 'ecdsa', digest: curveDigests[key.curve] }
  if (key.type === 'rsa-pss') return { scheme: 'rsa-pss', digest: key.digest ?? 'sha256' }
  return { scheme: 'rsa-pkcs1', digest: 'sha256' }
}

/**
 * The default algorithm with what is wanted in place of it. Refuses algorithm-unfit when the key cannot do that, such
 * as PSS with an EC key; and certificate-usage for other kinds of keys. A digest shorter than the curve is allowed.
 */
export function algorithmFor(
  certificate: Certificate,
  wanted: WantedAlgorithm = {},
): Outcome<SignatureAlgorithm> {
  const { key } = certificate
  if (key.type === 'other') return refuse('certificate-usage')
  const usual = defaultAlgorithm(certificate)
  const scheme = wanted.pss === true ? 'rsa-pss' : usual.scheme
  const digest = wanted.digest ?? usual.digest
  if (scheme === 'rsa-pss' && !canMakePss(key, digest)) {
    return refuse('algorithm-unfit', { algorithm: `RSASSA-PSS ${digestNames[digest]}` })
  }
  return accept({ scheme, digest })
}

/** Whether digest and salt, of equal length, fit into the key (RFC 8017 9.1.1) and its limits allow them. */
function canMakePss(key: Certificate['key'], digest: DigestAlgorithm): boolean {
  if (key.type !== 'rsa' && key.type !== 'rsa-pss') return false
  const length = digestLengths[digest]
  if (Math.ceil((key.bits - 1) / 8) < 2 * length + 2) return false
  return key.type === 'rsa' || ((key.digest ?? digest) === digest && key.leastSalt <= length)
}

const digestNames: Readonly<Record<DigestAlgorithm, string>> = {
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
}

/** What Node's `sign` and `verify` are told besides digest and key, for signatures as a token returns them. */
export const keyOptions = ({ scheme, digest }: SignatureAlgorithm) =>
  scheme === 'rsa-pss'
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: digestLengths[digest] }
    : { dsaEncoding: 'ieee-p1363' as const }
