import { addToSecurityStore, type ValidationMaterial, vriKey } from '../pdf/signature/securityStore.ts'
import { Revision } from '../pdf/structure/append.ts'
import type { ByteSource } from '../pdf/structure/byteSource.ts'
import { refusingDamage } from '../pdf/structure/damaged.ts'
import { openToAppend } from '../pdf/structure/openToAppend.ts'
import { accept, type Outcome } from '../shared/outcome.ts'
import type { SignatureExamination } from './verification/examine.ts'

/**
 * The revision that puts the certificates and the evidence by which signatures were judged into the document security
 * store; undefined when it has all of them. Refuses what openToAppend refuses.
 */
export function evidenceRevision(
  source: ByteSource,
  examined: readonly SignatureExamination[],
): Promise<Outcome<Uint8Array | undefined>> {
  return refusingDamage(() => {
    const opened = openToAppend(source)
    if (!opened.ok) return opened
    const materials = examined.map((found) => ({ found, material: materialOf(found) }))
    const revision = new Revision(opened.value.file)
    const isGrown = addToSecurityStore(revision, {
      certificates: materials.flatMap(({ material }) => material.certificates),
      ocsps: materials.flatMap(({ material }) => material.ocsps),
      crls: materials.flatMap(({ material }) => material.crls),
      signatures: new Map(
        materials.map(({ found, material }) => [vriKey(paddedContents(source, found)), material]),
      ),
    })
    return accept(isGrown ? revision.write().appended : undefined)
  })
}

function materialOf({ paths }: SignatureExamination): ValidationMaterial {
  const used = new Set(paths.flatMap((path) => path.used))
  const certificates = new Map(
    paths.flatMap(({ path, responders }) =>
      [...path, ...responders].map((certificate) => [certificate.fingerprint, certificate.der] as const),
    ),
  )
  const ofKind = (wanted: 'ocsp' | 'crl') =>
    [...used].filter(({ kind }) => kind === wanted).map(({ der }) => der)
  return { certificates: [...certificates.values()], ocsps: ofKind('ocsp'), crls: ofKind('crl') }
}

/** The signature's /Contents with the zeroes behind its DER. */
function paddedContents(source: ByteSource, { field }: SignatureExamination): Uint8Array {
  const [from, to] = field.contentsAt ?? [0, 0]
  const digits = Buffer.from(source.read(from + 1, to - 1)).toString('latin1')
  return Buffer.from(digits, 'hex')
}
