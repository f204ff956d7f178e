import { createHash } from 'node:crypto'
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { type RawObjects, rawFile, streamOf } from '../pdf/rawFile.ts'

/** Bytes that do not compress, as characters; each `seed` has its own. */
function noise(length: number, seed: string): string {
  const hash = createHash('shake256', { outputLength: length }).update(seed)
  return hash.digest().toString('latin1')
}

/** A letter of one page with a picture: about `bytes` bytes, each `seed` another file. */
export const letterFile = (bytes: number, seed: string): Uint8Array =>
  rawFile({
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <</Font <</F1 5 0 R>> /XObject <</Im 6 0 R>>>> /Contents 4 0 R>>',
    4: streamOf(`q 200 0 0 200 60 560 cm /Im Do Q BT /F1 16 Tf 60 500 Td (Letter ${seed}) Tj ET`),
    5: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
    6: picture(bytes - 1000, seed),
  })

function picture(bytes: number, seed: string): string {
  const side = Math.floor(Math.sqrt(bytes))
  const entries = `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent 8`
  return `<<${entries} /Length ${side * side}>>\nstream\n${noise(side * side, seed)}\nendstream`
}

/**
 * A tagged report as office programs export it: `pages` pages, each with its own stream, and so many structure
 * elements that there are `objects` objects. All of them hang from the catalog.
 */
export function taggedReport(pages: number, objects: number, streamBytes: number): Uint8Array {
  const file: Record<number, string> = {}
  const firstPage = 5
  const firstElement = firstPage + 2 * pages
  const elements = objects - firstElement
  const kids = (first: number, count: number, step = 1): string =>
    Array.from({ length: count }, (_, index) => `${first + index * step} 0 R`).join(' ')
  file[1] = '<</Type /Catalog /Pages 2 0 R /StructTreeRoot 4 0 R /MarkInfo <</Marked true>>>>'
  file[2] = `<</Type /Pages /Kids [${kids(firstPage, pages, 2)}] /Count ${pages} /MediaBox [0 0 595 842]>>`
  file[3] = '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>'
  file[4] = `<</Type /StructTreeRoot /K [${kids(firstElement, elements)}]>>`
  for (let page = 0; page < pages; page++) {
    const number = firstPage + 2 * page
    file[number] =
      `<</Type /Page /Parent 2 0 R /Resources <</Font <</F1 3 0 R>>>> /Contents ${number + 1} 0 R /StructParents ${page}>>`
    const head = `BT /F1 12 Tf 60 780 Td (Page ${page + 1}) Tj ET\n%`
    file[number + 1] = streamOf(head + 'z'.repeat(Math.max(0, streamBytes - head.length)))
  }
  for (let element = 0; element < elements; element++) {
    const page = firstPage + 2 * (element % pages)
    file[firstElement + element] =
      `<</Type /StructElem /S /Span /P 4 0 R /Pg ${page} 0 R /K ${Math.floor(element / pages)} /ID (element${element})>>`
  }
  return rawFile(file satisfies RawObjects)
}

/**
 * Writes a scan to disk: each page is one picture of `pageBytes` bytes, which take no room on the disk and none in
 * memory, since they are a hole in the file. Returns its length.
 */
export function writeScan(path: string, pages: number, pageBytes: number): number {
  const descriptor = openSync(path, 'w')
  const offsets: number[] = []
  let end = 0
  const put = (text: string): void => {
    end += writeSync(descriptor, text, end, 'latin1')
  }
  const object = (number: number, body: string): void => {
    offsets[number] = end
    put(`${number} 0 obj\n${body}\nendobj\n`)
  }
  put('%PDF-1.6\n%\u00e2\u00e3\u00cf\u00d3\n')
  const side = Math.floor(Math.sqrt(pageBytes))
  const kids = Array.from({ length: pages }, (_, page) => `${3 + 3 * page} 0 R`).join(' ')
  object(1, '<</Type /Catalog /Pages 2 0 R>>')
  object(2, `<</Type /Pages /Kids [${kids}] /Count ${pages} /MediaBox [0 0 595 842]>>`)
  for (let page = 0; page < pages; page++) {
    const number = 3 + 3 * page
    object(
      number,
      `<</Type /Page /Parent 2 0 R /Resources <</XObject <</Im ${number + 2} 0 R>>>> /Contents ${number + 1} 0 R>>`,
    )
    object(number + 1, streamOf('q 595 0 0 842 0 0 cm /Im Do Q'))
    offsets[number + 2] = end
    put(
      `${number + 2} 0 obj\n<</Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length ${side * side}>>\nstream\n`,
    )
    end += side * side
    put('\nendstream\nendobj\n')
  }
  const start = end
  const rows = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  put(`xref\n0 ${rows.length + 1}\n0000000000 65535 f \n${rows.join('')}`)
  put(`trailer\n<</Size ${rows.length + 1} /Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`)
  ftruncateSync(descriptor, end)
  closeSync(descriptor)
  return end
}
