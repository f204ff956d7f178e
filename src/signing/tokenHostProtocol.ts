import type { Outcome, Refusal } from '../shared/outcome.ts'

/**
 * The messages between the program and the process that holds the token drivers. All can be structure-cloned;
 * a child process must be forked with `serialization: 'advanced'`.
 */

/** How many tries the PIN has left, as far as the token tells. */
export type PinState = 'ok' | 'low' | 'final-try' | 'locked' | 'not-initialised'

/** A certificate on a token with what a person needs to choose it. */
export interface TokenCertificate {
  /** SHA-256 of the certificate, hexadecimal: names it in a sign request. */
  readonly id: string
  readonly label: string
  readonly der: Uint8Array
  readonly commonName: string
  readonly email?: string
  readonly issuerCommonName: string
  /** Hexadecimal. */
  readonly serial: string
  /** ISO 8601, UTC. */
  readonly notBefore: string
  readonly notAfter: string
  readonly keyType: 'rsa' | 'ec' | 'other'
  /** Why it may not sign now; absent when it may. */
  readonly unfit?: Refusal
}

/** A token that is plugged in. Nothing here needs a PIN. */
export interface TokenDescription {
  readonly serial: string
  readonly label: string
  readonly manufacturer: string
  readonly model: string
  /** Path of the driver through which it was found. */
  readonly module: string
  readonly pinState: PinState
  /** The PIN is typed on the reader itself. */
  readonly protectedPath: boolean
  /** In bytes. */
  readonly pinMinimum: number
  readonly pinMaximum: number
  /** The signers' certificates; those of authorities are in `chain`. */
  readonly certificates: readonly TokenCertificate[]
  /** Authorities' certificates on the token, DER. */
  readonly chain: readonly Uint8Array[]
}

/** What is signed with one entry of the PIN. */
export interface SignOrder {
  readonly tokenSerial: string
  /** TokenCertificate.id */
  readonly certificateId: string
  /** UTF-8. Overwritten with zeroes once it was used. */
  readonly pin: Uint8Array
  /** Each is hashed and signed: the signed attributes of one letter. */
  readonly data: readonly Uint8Array[]
}

/** The signatures made, in the order of `data`. When it stopped early, `stoppedBy` says why: the rest is unsigned. */
export interface SignedBatch {
  /** RSA PKCS #1 v1.5, or r and s of ECDSA side by side. */
  readonly signatures: readonly Uint8Array[]
  readonly stoppedBy?: Refusal
}

/** To the token host. Each request gets exactly one reply with its id; they are worked off one at a time. */
export type TokenHostRequest =
  | { readonly id: number; readonly kind: 'tokens' }
  | ({ readonly id: number; readonly kind: 'sign' } & SignOrder)
  | { readonly id: number; readonly kind: 'watch'; readonly on: boolean }

/** The reply to the request with the same id. A batch that made no signature at all is a refusal. */
export type TokenHostReply =
  | { readonly id: number; readonly kind: 'tokens'; readonly outcome: Outcome<readonly TokenDescription[]> }
  | { readonly id: number; readonly kind: 'sign'; readonly outcome: Outcome<SignedBatch> }
  | { readonly id: number; readonly kind: 'watch'; readonly outcome: Outcome<void> }

/** Sent by the token host on its own. */
type TokenHostNotice =
  /** A token was plugged in or pulled out, or its PIN state changed. Only while watched. */
  | { readonly kind: 'tokens-changed' }
  /** Signature number `index` (from 0) of the sign request `id` was made. */
  | { readonly kind: 'signed'; readonly id: number; readonly index: number }

/** Whatever the token host sends. */
export type TokenHostMessage = TokenHostReply | TokenHostNotice
