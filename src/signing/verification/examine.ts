import { type BytesOrSource, sourceOf, wholeOf } from '../../pdf/byteSource.ts'
import type { SignatureField } from '../../pdf/inspect.ts'
import { coveredBytes } from '../../pdf/signatureRevision.ts'
import { readSignedData } from '../cms.ts'
import { type Coverage, judgeCoverage } from './coverage.ts'
import { hidesEarlierInk } from './hiddenInk.ts'
import { type LaterChanges, laterChangesOf } from './laterChanges.ts'
import { type Proof, prove, type TrustSettings } from './proof.ts'
import type { Reason } from './reasons.ts'

/** What was found about one signature, each thing by itself. */
interface Findings extends Proof {
  readonly field: SignatureField
  readonly coverage: Coverage
  readonly laterChanges: LaterChanges
}

/** The findings with what follows from them. */
export interface SignatureExamination extends Findings {
  readonly verdict: 'valid' | 'indeterminate' | 'invalid'
  /** What makes it invalid, then what leaves trust open, then what a reader should know besides. */
  readonly reasons: readonly Reason[]
}

/** Examines the signatures of a file, which are given in the order in which they were made. */
export async function examineFields(
  bytes: BytesOrSource,
  fields: readonly SignatureField[],
  settings: TrustSettings,
): Promise<SignatureExamination[]> {
  const source = sourceOf(bytes)
  const changesAfter = laterChangesOf(source)
  const known = fields.flatMap(({ contents }) => readSignedData(contents)?.certificates ?? [])
  const findings = fields.map((field): Findings => {
    const coverage = judgeCoverage(source, field)
    const isPartial = coverage === 'partial'
    const proof = prove(field, isPartial ? [] : coveredBytes(source, field.byteRange), { ...settings, known })
    return { ...proof, field, coverage, laterChanges: isPartial ? nothing : changesAfter(endOf(field)) }
  })
  const examined = findings.map(conclude)
  const last = lastToRelyOn(examined)
  const isHiding =
    last !== undefined &&
    last.laterChanges.marks > 0 &&
    (await hidesEarlierInk(wholeOf(bytes), endOf(last.field)))
  return isHiding ? findings.map((found) => conclude({ ...found, laterChanges: suspicious })) : examined
}

const nothing: LaterChanges = { kind: 'none', marks: 0 }
const suspicious: LaterChanges = { kind: 'suspicious', marks: 0 }

const endOf = ({ byteRange }: SignatureField): number => byteRange[2] + byteRange[3]

/** The last valid signature, whose signer answers for the marks up to there, or else the last intact one. */
const lastToRelyOn = (examined: readonly SignatureExamination[]): SignatureExamination | undefined =>
  examined.findLast(({ verdict }) => verdict === 'valid') ??
  examined.findLast(({ verdict }) => verdict === 'indeterminate')

function conclude(found: Findings): SignatureExamination {
  const faults = [...found.faults]
  if (found.coverage === 'partial') faults.unshift('range-wrong')
  if (found.laterChanges.kind === 'suspicious') faults.push('changed-after-signing')
  if (found.laterChanges.kind === 'unreadable') faults.push('changes-unreadable')
  const remarks: Reason[] = found.laterChanges.marks > 0 ? ['marks-after-signing'] : []
  // No CRL or OCSP answer is looked at: nobody shall take "valid" for "not revoked".
  if (found.certificate !== undefined) remarks.push('revocation-not-checked')
  return {
    ...found,
    verdict: faults.length > 0 ? 'invalid' : found.doubts.length > 0 ? 'indeterminate' : 'valid',
    reasons: [...faults, ...found.doubts, ...remarks],
  }
}
