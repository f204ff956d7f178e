import { type FoundAnnotation, readAnnotations } from '../../pdf/structure/annotations.ts'
import { type ByteSource, firstPart } from '../../pdf/structure/byteSource.ts'
import { DamagedFile } from '../../pdf/structure/damaged.ts'
import { openFile, type PdfFile } from '../../pdf/structure/document.ts'
import { readPages } from '../../pdf/structure/pages.ts'
import { isNamed, type PdfDictionary } from '../../pdf/structure/values.ts'
import type { Change } from './changeKinds.ts'
import { isSame } from './compare.ts'
import type { InkPage, InkPart } from './inkWork.ts'

/** More marks than people put on a letter; each is compared by itself. */
const mostParts = 2000
/** Changes that put something on a page. */
const shown = ['annotation', 'signature', 'form-filled']

/**
 * What was put on pages after the first `end` bytes and hides ink that was there before: white over a sum of money,
 * say. Marks beside the text or through it hide nothing. What cannot be drawn within bounds counts as hiding.
 */
export async function findHiding(
  source: ByteSource,
  end: number,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  if (!changes.some(({ kind }) => shown.includes(kind))) return []
  try {
    const pages = pagesToDraw(source, end)
    if (pages.length === 0) return []
    const { drawAside } = await import('./inkProcess.ts')
    const found = await drawAside({ source, end, pages })
    return found ?? [{ kind: 'ink-unsettled' }]
  } catch (error) {
    if (error instanceof DamagedFile) return [{ kind: 'ink-unsettled' }]
    throw error
  }
}

/** The pages on which something new or changed shows. */
function pagesToDraw(source: ByteSource, end: number): InkPage[] {
  const [earlier, later] = [opened(firstPart(source, end)), opened(source)]
  if (earlier === undefined || later === undefined) return []
  const before = new Set(readAnnotations(earlier, readPages(earlier)).map(({ number }) => number))
  const pages = new Map<number, InkPart[]>()
  let parts = 0
  for (const annotation of readAnnotations(later, readPages(later))) {
    const isNew = annotation.number === undefined || !before.has(annotation.number)
    if (!isNew && !isRedrawn(earlier, later, annotation)) continue
    const part = partOf(later, annotation, isNew)
    if (part === undefined) continue
    if (++parts > mostParts) throw new DamagedFile('there is too much to draw')
    const onPage = pages.get(annotation.page)
    if (onPage === undefined) pages.set(annotation.page, [part])
    else onPage.push(part)
  }
  return [...pages].map(([page, parts]) => ({ page, parts }))
}

function opened(source: ByteSource): PdfFile | undefined {
  const file = openFile(source)
  return file.ok ? file.value : undefined
}

function isRedrawn(earlier: PdfFile, later: PdfFile, { number, dictionary }: FoundAnnotation): boolean {
  const old = earlier.dictionary(earlier.object(number ?? 0))
  if (old === undefined || !isSame(old, dictionary)) return true
  return !isSame(lookOf(earlier, old), lookOf(later, dictionary))
}

const lookOf = (file: PdfFile, annotation: PdfDictionary) =>
  file.resolve(file.dictionary(annotation.get('AP'))?.get('N'))

function partOf(
  file: PdfFile,
  { dictionary, place, number }: FoundAnnotation,
  isNew: boolean,
): InkPart | undefined {
  if (!dictionary.has('AP') || place.width === 0 || place.height === 0) return undefined
  const isWidget = isNamed(file.resolve(dictionary.get('Subtype')), 'Widget')
  const isSignature = isNamed(file.resolve(dictionary.get('FT')), 'Sig')
  const kind = !isWidget ? 'evil-annotation' : isSignature || isNew ? 'sneaky-signature' : 'shadow-replace'
  return { kind, place, ...(number === undefined ? {} : { object: number }) }
}
