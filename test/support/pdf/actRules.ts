import { expect } from 'vitest'
import type { PermittedChanges } from '../../../src/pdf/signature/fieldLock.ts'
import { assertPrefix } from '../../../src/pdf/structure/append.ts'
import { openFile } from '../../../src/pdf/structure/document.ts'
import { readFields } from '../../../src/pdf/structure/fields.ts'
import { checkSignedRevision } from '../../../src/signing/signedRevision.ts'
import type { Level } from '../../../src/signing/verification/level.ts'
import { type FileVerification, verifyFile } from '../../../src/signing/verify.ts'
import { type Act, isPss, perform } from './acts.ts'
import { corpus, weakJudges } from './corpus.ts'
import { judgeAll } from './judges.ts'
import { accepted, type ServedOffice } from './office.ts'

/** What stays true of a file whatever was done to it. */
interface FileState {
  readonly bytes: Uint8Array
  readonly verification: FileVerification
  /** What the first signature certified, if it did. */
  readonly certified: PermittedChanges | null
  /** Signatures without the attribute that CAdES asks for: poppler's. */
  readonly plain: number
  /** Signatures with RSASSA-PSS. */
  readonly pss: number
}

/** The refusal that an act has to meet, from the signatures that are there alone; undefined when it is allowed. */
function expectedRefusal(act: Act, { verification, certified }: FileState): string | undefined {
  if (act.act === 'sign by poppler') return undefined
  if (act.act === 'extend') return verification.signatures.length === 0 ? 'file-unsigned' : undefined
  if (certified === 1) return 'file-changes-forbidden'
  if (certified === 2 && act.marks.length > 0) return 'file-changes-forbidden'
  const isSecond = verification.signatures.length > 0
  return act.act === 'sign' && act.certifies !== null && isSecond ? 'file-signed-already' : undefined
}

const fieldsIn = (bytes: Uint8Array): number => readFields(accepted(openFile(bytes))).length

/** From less to more; nothing that is appended takes a signature's level away. */
const levels: readonly Level[] = ['none', 'B-B', 'B-T', 'B-LT', 'B-LTA', 'timestamp']

const stampsIn = ({ signatures }: FileVerification): number =>
  signatures.filter(({ level }) => level === 'timestamp').length

async function step(office: ServedOffice, state: FileState, act: Act, index: number): Promise<FileState> {
  const { bytes, verification, certified } = state
  // Poppler heeds no certification.
  if (act.act === 'sign by poppler' && certified !== null) return state
  const outcome = await perform(office, bytes, act, index)
  const refusal = expectedRefusal(act, state)
  if (refusal !== undefined || !outcome.ok) {
    expect(outcome.ok ? 'accepted' : outcome.refusal.code).toBe(refusal)
    return state
  }
  // Poppler leaves its field out of some forms, so that other readers do not find it.
  if (act.act === 'sign by poppler' && fieldsIn(outcome.value) === fieldsIn(bytes)) return state
  assertPrefix(bytes, outcome.value)
  const after = await verifyFile(outcome.value, { trust: office.trust })
  const isSignature = act.act === 'sign' || act.act === 'sign by poppler'
  const added = isSignature ? 1 : stampsIn(after) - stampsIn(verification)
  const all = verification.signatures.length + added
  expect(after.verdict, JSON.stringify(after)).toBe(all === 0 ? 'unsigned' : 'valid')
  expect(after.signatures).toHaveLength(all)
  for (const [at, { field, signer, level, signedAt }] of verification.signatures.entries()) {
    const now = after.signatures[at]
    expect(now).toMatchObject({ field, signer, signedAt, verdict: 'valid' })
    expect(levels.indexOf(now?.level ?? 'none')).toBeGreaterThanOrEqual(levels.indexOf(level))
  }
  const next = { ...state, bytes: outcome.value, verification: after }
  if (act.act === 'mark' || act.act === 'extend') return next
  if (act.act === 'sign by poppler') return { ...next, plain: state.plain + 1 }
  const checked = await checkSignedRevision({ base: bytes, revision: outcome.value, trust: office.trust })
  expect(checked).toMatchObject({ ok: true })
  return { ...next, certified: act.certifies ?? certified, pss: state.pss + (isPss(act) ? 1 : 0) }
}

/** Does all acts to a form of the corpus; after each the rules hold, and at the end every judge agrees. */
export async function actsKeepSignatures(
  office: ServedOffice,
  form: string,
  acts: readonly Act[],
): Promise<void> {
  const { mupdf: mupdfCannot, popplerAsSigner } = weakJudges[form] ?? {}
  const original = await corpus[form]!()
  const unsigned = await verifyFile(original, { trust: office.trust })
  let state: FileState = { bytes: original, verification: unsigned, certified: null, plain: 0, pss: 0 }
  for (const [index, act] of acts.entries()) {
    if (act.act === 'sign by poppler' && popplerAsSigner !== undefined) continue
    state = await step(office, state, act, index)
  }
  const signatures = state.verification.signatures.length
  if (signatures === 0) return
  const { poppler, mupdf, openssl } = await judgeAll(state.bytes, office)
  const stamps = stampsIn(state.verification)
  const signed = signatures - stamps
  // When NSS meets a certificate with an EC key a second time, it reports an unknown issue: trust is not asked for.
  // Poppler cannot validate document time-stamps, and MuPDF passes over them.
  expect(poppler, poppler.output).toMatchObject({ signatures, intact: signed })
  // MuPDF does not know RSASSA-PSS.
  if (mupdfCannot === undefined)
    expect(mupdf, mupdf.output).toMatchObject({ signatures: signed, intact: signed - state.pss })
  expect(openssl, openssl.output).toMatchObject({ signatures, intact: signatures - state.plain })
}
