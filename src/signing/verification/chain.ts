import type { Certificate } from '../certificate.ts'

/** What became of the way from a certificate to a trusted one. */
export type ChainVerdict = 'trusted' | 'untrusted' | 'expired' | 'incomplete'

/** Longer chains are not followed. */
const longestChain = 8

/**
 * Follows the issuers from the signer's certificate to a trusted one (RFC 5280 6.1, without policies and names):
 * names, signatures, CA flag, keyCertSign and path length, and that all are valid `at` that time. `others` are
 * certificates that came with the signature; a trusted one is trusted by being the same, byte for byte.
 */
export function judgeChain(
  signer: Certificate,
  others: readonly Certificate[],
  trust: readonly Certificate[],
  at: Date,
): ChainVerdict {
  const anchors = new Set(trust.map(({ fingerprint }) => fingerprint))
  const candidates = [...trust, ...others]
  let best: ChainVerdict = 'incomplete'
  const follow = (path: readonly Certificate[]): boolean => {
    const last = path.at(-1)!
    if (anchors.has(last.fingerprint)) {
      if (path.every((certificate) => isValid(certificate, at))) return true
      best = 'expired'
      return false
    }
    if (isSelfIssued(last)) {
      if (best === 'incomplete') best = 'untrusted'
      return false
    }
    if (path.length >= longestChain) return false
    return candidates
      .filter(
        (issuer) => !path.includes(issuer) && mayIssue(issuer, path.length - 1) && hasIssued(issuer, last),
      )
      .some((issuer) => follow([...path, issuer]))
  }
  return follow([signer]) ? 'trusted' : best
}

const isValid = ({ notBefore, notAfter }: Certificate, at: Date): boolean => notBefore <= at && at <= notAfter

const isSelfIssued = ({ x509 }: Certificate): boolean => x509.checkIssued(x509)

/** Whether it may issue a certificate that has `below` authorities between itself and the signer. */
const mayIssue = ({ isAuthority, keyUsage, pathLength }: Certificate, below: number): boolean =>
  isAuthority &&
  (keyUsage === undefined || keyUsage.includes('keyCertSign')) &&
  (pathLength === undefined || below <= pathLength)

const hasIssued = (issuer: Certificate, subject: Certificate): boolean =>
  subject.x509.checkIssued(issuer.x509) && subject.x509.verify(issuer.x509.publicKey)
