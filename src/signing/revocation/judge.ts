import type { Certificate } from '../cms/certificate.ts'
import { statementOfList } from './crl.ts'
import type { EvidenceItem } from './evidence.ts'
import { revocationIdentifiers } from './identifiers.ts'
import { statementOfAnswer } from './ocsp.ts'
import { namesRevocationSource } from './pointers.ts'
import {
  faulty,
  type RevocationEvent,
  type StatementFault,
  type StatementOutcome,
  type StatusStatement,
} from './statement.ts'

/** Whether a certificate was revoked at a time, as far as the evidence tells. */
export type RevocationJudgement =
  | { readonly status: 'good'; readonly used: readonly EvidenceItem[]; readonly responders: Responders }
  | { readonly status: 'revoked'; readonly event: RevocationEvent }
  | {
      readonly status: 'unknown'
      readonly faults: readonly StatementFault[]
      /** Responders whose own status must be known first. */
      readonly unsettled: Responders
    }

/** Certificates of responders that spoke for the issuer. */
type Responders = readonly Certificate[]

/** What is asked: the status at a time, by evidence that was there at another. */
export interface RevocationQuestion {
  /** The time for which the status matters. */
  readonly at: Date
  /** The time of asking: evidence from after it is not believed. */
  readonly now: Date
  /** Certificates among which a responder's may be. */
  readonly known: readonly Certificate[]
}

/** Clocks of services may be a little ahead. */
const skew = 5 * 60_000
/** How long an answer holds that does not say so itself. */
const plainValidity = 24 * 3_600_000

/**
 * Judges whether a certificate was revoked at a time (RFC 5280 6.3, RFC 6960 3.2). Evidence from later tells of earlier
 * times too, unless the certificate had expired by then and the issuer forgets such; evidence that had run out before
 * that time tells nothing. One that says "revoked" outweighs all that say "good". A revocation after that time counts
 * as good.
 */
export function judgeRevocation(
  certificate: Certificate,
  issuer: Certificate,
  evidence: readonly EvidenceItem[],
  question: RevocationQuestion,
): RevocationJudgement {
  const faults: StatementFault[] = []
  const unsettled: Certificate[] = []
  const good: { item: EvidenceItem; statement: StatusStatement; responderUsed: readonly EvidenceItem[] }[] =
    []
  let earliest: RevocationEvent | undefined
  for (const item of evidence) {
    const outcome = stated(item, certificate, issuer, question)
    if (!outcome.ok) {
      faults.push(outcome.fault)
      continue
    }
    const { statement } = outcome
    const responder = judgeResponder(statement.responder, issuer, evidence, question)
    if (responder === undefined) {
      faults.push('responder-unsettled')
      unsettled.push(statement.responder!)
    } else if (statement.status === 'unknown') {
      faults.push('status-unknown')
    } else if (statement.revoked !== undefined && statement.revoked.time <= question.at) {
      if (earliest === undefined || statement.revoked.time < earliest.time) earliest = statement.revoked
    } else {
      good.push({ item, statement, responderUsed: responder })
    }
  }
  if (earliest !== undefined) return { status: 'revoked', event: earliest }
  const [newest] = good.toSorted(
    (one, other) => other.statement.thisUpdate.getTime() - one.statement.thisUpdate.getTime(),
  )
  if (newest === undefined) return { status: 'unknown', faults, unsettled }
  const { responder } = newest.statement
  return {
    status: 'good',
    used: [newest.item, ...newest.responderUsed],
    responders: responder === undefined ? [] : [responder],
  }
}

/** The statement about the certificate, when it tells about the time asked for. */
function stated(
  item: EvidenceItem,
  certificate: Certificate,
  issuer: Certificate,
  question: RevocationQuestion,
): StatementOutcome {
  const outcome =
    item.kind === 'ocsp'
      ? statementOfAnswer(item.answer, certificate, issuer, question.known)
      : statementOfList(item.list, certificate, issuer)
  return outcome.ok && !tellsOf(outcome.statement, certificate, question) ? faulty('other-time') : outcome
}

function tellsOf(
  { thisUpdate, nextUpdate, knowsSince, revoked }: StatusStatement,
  { notAfter }: Certificate,
  { at, now }: RevocationQuestion,
): boolean {
  if (thisUpdate.getTime() > now.getTime() + skew) return false
  // Revoked is revoked, however old the news; only what was put on hold may have come back.
  if (revoked !== undefined && revoked.reason !== 'certificateHold') return true
  const end = nextUpdate?.getTime() ?? thisUpdate.getTime() + plainValidity
  if (end < at.getTime()) return false
  return thisUpdate <= at || thisUpdate <= notAfter || (knowsSince !== undefined && knowsSince <= notAfter)
}

/**
 * What settles the status of a delegated responder (RFC 6960 4.2.2.2.1): nothing when its certificate says so or
 * names no source, or else a CRL. Undefined when it is not settled, or revoked.
 */
function judgeResponder(
  responder: Certificate | undefined,
  issuer: Certificate,
  evidence: readonly EvidenceItem[],
  question: RevocationQuestion,
): readonly EvidenceItem[] | undefined {
  if (responder === undefined) return []
  if (responder.extensions.has(revocationIdentifiers.ocspNoCheck)) return []
  if (!namesRevocationSource(responder)) return []
  const lists = evidence.filter(({ kind }) => kind === 'crl')
  const judged = judgeRevocation(responder, issuer, lists, question)
  return judged.status === 'good' ? judged.used : undefined
}
