import type { Outcome, Refusal } from '../../shared/outcome.ts'
import type { SignatureAlgorithm } from '../cms/algorithm.ts'

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
  readonly keyType: 'rsa' | 'rsa-pss' | 'ec' | 'other'
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
  /** No signer's certificate is shown before the login, which may show some: `certificates` is empty. */
  readonly certificatesNeedPin: boolean
  /** Authorities' certificates on the token, DER. */
  readonly chain: readonly Uint8Array[]
}

/** What a token is opened for, with one entry of its PIN. */
export interface OpenOrder {
  readonly tokenSerial: string
  /** TokenCertificate.id; without it the only certificate that is fit for signing. */
  readonly certificateId?: string
  /** UTF-8; overwritten with zeroes once it was used. Absent when it is typed on the reader (`protectedPath`). */
  readonly pin?: Uint8Array
  /** Refused before the PIN is used when the token cannot do it; default: what the key usually does. */
  readonly algorithm?: SignatureAlgorithm
}

/** A token that was opened in the token host. */
export interface OpenedSigner {
  /** Names it in sign and close requests. */
  readonly signer: string
  /** DER. */
  readonly certificate: Uint8Array
  /** Authorities' certificates on the token, DER. */
  readonly chain: readonly Uint8Array[]
}

/** What an opened token signs: the signed attributes of one letter, which are hashed there. */
interface ToSign {
  readonly attributes: Uint8Array
  readonly algorithm: SignatureAlgorithm
}

/** To the token host. Each request gets exactly one reply with its id; they are worked off one at a time. */
export type TokenHostRequest =
  | { readonly id: number; readonly kind: 'tokens' }
  | ({ readonly id: number; readonly kind: 'open' } & OpenOrder)
  | ({ readonly id: number; readonly kind: 'sign'; readonly signer: string } & ToSign)
  | { readonly id: number; readonly kind: 'close'; readonly signer: string }
  | { readonly id: number; readonly kind: 'watch'; readonly on: boolean }

/** The reply to the request with the same id; see TokenSigner for what signing and closing mean. */
export type TokenHostReply =
  | { readonly id: number; readonly kind: 'tokens'; readonly outcome: Outcome<readonly TokenDescription[]> }
  | { readonly id: number; readonly kind: 'open'; readonly outcome: Outcome<OpenedSigner> }
  | { readonly id: number; readonly kind: 'sign'; readonly outcome: Outcome<Uint8Array> }
  | { readonly id: number; readonly kind: 'close'; readonly outcome: Outcome<void> }
  | { readonly id: number; readonly kind: 'watch'; readonly outcome: Outcome<void> }

/** Sent by the token host on its own while it watches: a token came or went, or its PIN state changed. */
interface TokenHostNotice {
  readonly kind: 'tokens-changed'
}

/** Whatever the token host sends. */
export type TokenHostMessage = TokenHostReply | TokenHostNotice
