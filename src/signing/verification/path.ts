import type { Certificate } from '../cms/certificate.ts'
import type { EvidenceItem } from '../revocation/evidence.ts'
import { judgeRevocation } from '../revocation/judge.ts'
import { namesRevocationSource } from '../revocation/pointers.ts'
import type { RevocationEvent, StatusQuestion } from '../revocation/statement.ts'
import { type ChainVerdict, judgeChain } from './chain.ts'

/** All that trust in a certificate is judged by. */
export interface TrustContext {
  readonly trust: readonly Certificate[]
  /** SHA-256 fingerprints of further trusted certificates, which may come with the signature. */
  readonly pinned: readonly string[]
  /** Certificates found anywhere in the file: some writers leave out the issuers'. */
  readonly known: readonly Certificate[]
  readonly evidence: readonly EvidenceItem[]
  /** Whether a service is configured that knows of certificates which name no source of their status. */
  readonly hasServices: boolean
  readonly now: Date
}

/** The way from a certificate to a trusted one, and whether any on it was revoked. */
export interface PathJudgement {
  readonly chain: ChainVerdict
  readonly path: readonly Certificate[]
  /** Good when the first certificate is known as good and none is left unsettled. */
  readonly revocation: 'good' | 'revoked' | 'unknown'
  /** What was revoked first. */
  readonly revoked?: RevocationEvent
  /** Certificates that name a source of their status, which the evidence does not tell. */
  readonly unsettled: readonly StatusQuestion[]
  /** The evidence that settled the others, and the certificates of who signed it. */
  readonly used: readonly EvidenceItem[]
  readonly responders: readonly Certificate[]
}

/**
 * Judges the chain of a certificate at a time, and the revocation of all on it but the trusted one at its end. The
 * status of a certificate that names no source, and for which no service is configured, is not asked for.
 */
export function judgePath(certificate: Certificate, context: TrustContext, at: Date): PathJudgement {
  const { verdict, path } = judgeChain(certificate, context.known, context.trust, at, context.pinned)
  const nothing = { unsettled: [], used: [], responders: [] }
  if (verdict !== 'trusted') return { chain: verdict, path, revocation: 'unknown', ...nothing }
  const unsettled: StatusQuestion[] = []
  const used = new Set<EvidenceItem>()
  const responders: Certificate[] = []
  let isFirstGood = false
  for (const [index, issuer] of path.slice(1).entries()) {
    const subject = path[index]!
    const judged = judgeRevocation(subject, issuer, context.evidence, { ...context, at })
    if (judged.status === 'revoked') {
      return { chain: verdict, path, revocation: 'revoked', revoked: judged.event, ...nothing }
    }
    if (judged.status === 'good') {
      if (index === 0) isFirstGood = true
      for (const item of judged.used) used.add(item)
      responders.push(...judged.responders)
    } else if (context.hasServices || namesRevocationSource(subject)) {
      unsettled.push({ certificate: subject, issuer, at })
      unsettled.push(...judged.unsettled.map((responder) => ({ certificate: responder, issuer, at })))
    }
  }
  const revocation = isFirstGood && unsettled.length === 0 ? 'good' : 'unknown'
  return { chain: verdict, path, revocation, unsettled, used: [...used], responders }
}
