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

/** The certificate that a person chose. Refuses token-absent, certificate-missing, or why it is unfit. */
export function chosenCertificate(
  tokens: readonly TokenDescription[],
  tokenSerial: string,
  certificateId: string,
): Outcome<{ readonly certificate: TokenCertificate; readonly chain: readonly Uint8Array[] }> {
  const token = tokens.find(({ serial }) => serial === tokenSerial)
  if (token === undefined) return refuse('token-absent')
  const certificate = token.certificates.find(({ id }) => id === certificateId)
  if (certificate === undefined) return refuse('certificate-missing')
  if (certificate.unfit !== undefined) return { ok: false, refusal: certificate.unfit }
  return accept({ certificate, chain: token.chain })
}
