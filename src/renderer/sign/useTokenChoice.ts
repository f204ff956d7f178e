import { useState } from 'react'
import type { TokenCertificate, TokenState } from '../../shared/contract/views.ts'

/** Whether a token's PIN may be asked for. */
export const pinUsable = (token: TokenState): boolean =>
  token.pinState !== 'locked' && token.pinState !== 'not-initialised'

/** Whether a token could sign now. */
const fit = (token: TokenState): boolean =>
  pinUsable(token) && token.certificates.some((certificate) => certificate.unfit === null)

/** The token to use: the one chosen while it is in, else the first that can sign, else any. */
export function tokenToUse(tokens: readonly TokenState[], chosen: string | null): TokenState | undefined {
  return tokens.find((token) => token.serial === chosen) ?? tokens.find(fit) ?? tokens[0]
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
