import { type Rectangle, shownRectangle } from '../geometry.ts'
import type { PdfFile } from './document.ts'
import type { Page } from './pages.ts'
import { isReference, type PdfDictionary } from './values.ts'

/** An annotation where it was found. */
export interface FoundAnnotation {
  readonly dictionary: PdfDictionary
  /** Its object number, or undefined when it stands in /Annots itself. */
  readonly number: number | undefined
  /** Counted from 1. */
  readonly page: number
  /** On the page as shown. */
  readonly place: Rectangle
}

/** The annotations of all pages, in page order. */
export function readAnnotations(file: PdfFile, pages: readonly Page[]): FoundAnnotation[] {
  return pages.flatMap((page, index) =>
    (file.array(page.dictionary.get('Annots')) ?? []).flatMap((item): FoundAnnotation[] => {
      file.step()
      const dictionary = file.dictionary(item)
      if (dictionary === undefined) return []
      const rect = (file.array(dictionary.get('Rect')) ?? []).map((number) => file.number(number) ?? 0)
      const place = shownRectangle(page, rect)
      return [{ dictionary, number: isReference(item) ? item.number : undefined, page: index + 1, place }]
    }),
  )
}
