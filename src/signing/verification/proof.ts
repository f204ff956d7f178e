import { createHash } from 'node:crypto'
import type { SignatureField } from '../../pdf/inspect.ts'
import { allowsSigning, type Certificate } from '../certificate.ts'
import { readSignedData, type SignerInfo } from '../cms.ts'
import { type DigestAlgorithm, identifiers } from '../identifiers.ts'
import { type ChainVerdict, judgeChain } from './chain.ts'
import { judgeCms } from './cmsSignature.ts'
import type { Reason } from './reasons.ts'
import { judgeTimestamp, type TimestampJudgement } from './timestamp.ts'

/** How trust is judged. */
export interface TrustSettings {
  /** Roots, or authorities below them, that are trusted as they are. */
  readonly trust: readonly Certificate[]
  /** The time for which validity is judged when no trusted time-stamp tells one. Default: now. */
  readonly at?: Date
}

/** The settings with the certificates found anywhere in the file: some writers leave out the issuers'. */
export interface ProofSettings extends TrustSettings {
  readonly known: readonly Certificate[]
}

/** What the cryptography says about the bytes that a signature covers. */
export interface Proof {
  readonly digestOk: boolean
  readonly signatureOk: boolean
  readonly chain: ChainVerdict
  readonly certificate?: Certificate
  readonly timestamp?: TimestampJudgement
  /** What makes the signature invalid. */
  readonly faults: readonly Reason[]
  /** What leaves its trust open. */
  readonly doubts: readonly Reason[]
}

/** Sub-filter of a time-stamp over the whole document (ETSI EN 319 142-1, 5.4.3). */
export const timestampFilter = 'ETSI.RFC3161'
const cadesFilter = 'ETSI.CAdES.detached'
/** The PDF signatures of before PAdES, which many files still carry (ISO 32000-1, 12.8.3.3). */
const olderFilter = 'adbe.pkcs7.detached'

/** Judges a signature's CMS, its signer's chain and its time-stamp. `covered` is what its byte range covers. */
export function prove(field: SignatureField, covered: Iterable<Uint8Array>, settings: ProofSettings): Proof {
  if (field.subFilter === timestampFilter) return proveTimestamp(field, covered, settings)
  if (field.subFilter !== cadesFilter && field.subFilter !== olderFilter) return unproven('format-unknown')
  const signedData = readSignedData(field.contents)
  if (signedData === undefined || signedData.content !== undefined) return unproven('cms-unreadable')
  const needsBinding = field.subFilter === cadesFilter
  const cms = judgeCms(signedData, { covered, contentIdentifier: identifiers.data, needsBinding })
  const { certificate, digestOk, signatureOk, signer } = cms
  if (certificate === undefined || signer === undefined) {
    return { ...unproven('cms-unreadable'), faults: cms.reasons }
  }
  const timestamp = timestampOf(signer, settings)
  const at = (timestamp?.verdict === 'valid' ? timestamp.time : undefined) ?? settings.at ?? new Date()
  const chain = judgeChain(certificate, settings.known, settings.trust, at)
  const doubts: Reason[] = chain === 'trusted' ? [] : [`chain-${chain}`]
  if (timestamp !== undefined && timestamp.verdict !== 'valid') doubts.push(`timestamp-${timestamp.verdict}`)
  return {
    digestOk,
    signatureOk,
    chain,
    certificate,
    ...(timestamp === undefined ? {} : { timestamp }),
    faults: allowsSigning(certificate) ? cms.reasons : [...cms.reasons, 'certificate-usage'],
    doubts,
  }
}

function proveTimestamp(
  field: SignatureField,
  covered: Iterable<Uint8Array>,
  settings: ProofSettings,
): Proof {
  const timestamp = judgeTimestamp(field.contents, digestOf(covered), settings)
  const isIntact = timestamp.verdict !== 'invalid'
  return {
    digestOk: isIntact,
    signatureOk: isIntact,
    chain: timestamp.verdict === 'valid' ? 'trusted' : 'untrusted',
    ...(timestamp.certificate === undefined ? {} : { certificate: timestamp.certificate }),
    timestamp,
    faults: isIntact ? [] : ['timestamp-invalid'],
    doubts: timestamp.verdict === 'untrusted' ? ['timestamp-untrusted'] : [],
  }
}

const unproven = (fault: Reason): Proof => ({
  digestOk: false,
  signatureOk: false,
  chain: 'incomplete',
  faults: [fault],
  doubts: [],
})

/** The signature time-stamp (ETSI EN 319 122-1, 5.3) covers the signature value. */
function timestampOf(signer: SignerInfo, settings: ProofSettings): TimestampJudgement | undefined {
  const [token] = signer.unsignedAttributes.get(identifiers.signatureTimestamp) ?? []
  return token === undefined ? undefined : judgeTimestamp(token.whole, digestOf([signer.signature]), settings)
}

const digestOf =
  (parts: Iterable<Uint8Array>) =>
  (algorithm: DigestAlgorithm): Uint8Array => {
    const hash = createHash(algorithm)
    for (const part of parts) hash.update(part)
    return hash.digest()
  }
