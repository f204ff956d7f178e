import { createHash } from 'node:crypto'
import type { SignatureField } from '../../pdf/inspect.ts'
import { signatureSubFilter, timestampSubFilter } from '../../pdf/signature/signatureDictionary.ts'
import { allowsSigning, type Certificate } from '../cms/certificate.ts'
import { readSignedData, type SignerInfo } from '../cms/cms.ts'
import { type DigestAlgorithm, identifiers } from '../cms/identifiers.ts'
import type { ChainVerdict } from './chain.ts'
import { judgeCms } from './cmsSignature.ts'
import { judgePath, type PathJudgement, type TrustContext } from './path.ts'
import type { Reason } from './reasons.ts'
import { judgeTimestamp, type TimestampJudgement } from './timestamp.ts'

/** When a signature existed already, by a later time-stamp over the document. */
export interface Existence {
  readonly time: Date
  /** Whether the revocation of the time-stamp's own certificates is settled. */
  readonly isSettled: boolean
}

/** What the cryptography says about the bytes that a signature covers. */
export interface Proof {
  readonly digestOk: boolean
  readonly signatureOk: boolean
  readonly chain: ChainVerdict
  readonly revocation: 'good' | 'revoked' | 'unknown'
  readonly certificate?: Certificate
  readonly timestamp?: TimestampJudgement
  /** The chain of the signer, and that of its time-stamp. */
  readonly paths: readonly PathJudgement[]
  /** The earliest time at which it is proven to have existed; absent when that is not proven. */
  readonly provenAt?: Date
  /** What makes the signature invalid. */
  readonly faults: readonly Reason[]
  /** What leaves its trust open. */
  readonly doubts: readonly Reason[]
}

/** The PDF signatures of before PAdES, which many files still carry (ISO 32000-1, 12.8.3.3). */
const olderFilter = 'adbe.pkcs7.detached'

/**
 * Judges a signature's CMS, its signer's chain and revocation, and its time-stamp. `covered` is what its byte range
 * covers, `existence` what later time-stamps prove. The signer is judged at the earliest time proven, or else now.
 */
export function prove(
  field: SignatureField,
  covered: Iterable<Uint8Array>,
  trust: TrustContext,
  existence: Existence | undefined,
): Proof {
  if (field.subFilter === timestampSubFilter) return proveTimestamp(field, covered, trust, existence)
  if (field.subFilter !== signatureSubFilter && field.subFilter !== olderFilter)
    return unproven('format-unknown')
  const signedData = readSignedData(field.contents)
  if (signedData === undefined || signedData.content !== undefined) return unproven('cms-unreadable')
  const isCades = field.subFilter === signatureSubFilter
  const cms = judgeCms(signedData, {
    covered,
    contentIdentifier: identifiers.data,
    needsBinding: isCades,
    needsAttributes: isCades,
  })
  const { certificate, digestOk, signatureOk, signer } = cms
  if (certificate === undefined || signer === undefined) {
    return { ...unproven('cms-unreadable'), faults: cms.reasons }
  }
  const timestamp = timestampOf(signer, trust, existence)
  const { path, provenAt, doubts } = judgeSigner(certificate, timestamp, trust, existence)
  const faults = [...cms.reasons]
  if (!allowsSigning(certificate)) faults.push('certificate-usage')
  if (path.revocation === 'revoked') faults.push('certificate-revoked')
  return {
    digestOk,
    signatureOk,
    chain: path.chain,
    revocation: path.revocation,
    certificate,
    ...(timestamp === undefined ? {} : { timestamp }),
    paths: timestamp?.path === undefined ? [path] : [path, timestamp.path],
    ...(provenAt === undefined ? {} : { provenAt }),
    faults,
    doubts,
  }
}

interface SignerJudgement {
  readonly path: PathJudgement
  readonly provenAt?: Date
  readonly doubts: readonly Reason[]
}

function judgeSigner(
  certificate: Certificate,
  timestamp: TimestampJudgement | undefined,
  trust: TrustContext,
  existence: Existence | undefined,
): SignerJudgement {
  const stamped = timestamp?.verdict === 'valid' ? timestamp.time : undefined
  const provenAt = stamped ?? existence?.time
  const asOfNow = judgePath(certificate, trust, trust.now)
  const needsTime = !isClear(asOfNow)
  const path = provenAt !== undefined && needsTime ? judgePath(certificate, trust, provenAt) : asOfNow
  const doubts: Reason[] = path.chain === 'trusted' ? [] : [`chain-${path.chain}`]
  if (timestamp?.verdict === 'invalid') doubts.push('timestamp-invalid')
  if (timestamp?.doubt !== undefined) doubts.push(timestamp.doubt)
  const reliesOnUnsettled = stamped === undefined && existence?.isSettled === false && needsTime
  const isOpen = path.unsettled.length > 0 || (timestamp?.path?.unsettled.length ?? 0) > 0
  if (isOpen || reliesOnUnsettled) doubts.push('revocation-unsettled')
  return { path, doubts, ...(provenAt === undefined ? {} : { provenAt }) }
}

/** Whether nothing about the certificate needs an earlier time to be settled. */
const isClear = ({ chain, revocation, unsettled }: PathJudgement): boolean =>
  chain === 'trusted' && revocation !== 'revoked' && unsettled.length === 0

function proveTimestamp(
  field: SignatureField,
  covered: Iterable<Uint8Array>,
  trust: TrustContext,
  existence: Existence | undefined,
): Proof {
  const existedAt = existence?.time ?? trust.now
  const timestamp = judgeTimestamp(field.contents, digestOf(covered), trust, existedAt)
  const { verdict, doubt, certificate, path } = timestamp
  const isIntact = verdict !== 'invalid'
  const isOpen = (path?.unsettled.length ?? 0) > 0
  return {
    digestOk: isIntact,
    signatureOk: isIntact,
    chain: doubt === 'timestamp-expired' ? 'expired' : (path?.chain ?? 'untrusted'),
    revocation: path?.revocation ?? 'unknown',
    ...(certificate === undefined ? {} : { certificate }),
    timestamp,
    paths: path === undefined ? [] : [path],
    ...(verdict === 'valid' && timestamp.time !== undefined ? { provenAt: timestamp.time } : {}),
    faults: isIntact ? [] : ['timestamp-invalid'],
    doubts: [...(doubt === undefined ? [] : [doubt]), ...(isOpen ? (['revocation-unsettled'] as const) : [])],
  }
}

const unproven = (fault: Reason): Proof => ({
  digestOk: false,
  signatureOk: false,
  chain: 'incomplete',
  revocation: 'unknown',
  paths: [],
  faults: [fault],
  doubts: [],
})

/** The signature time-stamp (ETSI EN 319 122-1, 5.3) covers the signature value. */
function timestampOf(
  signer: SignerInfo,
  trust: TrustContext,
  existence: Existence | undefined,
): TimestampJudgement | undefined {
  const [token] = signer.unsignedAttributes.get(identifiers.signatureTimestamp) ?? []
  if (token === undefined) return undefined
  return judgeTimestamp(token.whole, digestOf([signer.signature]), trust, existence?.time ?? trust.now)
}

const digestOf =
  (parts: Iterable<Uint8Array>) =>
  (algorithm: DigestAlgorithm): Uint8Array => {
    const hash = createHash(algorithm)
    for (const part of parts) hash.update(part)
    return hash.digest()
  }
