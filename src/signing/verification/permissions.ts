import { certifiedChanges, fieldLocks } from '../../pdf/signature/changes.ts'
import { locksField, type PermittedChanges } from '../../pdf/signature/fieldLock.ts'
import type { PdfFile } from '../../pdf/structure/document.ts'
import { readFields } from '../../pdf/structure/fields.ts'

/** What the signers of a revision let others do to it. */
export interface Permissions {
  /** 1 nothing but evidence, 2 fill in and sign as well, 3 annotate as well (ISO 32000-2, 12.8.2.2). */
  readonly allowed: PermittedChanges
  /** Whether an author certified it and nobody else has signed: values may be filled in once more. */
  readonly isOnlyCertified: boolean
  readonly isSigned: boolean
  /** Whether a signer locked the field of this whole name (FieldMDP, 12.8.2.4). */
  isLocked(fieldName: string): boolean
}

/** Reads what certification and locks say in a revision. */
export function readPermissions(file: PdfFile): Permissions {
  const certification = file.dictionary(file.dictionary(file.catalog.get('Perms'))?.get('DocMDP'))
  const locks = fieldLocks(file)
  const signatures = readFields(file)
    .filter(({ isSignature }) => isSignature)
    .map(({ value }) => file.dictionary(value))
    .filter((signature) => signature !== undefined)
  return {
    allowed: certifiedChanges(file) ?? 3,
    isOnlyCertified: certification !== undefined && signatures.every((one) => one === certification),
    isSigned: signatures.length > 0,
    isLocked: (name) => locks.some((lock) => locksField(lock, name)),
  }
}
