import type { Inspection, SignatureField } from '../../pdf/inspect.ts'
import { coveredBytes } from '../../pdf/signature/signatureDictionary.ts'
import { type BytesOrSource, sourceOf } from '../../pdf/structure/byteSource.ts'
import { type Change, isSuspicious } from './changeKinds.ts'
import { type Coverage, type CoverageJudgement, judgeCoverage } from './coverage.ts'
import { findHiding } from './hiddenInk.ts'
import { type LaterChanges, laterChangesOf } from './laterChanges.ts'
import { type Level, levelsOf } from './level.ts'
import type { Proof } from './proof.ts'
import { proveFields, type TrustSettings } from './proofs.ts'
import type { Reason } from './reasons.ts'

/** What was found about one signature, each thing by itself. */
interface Findings extends Proof {
  readonly field: SignatureField
  readonly level: Level
  readonly coverage: Coverage
  readonly laterChanges: LaterChanges
  /** Whether the file can change what it shows by itself. */
  readonly isActive: boolean
}

/** The findings with what follows from them. */
export interface SignatureExamination extends Findings {
  readonly verdict: 'valid' | 'indeterminate' | 'invalid'
  /** What makes it invalid, then what leaves trust open, then what a reader should know besides. */
  readonly reasons: readonly Reason[]
}

/** Each signature costs a pass over the file; no honest file has as many. */
const mostSignatures = 100

/** Examines the signatures of a file in the order in which they were made. */
export async function examineFields(
  bytes: BytesOrSource,
  { signatures: fields, securityStore: store, isActive }: Inspection,
  settings: TrustSettings,
): Promise<SignatureExamination[]> {
  const source = sourceOf(bytes)
  const changesAfter = laterChangesOf(source)
  const ranges = fields.map((field, index) =>
    index < mostSignatures ? judgeCoverage(source, field) : overMany,
  )
  const toProve = fields.map((field, index) => {
    const isPartial = ranges[index]?.coverage === 'partial'
    return { field, isPartial, covered: isPartial ? [] : coveredBytes(source, field.byteRange) }
  })
  const proofs = await proveFields(toProve, store, settings)
  const proven = toProve.map(({ field }, index) => ({ ...proofs[index]!, field }))
  const levels = levelsOf(source, proven, store)
  const findings = toProve.map(({ field, isPartial }, index): Findings => {
    const { coverage, faults } = ranges[index]!
    const proof = proofs[index]!
    const laterChanges = isPartial ? nothing : changesAfter(endOf(field))
    return {
      ...proof,
      faults: [...faults, ...proof.faults],
      field,
      coverage,
      level: levels[index]!,
      laterChanges,
      isActive,
    }
  })
  const examined = findings.map(conclude)
  const last = lastToRelyOn(examined)
  const hiding =
    last === undefined ? [] : await findHiding(source, endOf(last.field), last.laterChanges.changes)
  if (hiding.length === 0) return examined
  return findings.map((found) => conclude({ ...found, laterChanges: withHiding(found.laterChanges, hiding) }))
}

const overMany: CoverageJudgement = { coverage: 'partial', faults: ['too-many-signatures'] }

const nothing: LaterChanges = { kind: 'none', changes: [] }

const withHiding = ({ changes }: LaterChanges, hiding: readonly Change[]): LaterChanges => ({
  kind: 'suspicious',
  changes: [...changes, ...hiding],
})

const endOf = ({ byteRange }: SignatureField): number => byteRange[2] + byteRange[3]

/** The last valid signature, whose signer answers for the marks up to there, or else the last intact one. */
const lastToRelyOn = (examined: readonly SignatureExamination[]): SignatureExamination | undefined =>
  examined.findLast(({ verdict }) => verdict === 'valid') ??
  examined.findLast(({ verdict }) => verdict === 'indeterminate')

function conclude(found: Findings): SignatureExamination {
  const { changes, kind } = found.laterChanges
  const faults = [...found.faults]
  if (kind === 'suspicious') faults.push('changed-after-signing')
  if (kind === 'unreadable') faults.push('changes-unreadable')
  faults.push(...changes.filter(isSuspicious).map((change) => change.kind))
  const remarks: Reason[] = []
  if (changes.some((change) => change.kind === 'annotation')) remarks.push('marks-after-signing')
  if (changes.some((change) => change.kind === 'form-filled')) remarks.push('fields-after-signing')
  if (found.isActive) remarks.push('active-content')
  // Nobody shall take "valid" for "not revoked".
  const isOpen = found.revocation === 'unknown' && !found.doubts.includes('revocation-unsettled')
  if (found.certificate !== undefined && isOpen) remarks.push('revocation-not-checked')
  return {
    ...found,
    faults,
    verdict: faults.length > 0 ? 'invalid' : found.doubts.length > 0 ? 'indeterminate' : 'valid',
    reasons: [...new Set([...faults, ...found.doubts, ...remarks])],
  }
}
