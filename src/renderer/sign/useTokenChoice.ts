import { useState } from 'react'
import type { SigningStep, TokenCertificate, TokenState } from '../../shared/contract/views.ts'

/** Whether a token's PIN may be asked for. */
const pinUsable = (token: TokenState): boolean =>
  token.pinState !== 'locked' && token.pinState !== 'not-initialised'

/** Whether a token could sign now. */
const fit = (token: TokenState): boolean =>
  pinUsable(token) && token.certificates.some((certificate) => certificate.unfit === null)

/** Whether the PIN may show a certificate with which the token could sign. */
const mayFit = (token: TokenState): boolean => pinUsable(token) && token.certificatesNeedPin

/** Whether signing may be tried with what the token shows. */
export const maySign = (token: TokenState, certificate: TokenCertificate | undefined): boolean =>
  certificate === undefined ? mayFit(token) : pinUsable(token) && certificate.unfit === null

/**
 * Whether a signing waits at `step` for the PIN of the reader's PIN pad: when the token's turn has come, or first of
 * all where only the PIN shows the certificate.
 */
export const waitsForPad = (token: TokenState | undefined, step: SigningStep | null): boolean =>
  token?.protectedPath === true && step === (token.certificatesNeedPin ? null : 'token')

/** The token to use: the one chosen while it is in, else the first that can sign, or might, else any. */
export function tokenToUse(tokens: readonly TokenState[], chosen: string | null): TokenState | undefined {
  return (
    tokens.find((token) => token.serial === chosen) ?? tokens.find(fit) ?? tokens.find(mayFit) ?? tokens[0]
  )
}

/** The certificate to use: the one chosen, else the first that may sign, else any, so that its reason is shown. */
export function certificateToUse(
  token: TokenState | undefined,
  chosen: string | null,
): TokenCertificate | undefined {
  const certificates = token?.certificates ?? []
  return (
    certificates.find((certificate) => certificate.id === chosen) ??
    certificates.find((certificate) => certificate.unfit === null) ??
    certificates[0]
  )
}

/** The token and certificate to sign with, and how to choose others. */
export function useTokenChoice(tokens: readonly TokenState[]) {
  const [serial, chooseToken] = useState<string | null>(null)
  const [id, chooseCertificate] = useState<string | null>(null)
  const token = tokenToUse(tokens, serial)
  const certificate = certificateToUse(token, id)
  return { token, certificate, chooseToken, chooseCertificate }
}
