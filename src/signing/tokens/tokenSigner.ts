import type { Outcome } from '../../shared/outcome.ts'
import type { SignatureAlgorithm } from '../cms/algorithm.ts'
import type { Certificate } from '../cms/certificate.ts'

/** A token after one entry of its PIN: it signs with one certificate's key until it is closed. */
export interface TokenSigner {
  readonly certificate: Certificate
  /** Authorities' certificates on the token, DER. */
  readonly chain: readonly Uint8Array[]
  /**
   * Hashes and signs the signed attributes of one letter: returns RSA's signature as it is, ECDSA's as r and s side
   * by side. Calls wait for one another. Refuses algorithm-unfit and mechanism-missing; every other refusal is a fault
   * of token, PIN or key, after which nothing more is signed without a new entry of the PIN.
   */
  sign(attributes: Uint8Array, algorithm: SignatureAlgorithm): Promise<Outcome<Uint8Array>>
  /** Logs out and forgets the PIN, once what is being signed is done. */
  close(): Promise<void>
}
