import { inspect } from '../pdf/inspect.ts'
import type { ValidationMaterial } from '../pdf/signature/securityStore.ts'
import type { BytesOrSource } from '../pdf/structure/byteSource.ts'
import { accept, type Outcome } from '../shared/outcome.ts'
import type { RefusalCode } from '../shared/refusals.ts'
import type { RevocationServices } from './revocation/services.ts'
import { readAnchors } from './trust/manifest.ts'
import type { ChainVerdict } from './verification/chain.ts'
import type { Change } from './verification/changeKinds.ts'
import type { Coverage } from './verification/coverage.ts'
import { examineFields, type SignatureExamination } from './verification/examine.ts'
import type { Level } from './verification/level.ts'
import type { Reason } from './verification/reasons.ts'

/** One signature as the command line and the server report it. */
export interface SignatureVerification {
  readonly field: string
  /** The common name in the signer's certificate; empty when there is no readable certificate. */
  readonly signer: string
  readonly subFilter: string
  readonly level: Level
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
  /** Why the file is unreadable. */
  readonly refusal?: RefusalCode
  readonly signatures: readonly SignatureVerification[]
}

/** Whom to trust and by what: certificates as PEM text or DER, or manifests of authorities, as trustedRoots gives. */
export interface VerificationSettings {
  readonly trust: readonly Uint8Array[]
  /** The time for which validity is judged when no trusted time-stamp tells one. Default: now. */
  readonly at?: Date
  /** Certificates, OCSP answers and CRLs from elsewhere, besides what the file holds. */
  readonly evidence?: ValidationMaterial
  /** Asks for revocation online when the evidence leaves it open; offline when absent. */
  readonly services?: RevocationServices
}

/** Verifies every signature of a file. A file that is no PDF, is damaged or encrypted has the verdict unreadable. */
export async function verifyFile(
  bytes: BytesOrSource,
  settings: VerificationSettings,
): Promise<FileVerification> {
  const examined = await examineSignatures(bytes, settings)
  if (!examined.ok) return { verdict: 'unreadable', refusal: examined.refusal.code, signatures: [] }
  return { verdict: worst(examined.value), signatures: examined.value.map(report) }
}

/** The examinations behind verifyFile. Refuses what inspect refuses. */
export async function examineSignatures(
  bytes: BytesOrSource,
  { trust, at, evidence, services }: VerificationSettings,
): Promise<Outcome<SignatureExamination[]>> {
  const inspection = await inspect(bytes)
  if (!inspection.ok) return inspection
  const anchors = trust.map(readAnchors)
  const examined = await examineFields(bytes, inspection.value, {
    trust: anchors.flatMap((anchor) => anchor.trust),
    pinned: anchors.flatMap((anchor) => anchor.pinned),
    ...(at === undefined ? {} : { at }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(services === undefined ? {} : { services }),
  })
  return accept(examined)
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
    level: examined.level,
    digestOk: examined.digestOk,
    signatureOk: examined.signatureOk,
    chain: examined.chain,
    revocation: examined.revocation,
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
