import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { Revision } from '../structure/append.ts'
import type { Page } from '../structure/pages.ts'
import { isArray, isDictionary, type PdfReference } from '../structure/values.ts'
import { EmbeddedFont, type RevisionFont } from '../text/fontEmbedding.ts'
import type { Typeface } from '../text/typeface.ts'
import { appearanceOf, markAnnotation, type Writing } from './annotation.ts'
import type { MarkDrawing } from './drawnMark.ts'
import { drawMark, type Mark } from './mark.ts'

export type { RevisionFont } from '../text/fontEmbedding.ts'

/** Reserves a font in `revision`; `finishFont` fills it in. */
export function startFont(revision: Revision, typeface: Typeface): RevisionFont {
  return { font: new EmbeddedFont(typeface, 'Thai'), reference: revision.add(null) }
}

/** Writes the font with the glyphs that were used, or takes it back when there were none. */
export function finishFont(revision: Revision, { font, reference }: RevisionFont): void {
  if (font.isUsed) revision.replace(reference, font.dictionary(revision))
  else revision.remove(reference)
}

/** Page `number`, counted from 1; refuses page-missing. */
export function pageNumbered(pages: readonly Page[], number: number): Outcome<Page> {
  const page = pages[number - 1]
  return page === undefined ? refuse('page-missing', { page: number, pages: pages.length }) : accept(page)
}

/** Adds marks to their pages. Refuses page-missing and what a mark's kind refuses, and then adds nothing. */
export function addMarks(
  revision: Revision,
  pages: readonly Page[],
  marks: readonly Mark[],
  fontOfRevision: RevisionFont,
  writing: Writing = { at: new Date() },
): Outcome<undefined> {
  const drawings: { mark: Mark; page: Page; drawing: MarkDrawing }[] = []
  for (const mark of marks) {
    const page = pageNumbered(pages, mark.page)
    if (!page.ok) return page
    const drawing = drawMark(mark, page.value, fontOfRevision)
    if (!drawing.ok) return drawing
    drawings.push({ mark, page: page.value, drawing: drawing.value })
  }
  const added = drawings.map(({ mark, page, drawing }) => {
    const form = revision.add(appearanceOf(drawing, page, drawing.resources(revision)))
    return { page, annotation: revision.add(markAnnotation(mark, drawing, page, form, writing)) }
  })
  for (const [page, onPage] of Map.groupBy(added, ({ page }) => page))
    addAnnotations(
      revision,
      page,
      onPage.map(({ annotation }) => annotation),
    )
  return accept(undefined)
}

/** Puts an annotation on a page. */
export const addAnnotation = (revision: Revision, page: Page, annotation: PdfReference): void =>
  addAnnotations(revision, page, [annotation])

/** The page gets an /Annots array of its own, since some writers let several pages share one. */
function addAnnotations(revision: Revision, page: Page, added: readonly PdfReference[]): void {
  const current = revision.resolve(page.reference)
  const dictionary = isDictionary(current) ? current : page.dictionary
  const annotations = revision.resolve(dictionary.get('Annots'))
  const all = [...(isArray(annotations) ? annotations : []), ...added]
  revision.replace(page.reference, new Map(dictionary).set('Annots', all))
}
