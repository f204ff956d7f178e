import { inspect, type WrittenMark } from '../pdf/inspect.ts'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import type { Certificate } from './cms/certificate.ts'
import type { SignatureExamination } from './verification/examine.ts'
import { laterChangesOf } from './verification/laterChanges.ts'
import { examineSignatures, type VerificationSettings } from './verify.ts'

/** Who signed a revision, and our own marks in the file as it then stands. */
export interface SignedRevision {
  readonly signer: RevisionSigner
  readonly marks: readonly WrittenMark[]
}

/** The signer's certificate, as far as it tells who a person is. */
interface RevisionSigner {
  readonly commonName: string
  readonly email?: string
  /** Hexadecimal, lower case. */
  readonly serial: string
  /** SHA-256 of the certificate, hexadecimal, lower case. */
  readonly fingerprint: string
}

/** A revision with the one that it extends. */
export interface RevisionToCheck extends VerificationSettings {
  readonly base: Uint8Array
  readonly revision: Uint8Array
}

/**
 * Accepts a revision that adds exactly one valid signature to its base. Refuses revision-not-extension when the
 * base is not an exact prefix, and signature-invalid when not exactly one new signature covers the whole file, its
 * chain is not trusted, its certificate is known as revoked, an earlier signature is no longer intact, or what the base
 * shows was changed; `reason` has codes of verification/reasons.ts, signature-count or changed-content. A revocation
 * that could not be settled is accepted. Refuses what inspect refuses.
 */
export async function checkSignedRevision(check: RevisionToCheck): Promise<Outcome<SignedRevision>> {
  const { base, revision } = check
  const isExtension =
    revision.length > base.length && Buffer.compare(base, revision.subarray(0, base.length)) === 0
  if (!isExtension) return refuse('revision-not-extension')
  const before = await inspect(base)
  if (!before.ok) return before
  const after = await inspect(revision)
  if (!after.ok) return after
  // The signature covers its own revision, so only a comparison shows that it replaced what the base says.
  const { kind, changes } = laterChangesOf(revision)(base.length)
  if (kind !== 'permitted' || changes.some((change) => change.kind === 'form-filled')) {
    return refuse('signature-invalid', { reason: 'changed-content' })
  }
  const examination = await examineSignatures(revision, check)
  if (!examination.ok) return examination
  const examined = examination.value
  const newest = examined.at(-1)
  if (newest === undefined || examined.length !== before.value.signatures.length + 1) {
    return refuse('signature-invalid', { reason: 'signature-count' })
  }
  const broken = examined.slice(0, -1).find(isBroken)
  if (broken !== undefined) return refuse('signature-invalid', { reason: broken.reasons.join(', ') })
  if (!isAcceptable(newest) || newest.certificate === undefined) {
    return refuse('signature-invalid', { reason: newest.reasons.join(', ') })
  }
  if (newest.coverage !== 'whole-file' || newest.field.byteRange[1] < base.length) {
    return refuse('signature-invalid', { reason: 'range-wrong' })
  }
  return accept({ signer: signerOf(newest.certificate), marks: after.value.marks })
}

/** An earlier signer's certificate may have been revoked since; that says nothing about the new signature. */
const isBroken = ({ faults }: SignatureExamination): boolean =>
  faults.some((fault) => fault !== 'certificate-revoked')

/** A server that does not reach the issuer loses no signature over that; one that is known as revoked is refused. */
const isAcceptable = ({ verdict, doubts }: SignatureExamination): boolean =>
  verdict === 'valid' ||
  (verdict === 'indeterminate' && doubts.every((doubt) => doubt === 'revocation-unsettled'))

const signerOf = ({ commonName, email, serial, fingerprint }: Certificate): RevisionSigner => ({
  commonName,
  ...(email === undefined ? {} : { email }),
  serial,
  fingerprint,
})
