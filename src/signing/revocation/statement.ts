import type { Certificate } from '../cms/certificate.ts'
import { type DerValue, readTime } from '../cms/der.ts'

/** Why a certificate was revoked (RFC 5280 5.3.1), by the numbers of CRLReason; 7 is not used. */
export const revocationReasons = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'unused',
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const

/** Why a certificate was revoked. */
export type RevocationReason = (typeof revocationReasons)[number]

/** When and why a certificate was revoked. */
export interface RevocationEvent {
  readonly time: Date
  /** Absent when the issuer does not say. */
  readonly reason?: RevocationReason
}

/** What an issuer, or who speaks for it, states about one certificate; its signature has been verified. */
export interface StatusStatement {
  readonly status: 'good' | 'revoked' | 'unknown'
  readonly revoked?: RevocationEvent
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  /** It still knows of certificates that expired after this time; absent when it forgets them as they expire. */
  readonly knowsSince?: Date
  /** Who signed in the issuer's place. */
  readonly responder?: Certificate
}

/** A certificate whose status is asked of its issuer; both stand on a way to a trusted certificate. */
export interface StatusQuestion {
  readonly certificate: Certificate
  readonly issuer: Certificate
  /** The time for which the status matters. */
  readonly at: Date
}

/** Why a CRL or an OCSP answer says nothing about a certificate. */
export type StatementFault =
  | 'unreadable'
  /** The service answered with an error. */
  | 'not-answered'
  /** It is about other certificates. */
  | 'other-certificate'
  | 'other-issuer'
  | 'signature-wrong'
  /** Who signed was not allowed to speak for the issuer. */
  | 'responder-unauthorised'
  /** The status of who signed could not be settled. */
  | 'responder-unsettled'
  /** A delta CRL, an indirect one, one for some reasons or some certificates, or one with unknown extensions. */
  | 'kind-refused'
  /** It does not tell about the time asked for. */
  | 'other-time'
  /** The service does not know the certificate. */
  | 'status-unknown'

/** A statement, or why there is none. */
export type StatementOutcome =
  | { readonly ok: true; readonly statement: StatusStatement }
  | { readonly ok: false; readonly fault: StatementFault }

/** The outcome that carries a fault. */
export const faulty = (fault: StatementFault): StatementOutcome => ({ ok: false, fault })

/** The time in an archive cutoff (RFC 6960 4.4.4) or in expiredCertsOnCRL (ITU-T X.509). Throws DerError. */
export const knowsSince = (value: DerValue | undefined): Pick<StatusStatement, 'knowsSince'> =>
  value === undefined ? {} : { knowsSince: readTime(value) }
