import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { type FoundAnnotation, readAnnotations } from '../structure/annotations.ts'
import { type ByteSource, type BytesOrSource, sourceOf } from '../structure/byteSource.ts'
import { DamagedFile } from '../structure/damaged.ts'
import type { PdfFile } from '../structure/document.ts'
import type { Page } from '../structure/pages.ts'
import { isName } from '../structure/values.ts'
import { type PageInk, readInk } from './pageInk.ts'
import { openWithPdfJs } from './pdfjs.ts'
import { readLines, type TextLine } from './textLines.ts'

/** A page as pdf.js reads it, with what its annotations cover. */
export interface ReadPage {
  readonly number: number
  readonly lines: readonly TextLine[]
  /** Draws the page when it is first asked for: most pages are judged by their text alone. */
  ink(): Promise<PageInk>
}

/** Reads a page, counted from 1, once. */
export type ReadPageNumber = (number: number) => Promise<ReadPage>

const mostMilliseconds = 5000
const unseen = new Set(['Link', 'Popup'])

/** The annotations that take room on their pages: marks, notes, signatures and fields. */
export const coveringAnnotations = (file: PdfFile, pages: readonly Page[]): FoundAnnotation[] =>
  readAnnotations(file, pages).filter(({ dictionary }) => {
    const subtype = file.resolve(dictionary.get('Subtype'))
    return !isName(subtype) || !unseen.has(subtype.name)
  })

/**
 * Gives `work` the pages; undefined when it does not end within five seconds. Throws DamagedFile for what pdf.js
 * cannot read, which it tells by exceptions of many kinds.
 */
export async function readingPages<Value>(
  bytes: BytesOrSource,
  annotations: readonly FoundAnnotation[],
  work: (read: ReadPageNumber, pages: number) => Promise<Value>,
): Promise<Value | undefined> {
  const opening = await openWithPdfJs(bytes instanceof Uint8Array ? bytes : fetched(sourceOf(bytes)))
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, mostMilliseconds, undefined)
  })
  const working = opening.promise.then((document) =>
    work(pageReader(document, annotations), document.numPages),
  )
  try {
    return await Promise.race([working, late])
  } catch (error) {
    throw new DamagedFile(String(error))
  } finally {
    clearTimeout(timer)
    await opening.destroy()
  }
}

const fetched = (source: ByteSource) => ({
  length: source.length,
  fetch: async (from: number, to: number) => source.read(from, to).slice(),
})

function pageReader(document: PDFDocumentProxy, annotations: readonly FoundAnnotation[]): ReadPageNumber {
  const done = new Map<number, Promise<ReadPage>>()
  const read = async (number: number): Promise<ReadPage> => {
    const page = await document.getPage(number)
    const covered = annotations.filter((annotation) => annotation.page === number).map(({ place }) => place)
    let ink: Promise<PageInk> | undefined
    return {
      number,
      lines: await readLines(page),
      ink: () => {
        ink ??= readInk(document, page, covered)
        return ink
      },
    }
  }
  return (number) => {
    const known = done.get(number) ?? read(number)
    done.set(number, known)
    return known
  }
}
