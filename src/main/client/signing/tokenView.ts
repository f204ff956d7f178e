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

/** What a person wants to sign with. */
export interface TokenChoice {
  readonly tokenSerial: string
  readonly certificateId: string
  /** Absent when it is typed on the reader. */
  readonly pin?: string | undefined
}

/**
 * The token and certificate that a person chose. Refuses token-absent, certificate-missing, why the certificate is
 * unfit, and pin-length when a PIN has to be typed here and was not.
 */
export function chosenCertificate(
  tokens: readonly TokenDescription[],
  { tokenSerial, certificateId, pin }: TokenChoice,
): Outcome<{ readonly token: TokenDescription; readonly certificate: TokenCertificate }> {
  const token = tokens.find(({ serial }) => serial === tokenSerial)
  if (token === undefined) return refuse('token-absent')
  const certificate = token.certificates.find(({ id }) => id === certificateId)
  if (certificate === undefined) return refuse('certificate-missing')
  if (certificate.unfit !== undefined) return { ok: false, refusal: certificate.unfit }
  if (!token.protectedPath && !pin) {
    return refuse('pin-length', { minimum: token.pinMinimum, maximum: token.pinMaximum })
  }
  return accept({ token, certificate })
}
