import { readPages } from '../../pdf/structure/pages.ts'
import { isDictionary, isReference, type PdfDictionary, type PdfValue } from '../../pdf/structure/values.ts'
import { addedSignatureField } from './addedField.ts'
import { judgeAnnotation } from './annotations.ts'
import type { Change, SuspiciousChange } from './changeKinds.ts'
import { changedKeys } from './compare.ts'
import type { Comparison } from './comparison.ts'
import { judgeAddedField } from './fieldRules.ts'

/** Gives their roles to the pages and their arrays of annotations, which may grow. */
export function givePageRoles(comparison: Comparison): void {
  for (const [index, page] of readPages(comparison.earlier).entries()) {
    const number = index + 1
    comparison.guard(page.dictionary, 'Annots', (before, after) =>
      judgeAnnotations(comparison, number, before, after),
    )
    comparison.give(page.reference, (before, after) => {
      if (isDictionary(before) && isDictionary(after)) judgePage(comparison, number, before, after)
      else comparison.note({ kind: 'pages-changed', object: page.reference.number, page: number })
    })
  }
}

const pageKinds: Readonly<Record<string, SuspiciousChange>> = {
  ...{ MediaBox: 'pages-changed', CropBox: 'pages-changed', Rotate: 'pages-changed' },
  ...{ UserUnit: 'pages-changed', Parent: 'pages-changed', Type: 'pages-changed', Kids: 'pages-changed' },
  AA: 'scripts-added',
  AF: 'embedded-file',
}

function judgePage(comparison: Comparison, page: number, before: PdfDictionary, after: PdfDictionary): void {
  for (const key of changedKeys(before, after)) {
    const value = after.get(key)
    if (key === 'Annots') judgeAnnotations(comparison, page, before.get(key), value)
    else if (key === 'LastModified') comparison.note({ kind: 'metadata', page })
    else
      comparison.note({
        kind: pageKinds[key] ?? comparison.replacement(value, 'incremental-saving'),
        page,
      })
  }
}

function judgeAnnotations(
  comparison: Comparison,
  page: number,
  before: PdfValue | undefined,
  after: PdfValue | undefined,
): void {
  const { added, isKept } = comparison.additions(before, after)
  if (!isKept) comparison.note({ kind: 'shadow-hide', page })
  for (const annotation of added) judgeAddedAnnotation(comparison, page, annotation)
}

function judgeAddedAnnotation(comparison: Comparison, page: number, annotation: PdfValue): void {
  if (addedSignatureField(comparison, annotation) !== undefined) judgeAddedField(comparison, annotation, page)
  else {
    const at = isReference(annotation) ? { object: annotation.number, page } : { page }
    comparison.note({ kind: kindOfAnnotation(comparison, annotation), ...at })
  }
}

function kindOfAnnotation(comparison: Comparison, annotation: PdfValue): Change['kind'] {
  const dictionary = comparison.later.dictionary(annotation)
  if (comparison.isPrepared(annotation)) return 'shadow-hide-and-replace'
  if (dictionary === undefined) return 'change-unexplained'
  return judgeAnnotation(comparison.later, dictionary) ?? 'annotation'
}
