import { openWithPdfJs } from './places/pdfjs.ts'
import { ordinaryThai } from './text/ordinaryThai.ts'

/** Pages of which the text is read at most: a letter says early what it is about. */
const mostPages = 100

/**
 * The text of a PDF's pages in reading order as far as it tells, a line for each line, up to about `most` characters;
 * empty for pictures without text and for files that cannot be read. It is for finding letters, no more: what a page
 * shows can differ from it.
 */
export async function readText(bytes: Uint8Array, most: number): Promise<string> {
  // pdf.js takes no Buffer, only what it is made of.
  const opening = await openWithPdfJs(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length))
  let text = ''
  try {
    const document = await opening.promise
    for (let number = 1; number <= Math.min(document.numPages, mostPages); number += 1) {
      const page = await document.getPage(number)
      const { items } = await page.getTextContent()
      for (const item of items) if ('str' in item) text += item.hasEOL ? `${item.str}\n` : item.str
      text += '\n'
      page.cleanup()
      if (text.length >= most) break
    }
  } catch {
    // pdf.js tells what it cannot read by exceptions of many kinds; what was read before it counts.
  } finally {
    await opening.destroy()
  }
  return ordinaryThai(text).slice(0, most)
}
