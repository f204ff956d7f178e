import type { BytesOrSource } from '../pdf/byteSource.ts'
import { inspect } from '../pdf/inspect.ts'
import { parseCertificates } from './certificate.ts'
import type { ChainVerdict } from './verification/chain.ts'
import type { Change } from './verification/changeKinds.ts'
import type { Coverage } from './verification/coverage.ts'
import { examineFields, type SignatureExamination } from './verification/examine.ts'
import { timestampFilter } from './verification/proof.ts'
import type { Reason } from './verification/reasons.ts'

/** One signature as the command line and the server report it. */
export interface SignatureVerification {
  readonly field: string
  /** The common name in the signer's certificate; empty when there is no readable certificate. */
  readonly signer: string
  readonly subFilter: string
  /** PAdES level (ETSI EN 319 142-1), as far as the signature itself shows it. */
  readonly level: 'B-B' | 'B-T' | 'timestamp' | 'none'
  readonly digestOk: boolean
  readonly signatureOk: boolean
  readonly chain: ChainVerdict
  readonly revocation: 'good' | 'revoked' | 'unknown'
  readonly timestamp: {
    readonly time: string | null
    readonly verdict: 'valid' | 'untrusted' | 'invalid'
  } | null
  /** /M on the signer's clock, ISO 8601 in UTC. */
  readonly signedAt: string | null
  readonly coverage: Coverage
  readonly laterChanges: 'none' | 'permitted' | 'suspicious'
  /** What was done to the file after this signature, each change by itself. */
  readonly changes: readonly Change[]
  readonly verdict: 'valid' | 'indeterminate' | 'invalid'
  readonly reasons: readonly Reason[]
}

/** A file's signatures, in the order in which they were made, and the worst of their verdicts. */
export interface FileVerification {
  readonly verdict: 'valid' | 'indeterminate' | 'invalid' | 'unsigned' | 'unreadable'
  readonly signatures: readonly SignatureVerification[]
}

/** Whom to trust: certificates as PEM text or DER, each file with one or more. */
export interface VerificationSettings {
  readonly trust: readonly Uint8Array[]
  /** The time for which validity is judged when no trusted time-stamp tells one. Default: now. */
  readonly at?: Date
}

/** Verifies every signature of a file. A file that is no PDF, is damaged or encrypted has the verdict unreadable. */
export async function verifyFile(
  bytes: BytesOrSource,
  settings: VerificationSettings,
): Promise<FileVerification> {
  const examined = await examineSignatures(bytes, settings)
  if (examined === undefined) return { verdict: 'unreadable', signatures: [] }
  return { verdict: worst(examined), signatures: examined.map(report) }
}

/** The examinations behind verifyFile; undefined when the file cannot be read. */
export async function examineSignatures(
  bytes: BytesOrSource,
  { trust, at }: VerificationSettings,
): Promise<SignatureExamination[] | undefined> {
  const inspection = await inspect(bytes)
  if (!inspection.ok) return undefined
  const settings = { trust: trust.flatMap(parseCertificates), ...(at === undefined ? {} : { at }) }
  return await examineFields(bytes, inspection.value.signatures, settings)
}

function worst(examined: readonly SignatureExamination[]): FileVerification['verdict'] {
  if (examined.length === 0) return 'unsigned'
  const verdicts = examined.map(({ verdict }) => verdict)
  if (verdicts.includes('invalid')) return 'invalid'
  return verdicts.includes('indeterminate') ? 'indeterminate' : 'valid'
}

function report(examined: SignatureExamination): SignatureVerification {
  const { field, timestamp } = examined
  return {
    field: field.fieldName,
    signer: examined.certificate?.commonName ?? '',
    subFilter: field.subFilter,
    level: levelOf(examined),
    digestOk: examined.digestOk,
    signatureOk: examined.signatureOk,
    chain: examined.chain,
    revocation: 'unknown',
    timestamp:
      timestamp === undefined
        ? null
        : { time: timestamp.time?.toISOString() ?? null, verdict: timestamp.verdict },
    signedAt: field.signedAt ?? null,
    coverage: examined.coverage,
    // What cannot be read may hide anything.
    laterChanges: examined.laterChanges.kind === 'unreadable' ? 'suspicious' : examined.laterChanges.kind,
    changes: examined.laterChanges.changes,
    verdict: examined.verdict,
    reasons: examined.reasons,
  }
}

function levelOf({ field, timestamp }: SignatureExamination): SignatureVerification['level'] {
  if (field.subFilter === timestampFilter) return 'timestamp'
  if (field.subFilter !== 'ETSI.CAdES.detached') return 'none'
  return timestamp === undefined ? 'B-B' : 'B-T'
}
