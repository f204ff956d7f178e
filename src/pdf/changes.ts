import type { PdfFile } from './document.ts'
import { isNamed } from './values.ts'

/**
 * What the author's certification lets others do (DocMDP, ISO 32000-2, 12.8.2.2): 1 nothing, 2 fill in and sign,
 * 3 annotate as well. Undefined when the file is not certified.
 */
export function certifiedChanges(file: PdfFile): 1 | 2 | 3 | undefined {
  const permissions = file.dictionary(file.catalog.get('Perms'))
  const signature = file.dictionary(permissions?.get('DocMDP'))
  if (signature === undefined) return undefined
  for (const item of file.array(signature.get('Reference')) ?? []) {
    const reference = file.dictionary(item)
    if (!isNamed(file.resolve(reference?.get('TransformMethod')), 'DocMDP')) continue
    const allowed = file.number(file.dictionary(reference?.get('TransformParams'))?.get('P'))
    return allowed === 1 || allowed === 3 ? allowed : 2
  }
  return undefined
}
