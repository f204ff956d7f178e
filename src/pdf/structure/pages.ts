import { DamagedFile } from './damaged.ts'
import type { PdfFile } from './document.ts'
import { isNamed, isReference, type PdfDictionary, type PdfReference, type PdfValue } from './values.ts'

/** How far the reader turns a page, clockwise. */
export type Turn = 0 | 90 | 180 | 270

/** A page of the file with what it inherits. */
export interface Page {
  readonly reference: PdfReference
  readonly dictionary: PdfDictionary
  /** The visible part, MediaBox cut by CropBox: left, bottom, right, top in page space. */
  readonly box: readonly [number, number, number, number]
  readonly turn: Turn
}

const mostPages = 200_000
const deepestTree = 64
const a4 = [0, 0, 595.276, 841.89] as const

interface Inherited {
  readonly mediaBox: PdfValue | undefined
  readonly cropBox: PdfValue | undefined
  readonly rotate: PdfValue | undefined
}

/** All pages in order (ISO 32000-2, 7.7.3). Throws DamagedFile when the tree is broken or empty. */
export function readPages(file: PdfFile): readonly Page[] {
  const pages: Page[] = []
  const visited = new Set<number>()
  const visit = (node: PdfValue, inherited: Inherited, depth: number): void => {
    if (!isReference(node)) throw new DamagedFile('a page is not an object of its own')
    if (visited.has(node.number) || depth > deepestTree || pages.length > mostPages)
      throw new DamagedFile('the page tree goes in a circle')
    visited.add(node.number)
    const dictionary = file.dictionary(node)
    if (dictionary === undefined) throw new DamagedFile('a page is missing')
    const own = {
      mediaBox: dictionary.get('MediaBox') ?? inherited.mediaBox,
      cropBox: dictionary.get('CropBox') ?? inherited.cropBox,
      rotate: dictionary.get('Rotate') ?? inherited.rotate,
    }
    const kids = file.array(dictionary.get('Kids'))
    if (kids !== undefined && !isNamed(file.resolve(dictionary.get('Type')), 'Page'))
      for (const kid of kids) visit(kid, own, depth + 1)
    else
      pages.push({ reference: node, dictionary, box: visibleBox(file, own), turn: turnOf(file, own.rotate) })
  }
  const nothing = { mediaBox: undefined, cropBox: undefined, rotate: undefined }
  visit(file.catalog.get('Pages') ?? null, nothing, 0)
  if (pages.length === 0) throw new DamagedFile('there are no pages')
  return pages
}

function visibleBox(file: PdfFile, own: Inherited): Page['box'] {
  const media = boxOf(file, own.mediaBox) ?? a4
  const crop = boxOf(file, own.cropBox)
  if (crop === undefined) return media
  const cut = [
    Math.max(media[0], crop[0]),
    Math.max(media[1], crop[1]),
    Math.min(media[2], crop[2]),
    Math.min(media[3], crop[3]),
  ] as const
  return cut[2] - cut[0] > 0 && cut[3] - cut[1] > 0 ? cut : media
}

function boxOf(file: PdfFile, value: PdfValue | undefined): Page['box'] | undefined {
  const numbers = file.array(value)?.map((item) => file.number(item))
  const [x1, y1, x2, y2] = numbers ?? []
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return undefined
  const box = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)] as const
  return box[2] - box[0] > 0 && box[3] - box[1] > 0 ? box : undefined
}

function turnOf(file: PdfFile, value: PdfValue | undefined): Turn {
  const degrees = (((file.number(value) ?? 0) % 360) + 360) % 360
  return degrees === 90 || degrees === 180 || degrees === 270 ? degrees : 0
}
