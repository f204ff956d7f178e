import type { Certificate } from '../cms/certificate.ts'
import { hasIssued } from '../revocation/issuerSignature.ts'

/** What became of the way from a certificate to a trusted one. */
export type ChainVerdict = 'trusted' | 'untrusted' | 'expired' | 'incomplete'

/** The way that was found. */
export interface Chain {
  readonly verdict: ChainVerdict
  /** From the certificate to a trusted one, both included, when there is such a way; or else as far as it goes. */
  readonly path: readonly Certificate[]
}

/** Longer chains are not followed. */
const longestChain = 8
/** Most steps in all, since certificates that issue one another make many ways. */
const mostSteps = 256

/** What is understood of extensions that whoever relies on a certificate must understand (RFC 5280 4.2). */
const understood: readonly string[] = [
  ...['2.5.29.14', '2.5.29.15', '2.5.29.17', '2.5.29.18', '2.5.29.19', '2.5.29.31', '2.5.29.32'],
  ...['2.5.29.33', '2.5.29.35', '2.5.29.36', '2.5.29.37', '2.5.29.54', '1.3.6.1.5.5.7.1.1'],
  '1.3.6.1.5.5.7.1.3',
]

/**
 * Follows the issuers from a certificate to a trusted one (RFC 5280 6.1, without policies and names): names,
 * signatures, CA flag, keyCertSign, path length and extensions that must be understood, and that all are valid `at`
 * that time. `others` are certificates that came with the signature; one is trusted by being the same, byte for byte,
 * as one of `trust`, or by having one of the SHA-256 fingerprints `pinned`.
 */
export function judgeChain(
  signer: Certificate,
  others: readonly Certificate[],
  trust: readonly Certificate[],
  at: Date,
  pinned: readonly string[] = [],
): Chain {
  const anchors = new Set([...trust.map(({ fingerprint }) => fingerprint), ...pinned])
  let best: Chain = { verdict: 'incomplete', path: [signer] }
  let steps = 0
  const follow = (path: readonly Certificate[]): readonly Certificate[] | undefined => {
    const last = path.at(-1)!
    if (anchors.has(last.fingerprint)) {
      if (path.every((certificate) => isValid(certificate, at))) return path
      best = { verdict: 'expired', path }
      return undefined
    }
    if (isSelfIssued(last)) {
      if (best.verdict === 'incomplete') best = { verdict: 'untrusted', path }
      return undefined
    }
    if (best.verdict === 'incomplete' && path.length > best.path.length)
      best = { verdict: 'incomplete', path }
    if (path.length >= longestChain) return undefined
    const name = keyOf(last.issuerAndSerial.issuer)
    for (const issuer of [...(bySubject(others).get(name) ?? []), ...(bySubject(trust).get(name) ?? [])]) {
      const isOnPath = path.some(({ fingerprint }) => fingerprint === issuer.fingerprint)
      if (isOnPath || !mayIssue(issuer, path.length - 1)) continue
      if (++steps > mostSteps) return undefined
      if (!hasIssued(issuer, last)) continue
      const found = follow([...path, issuer])
      if (found !== undefined) return found
    }
    return undefined
  }
  const found = isUnderstood(signer) ? follow([signer]) : undefined
  return found === undefined ? best : { verdict: 'trusted', path: found }
}

const indexes = new WeakMap<readonly Certificate[], Map<string, Certificate[]>>()

/** Certificates by their subject, each once: a file may bring thousands. */
function bySubject(certificates: readonly Certificate[]): ReadonlyMap<string, readonly Certificate[]> {
  const known = indexes.get(certificates)
  if (known !== undefined) return known
  const index = new Map<string, Certificate[]>()
  for (const certificate of new Map(certificates.map((found) => [found.fingerprint, found])).values()) {
    const name = keyOf(certificate.subject)
    index.set(name, [...(index.get(name) ?? []), certificate])
  }
  indexes.set(certificates, index)
  return index
}

const keyOf = (name: Uint8Array): string => Buffer.from(name).toString('latin1')

const isValid = ({ notBefore, notAfter }: Certificate, at: Date): boolean => notBefore <= at && at <= notAfter

const isSelfIssued = ({ x509 }: Certificate): boolean => x509.checkIssued(x509)

const isUnderstood = ({ critical }: Certificate): boolean =>
  critical.every((identifier) => understood.includes(identifier))

/** Whether it may issue a certificate that has `below` authorities between itself and the signer. */
const mayIssue = (issuer: Certificate, below: number): boolean =>
  issuer.isAuthority &&
  (issuer.keyUsage === undefined || issuer.keyUsage.includes('keyCertSign')) &&
  (issuer.pathLength === undefined || below <= issuer.pathLength) &&
  isUnderstood(issuer)
