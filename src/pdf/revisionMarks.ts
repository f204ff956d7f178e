import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import type { Revision } from './append.ts'
import { EmbeddedFont } from './fontEmbedding.ts'
import type { Page } from './pages.ts'
import { appearanceForm, drawMark, markAnnotation, missingCharacter, type TextMark } from './textMark.ts'
import type { Typeface } from './typeface.ts'
import { isArray, isDictionary, type PdfReference } from './values.ts'

/** The font of a revision; its reference is known before its glyphs are, so that appearances can name it. */
export interface RevisionFont {
  readonly font: EmbeddedFont
  readonly reference: PdfReference
}

/** Reserves a font in `revision`; `finishFont` fills it in. */
export function startFont(revision: Revision, typeface: Typeface): RevisionFont {
  return { font: new EmbeddedFont(typeface, 'Thai'), reference: revision.add(null) }
}

/** Writes the font with the glyphs that were used. */
export function finishFont(revision: Revision, { font, reference }: RevisionFont): void {
  revision.replace(reference, font.dictionary(revision))
}

/** Page `number`, counted from 1; refuses page-missing. */
export function pageNumbered(pages: readonly Page[], number: number): Outcome<Page> {
  const page = pages[number - 1]
  return page === undefined ? refuse('page-missing', { page: number, pages: pages.length }) : accept(page)
}

/** Adds marks to their pages. Refuses page-missing and glyph-missing, and then adds nothing. */
export function addMarks(
  revision: Revision,
  pages: readonly Page[],
  marks: readonly TextMark[],
  fontOfRevision: RevisionFont,
): Outcome<undefined> {
  for (const mark of marks) {
    const missing = missingCharacter(mark.lines, fontOfRevision.font.typeface)
    if (missing !== undefined) return refuse('glyph-missing', { character: missing })
    const page = pageNumbered(pages, mark.page)
    if (!page.ok) return page
  }
  for (const mark of marks) {
    const page = pages[mark.page - 1]
    if (page === undefined) continue
    const drawn = drawMark(mark, page, fontOfRevision.font)
    const form = revision.add(appearanceForm(drawn, page, { Thai: fontOfRevision.reference }))
    addAnnotation(revision, page, revision.add(markAnnotation(mark, drawn, page, form)))
  }
  return accept(undefined)
}

/**
 * Puts an annotation on a page. The page gets an /Annots array of its own, since some writers let several pages
 * share one.
 */
export function addAnnotation(revision: Revision, page: Page, annotation: PdfReference): void {
  const current = revision.resolve(page.reference)
  const dictionary = isDictionary(current) ? current : page.dictionary
  const annotations = revision.resolve(dictionary.get('Annots'))
  const all = [...(isArray(annotations) ? annotations : []), annotation]
  revision.replace(page.reference, new Map(dictionary).set('Annots', all))
}
