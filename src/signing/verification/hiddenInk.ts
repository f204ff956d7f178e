import { type FoundAnnotation, readAnnotations } from '../../pdf/annotations.ts'
import { DamagedFile } from '../../pdf/damaged.ts'
import { openFile } from '../../pdf/document.ts'
import type { Rectangle } from '../../pdf/geometry.ts'
import { type PageInk, readInk } from '../../pdf/pageInk.ts'
import { readPages } from '../../pdf/pages.ts'
import { openWithPdfJs } from '../../pdf/pdfjs.ts'

/** Cells of two points are compared, as fine as pages are drawn. */
const cell = 2
/** Ink that may get lost before something counts as hidden, in square points: less than a full stop. */
const mostLost = 10
const mostMilliseconds = 30_000

/**
 * Whether annotations added after the first `end` bytes hide ink that was on the page before: white over a sum of
 * money, say. Marks beside the text or through it hide nothing. What cannot be drawn in time counts as hidden.
 */
export async function hidesEarlierInk(bytes: Uint8Array, end: number): Promise<boolean> {
  try {
    const earlier = bytes.subarray(0, end)
    const before = new Set(annotationsOf(earlier).map(({ number }) => number))
    const added = annotationsOf(bytes).filter(({ number }) => number === undefined || !before.has(number))
    if (added.length === 0) return false
    return await withinTime(losesInk(earlier, bytes, added))
  } catch (error) {
    if (error instanceof DamagedFile) return true
    throw error
  }
}

function annotationsOf(bytes: Uint8Array): FoundAnnotation[] {
  const file = openFile(bytes)
  return file.ok ? readAnnotations(file.value, readPages(file.value)) : []
}

async function losesInk(
  earlier: Uint8Array,
  later: Uint8Array,
  added: readonly FoundAnnotation[],
): Promise<boolean> {
  for (const page of new Set(added.map((annotation) => annotation.page))) {
    const [before, after] = [await drawn(earlier, page), await drawn(later, page)]
    const places = added.filter((annotation) => annotation.page === page).map(({ place }) => place)
    if (places.some((place) => lostInk(before, after, place) > mostLost)) return true
  }
  return false
}

async function drawn(bytes: Uint8Array, page: number): Promise<PageInk> {
  const opening = await openWithPdfJs(bytes)
  try {
    const document = await opening.promise
    return await readInk(document, await document.getPage(page), [])
  } finally {
    await opening.destroy()
  }
}

/** Square points within the place that were inked and no longer are. */
function lostInk(before: PageInk, after: PageInk, place: Rectangle): number {
  const left = Math.max(0, place.x)
  const right = Math.min(before.width, place.x + place.width)
  const bottom = Math.max(0, place.y)
  const top = Math.min(before.height, place.y + place.height)
  let lost = 0
  for (let y = bottom; y < top; y += cell) {
    for (let x = left; x < right; x += cell) {
      const square = { x, y, width: cell, height: cell }
      lost += Math.max(0, before.under(square) - after.under(square)) * cell * cell
    }
  }
  return lost
}

/** pdf.js reports a broken file by exceptions of many kinds, and a hostile one by not coming back. */
async function withinTime<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DamagedFile('drawing takes too long')), mostMilliseconds)
  })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    throw error instanceof DamagedFile ? error : new DamagedFile(String(error))
  } finally {
    clearTimeout(timer)
  }
}
