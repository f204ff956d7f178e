import type { Outcome } from '../shared/outcome.ts'
import type { SignatureAlgorithm } from './algorithm.ts'
import type { Certificate } from './certificate.ts'

/** A token after one entry of its PIN: it signs with one certificate's key until it is closed. */
export interface TokenSigner {
  readonly certificate: Certificate
  /** Authorities' certificates on the token, DER. */
  readonly chain: readonly Uint8Array[]
  readonly algorithm: SignatureAlgorithm
  /**
   * Hashes and signs the signed attributes of one letter: RSA's signature as it is, ECDSA's as r and s side by side.
   * One call at a time. What it refuses is a fault of token, PIN or key, after which nothing more can be signed
   * without a new entry of the PIN.
   */
  sign(attributes: Uint8Array): Promise<Outcome<Uint8Array>>
  /** Logs out and forgets the PIN. */
  close(): Promise<void>
}
