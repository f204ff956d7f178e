import { createHash } from 'node:crypto'
import type { SignatureField } from '../../pdf/inspect.ts'
import { readSecurityStore, type ValidationMaterial } from '../../pdf/signature/securityStore.ts'
import { signatureSubFilter, timestampSubFilter } from '../../pdf/signature/signatureDictionary.ts'
import { type ByteSource, firstPart } from '../../pdf/structure/byteSource.ts'
import { DamagedFile } from '../../pdf/structure/damaged.ts'
import { openFile } from '../../pdf/structure/document.ts'
import { evidenceInCms } from '../revocation/inCms.ts'
import { messagesIn } from './messages.ts'
import type { PathJudgement } from './path.ts'
import type { Proof } from './proof.ts'
import { covers } from './proofs.ts'

/**
 * PAdES level (ETSI EN 319 142-1, 6.1): B-T when a time is proven, B-LT when the file also holds all that is needed to
 * judge the certificates at that time, B-LTA when a document time-stamp covers that.
 */
export type Level = 'B-B' | 'B-T' | 'B-LT' | 'B-LTA' | 'timestamp' | 'none'

/** A signature with what was proven of it. */
interface ProvenField extends Proof {
  readonly field: SignatureField
}

/** The levels of a file's signatures; `store` is what its document security store holds. */
export function levelsOf(
  source: ByteSource,
  fields: readonly ProvenField[],
  store: ValidationMaterial | undefined,
): Level[] {
  const stamps = fields.filter(
    ({ field, provenAt }) => field.subFilter === timestampSubFilter && provenAt !== undefined,
  )
  const stores = stamps.map(({ field }) => (store === undefined ? undefined : storeWithin(source, field)))
  return fields.map((proven) => {
    const { field, provenAt, timestamp, paths } = proven
    if (field.subFilter === timestampSubFilter) return 'timestamp'
    if (field.subFilter !== signatureSubFilter) return 'none'
    if (provenAt === undefined) return timestamp === undefined ? 'B-B' : 'B-T'
    const proving = timestamp?.verdict === 'valid' ? undefined : stamps.find((stamp) => isBy(stamp, proven))
    const own = contentsOf(field)
    if (!isComplete([...paths, ...(proving?.paths ?? [])], store, own)) return 'B-T'
    const isArchived = stamps.some(
      (stamp, index) => covers(stamp.field, field) && isComplete(paths, stores[index], own),
    )
    return isArchived ? 'B-LTA' : 'B-LT'
  })
}

const isBy = (stamp: ProvenField, { field, provenAt }: ProvenField): boolean =>
  covers(stamp.field, field) && stamp.provenAt?.getTime() === provenAt?.getTime()

/** Whether the store, with what the signature itself brings, tells all about the certificates on the paths. */
function isComplete(
  paths: readonly PathJudgement[],
  store: ValidationMaterial | undefined,
  own: readonly Uint8Array[],
): boolean {
  if (store === undefined) return false
  const { certificates, ocsps, crls } = store
  const held = new Set([...certificates, ...ocsps, ...crls, ...own].map(digest))
  return paths.every(
    ({ chain, unsettled, path, used }) =>
      chain === 'trusted' &&
      unsettled.length === 0 &&
      [...path.slice(0, -1), ...used].every(({ der }) => held.has(digest(der))),
  )
}

const digest = (der: Uint8Array): string => createHash('sha256').update(der).digest('base64')

/** The certificates and the evidence that a signature and its time-stamp bring along. */
function contentsOf({ contents }: SignatureField): Uint8Array[] {
  return messagesIn(contents).flatMap((message) => {
    const { ocsps, crls } = evidenceInCms(message)
    return [...message.certificates.map(({ der }) => der), ...ocsps, ...crls]
  })
}

/** The store as it was in the revision that a time-stamp covers. */
function storeWithin(source: ByteSource, { byteRange }: SignatureField): ValidationMaterial | undefined {
  try {
    const opened = openFile(firstPart(source, byteRange[2] + byteRange[3]))
    return opened.ok ? readSecurityStore(opened.value) : undefined
  } catch (error) {
    if (error instanceof DamagedFile) return undefined
    throw error
  }
}
