import type { PdfFile } from '../structure/document.ts'
import { readFields } from '../structure/fields.ts'
import { isNamed, type PdfDictionary } from '../structure/values.ts'
import {
  type FieldLock,
  type PermittedChanges,
  readFieldLock,
  readPermitted,
  strictest,
} from './fieldLock.ts'

/**
 * What the signatures of a file let others do: the author's certification (DocMDP, ISO 32000-2, 12.8.2.2) and the
 * /P of signed fields' locks, which may only take away from it (12.7.5.5). Undefined when none says anything.
 */
export function certifiedChanges(file: PdfFile): PermittedChanges | undefined {
  return strictest([certification(file), ...fieldLocks(file).map(({ permits }) => permits)])
}

function certification(file: PdfFile): PermittedChanges | undefined {
  const permissions = file.dictionary(file.catalog.get('Perms'))
  const signature = file.dictionary(permissions?.get('DocMDP'))
  const parameters = signature && transformParameters(file, signature, 'DocMDP')
  return parameters && (readPermitted(file, parameters.get('P')) ?? 2)
}

/**
 * The locks that the signatures of a file put on its form fields: as the signature states them, or else as its
 * field does.
 */
export function fieldLocks(file: PdfFile): readonly FieldLock[] {
  return readFields(file).flatMap((field) => {
    const signature = field.isSignature ? file.dictionary(field.value) : undefined
    if (signature === undefined) return []
    const stated = readFieldLock(file, transformParameters(file, signature, 'FieldMDP'))
    const own = readFieldLock(file, field.dictionary.get('Lock'))
    if (stated === undefined) return own === undefined ? [] : [own]
    return [
      own?.permits === undefined || stated.permits !== undefined
        ? stated
        : { ...stated, permits: own.permits },
    ]
  })
}

/** The parameters of a signature's transform; empty when it has the transform without any. */
export function transformParameters(
  file: PdfFile,
  signature: PdfDictionary,
  method: string,
): PdfDictionary | undefined {
  for (const item of file.array(signature.get('Reference')) ?? []) {
    const reference = file.dictionary(item)
    if (!isNamed(file.resolve(reference?.get('TransformMethod')), method)) continue
    return file.dictionary(reference?.get('TransformParams')) ?? new Map()
  }
  return undefined
}
