import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { isFinitePlace, type Rectangle } from '../geometry.ts'
import { pageNumbered } from '../marks/revisionMarks.ts'
import type { BytesOrSource } from '../structure/byteSource.ts'
import { refusingDamage } from '../structure/damaged.ts'
import { openFile } from '../structure/document.ts'
import { readPages } from '../structure/pages.ts'
import { coveringAnnotations, readingPages } from './pageReading.ts'

/**
 * The part of a place on page `number` (from 1) that would cover print, pictures, marks, fields or signatures, or lies
 * off the page: from 0 to 1; 1 for a page that takes more than five seconds to draw. Refuses file-not-pdf,
 * file-encrypted, file-damaged, page-missing and mark-malformed.
 */
export function overlapOf(bytes: BytesOrSource, number: number, place: Rectangle): Promise<Outcome<number>> {
  return refusingDamage(async () => {
    if (!isFinitePlace(place) || !(place.width > 0 && place.height > 0))
      return refuse('mark-malformed', { field: 'place' })
    const opened = openFile(bytes)
    if (!opened.ok) return opened
    const pages = readPages(opened.value)
    const page = pageNumbered(pages, number)
    if (!page.ok) return page
    const annotations = coveringAnnotations(opened.value, pages)
    const overlap = await readingPages(bytes, annotations, async (read) =>
      (await (await read(number)).ink()).under(place),
    )
    return accept(overlap ?? 1)
  })
}
