import type { SignatureField } from '../../pdf/inspect.ts'
import { coveredBytes } from '../../pdf/signatureRevision.ts'
import { type Coverage, judgeCoverage } from './coverage.ts'
import { judgeLaterChanges, type LaterChanges } from './laterChanges.ts'
import { type Proof, prove, type TrustSettings } from './proof.ts'
import type { Reason } from './reasons.ts'

/** All that was found about one signature. */
export interface SignatureExamination extends Proof {
  readonly field: SignatureField
  readonly coverage: Coverage
  readonly laterChanges: LaterChanges['kind']
  readonly verdict: 'valid' | 'indeterminate' | 'invalid'
  /** The faults, then the doubts, then what a reader should know besides. */
  readonly reasons: readonly Reason[]
}

/** Examines one signature of the file. */
export function examineSignature(
  bytes: Uint8Array,
  field: SignatureField,
  settings: TrustSettings,
): SignatureExamination {
  const coverage = judgeCoverage(bytes, field)
  const isPartial = coverage === 'partial'
  const proof = prove(field, isPartial ? [] : coveredBytes(bytes, field.byteRange), settings)
  const [, , start, length] = field.byteRange
  const later = isPartial ? nothing : judgeLaterChanges(bytes, start + length)
  const faults = [...(isPartial ? (['range-wrong'] as const) : []), ...proof.faults, ...faultsOf(later)]
  const verdict = faults.length > 0 ? 'invalid' : proof.doubts.length > 0 ? 'indeterminate' : 'valid'
  const remarks: Reason[] = later.marks > 0 ? ['marks-after-signing'] : []
  // No CRL or OCSP answer is looked at, so that nobody takes "valid" for "not revoked".
  if (proof.certificate !== undefined) remarks.push('revocation-not-checked')
  const reasons = [...faults, ...proof.doubts, ...remarks]
  return { ...proof, field, faults, coverage, laterChanges: later.kind, verdict, reasons }
}

const nothing: LaterChanges = { kind: 'none', marks: 0 }

function faultsOf({ kind }: LaterChanges): Reason[] {
  if (kind === 'suspicious') return ['changed-after-signing']
  return kind === 'unreadable' ? ['changes-unreadable'] : []
}
