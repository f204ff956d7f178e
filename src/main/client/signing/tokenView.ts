import type { TokenState } from '../../../shared/contract/views.ts'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import type { TokenCertificate, TokenDescription } from '../../../signing/tokens/tokenHostProtocol.ts'

/** A token as its user is shown it. */
export function tokenView(token: TokenDescription): TokenState {
  return {
    serial: token.serial,
    label: token.label,
    manufacturer: token.manufacturer,
    pinState: token.pinState,
    pinMinimum: token.pinMinimum,
    pinMaximum: token.pinMaximum,
    protectedPath: token.protectedPath,
    certificatesNeedPin: token.certificatesNeedPin,
    certificates: token.certificates.map((certificate) => ({
      id: certificate.id,
      commonName: certificate.commonName,
      email: certificate.email ?? null,
      issuer: certificate.issuerCommonName,
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
      keyType: certificate.keyType,
      unfit: certificate.unfit ?? null,
    })),
  }
}

/** What a person signs with, as far as the token shows it. */
interface ChosenToken {
  readonly token: TokenDescription
  readonly certificate: TokenCertificate | undefined
}

/** What a person wants to sign with. */
export interface TokenChoice {
  readonly tokenSerial: string
  /** Absent when it is shown only after the PIN. */
  readonly certificateId?: string | undefined
  /** Absent when it is typed on the reader. */
  readonly pin?: string | undefined
}

/**
 * The token and certificate that a person chose; no certificate where it is shown only after the PIN. Refuses
 * token-absent, certificate-missing, why the certificate is unfit, and pin-length when a PIN has to be typed here and
 * was not.
 */
export function chosenToken(
  tokens: readonly TokenDescription[],
  { tokenSerial, certificateId, pin }: TokenChoice,
): Outcome<ChosenToken> {
  const token = tokens.find(({ serial }) => serial === tokenSerial)
  if (token === undefined) return refuse('token-absent')
  const certificate = token.certificates.find(({ id }) => id === certificateId)
  const comesLater = certificateId === undefined && token.certificatesNeedPin
  if (certificate === undefined && !comesLater) return refuse('certificate-missing')
  if (certificate?.unfit !== undefined) return { ok: false, refusal: certificate.unfit }
  if (!token.protectedPath && !pin) {
    return refuse('pin-length', { minimum: token.pinMinimum, maximum: token.pinMaximum })
  }
  return accept({ token, certificate })
}
