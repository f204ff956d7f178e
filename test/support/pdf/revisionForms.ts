import { onePageObjects } from './oddForms.ts'
import { bytesOf, startOf, textOf } from './pieces.ts'
import { type RawObjects, rawFile } from './rawFile.ts'

/** Appends a revision with a table, as programs do that know no other form; `more` goes into its trailer. */
function appended(bytes: Uint8Array, objects: RawObjects, more = ''): Uint8Array {
  const section = textOf(bytes.subarray(startOf(bytes)))
  const size = Math.max(
    Number(/\/Size (\d+)/.exec(section)?.[1]),
    ...Object.keys(objects).map((key) => Number(key) + 1),
  )
  let text = textOf(bytes)
  let table = 'xref\n'
  for (const [number, body] of Object.entries(objects)) {
    table += `${number} 1\n${String(text.length).padStart(10, '0')} 00000 n \n`
    text += `${number} 0 obj\n${body}\nendobj\n`
  }
  const root = /\/Root \d+ \d+ R/.exec(section)?.[0]
  const trailer = `trailer\n<</Size ${size} ${root} /Prev ${startOf(bytes)} ${more}>>\n`
  return bytesOf(`${text}${table}${trailer}startxref\n${text.length}\n%%EOF\n`)
}

/** A file that was saved twice more with other properties: by Word, say, after a look at it. */
export function savedAgain(bytes: Uint8Array): Uint8Array {
  const number = Number(/\/Size (\d+)/.exec(textOf(bytes.subarray(startOf(bytes))))?.[1])
  const properties = (time: string): RawObjects => ({ [number]: `<</ModDate (D:${time}+07'00')>>` })
  const once = appended(bytes, properties('20260916154200'), `/Info ${number} 0 R`)
  return appended(once, properties('20260917101500'), `/Info ${number} 0 R`)
}

/** Saved thirty times: each time the page, its contents or the list of annotations was written anew. */
export function thirtyRevisions(): Uint8Array {
  let bytes = rawFile(onePageObjects('/MediaBox [0 0 595 842]'))
  for (let revision = 1; revision <= 30; revision++) {
    const content = `BT /F1 14 Tf 72 700 Td (Version ${revision} of the letter) Tj ET`
    const objects: Record<number, string> = {
      4: `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
      [5 + revision]:
        `<</Type /Annot /Subtype /Link /Rect [72 ${100 + revision} 90 ${110 + revision}] /Border [0 0 0] /Dest [3 0 R /Fit]>>`,
    }
    const links = Array.from({ length: revision }, (_, index) => `${6 + index} 0 R`)
    objects[3] = onePageObjects(`/MediaBox [0 0 595 842] /Annots [${links.join(' ')}]`)[3] ?? ''
    bytes = appended(bytes, objects)
  }
  return bytes
}

/** Objects that a later revision freed, and one of them in use again with a later generation. */
export function freedAndReused(): Uint8Array {
  const first = rawFile(
    onePageObjects('/MediaBox [0 0 595 842] /Annots [6 0 R 7 0 R]', '', {
      6: '<</Type /Annot /Subtype /Link /Rect [72 100 90 110] /Border [0 0 0] /Dest [3 0 R /Fit]>>',
      7: '<</Type /Annot /Subtype /Link /Rect [72 120 90 130] /Border [0 0 0] /Dest [3 0 R /Fit]>>',
    }),
  )
  let text = textOf(first)
  const page = text.length
  text += `3 0 obj\n${onePageObjects('/MediaBox [0 0 595 842] /Annots []')[3]}\nendobj\n`
  const freed = text.length
  const line = (offset: number, rest: string): string => `${String(offset).padStart(10, '0')} ${rest} \n`
  text += `xref\n0 1\n${line(6, '65535 f')}3 1\n${line(page, '00000 n')}6 2\n${line(7, '00001 f')}${line(0, '00001 f')}`
  text += `trailer\n<</Size 8 /Root 1 0 R /Prev ${startOf(first)}>>\nstartxref\n${freed}\n%%EOF\n`
  const reused = text.length
  text +=
    '6 1 obj\n<</Type /Annot /Subtype /Link /Rect [72 140 90 150] /Border [0 0 0] /Dest [3 0 R /Fit]>>\nendobj\n'
  const again = text.length
  text += `3 0 obj\n${onePageObjects('/MediaBox [0 0 595 842] /Annots [6 1 R]')[3]}\nendobj\n`
  const last = text.length
  text += `xref\n0 1\n${line(7, '65535 f')}3 1\n${line(again, '00000 n')}6 1\n${line(reused, '00001 n')}`
  return bytesOf(`${text}trailer\n<</Size 8 /Root 1 0 R /Prev ${freed}>>\nstartxref\n${last}\n%%EOF\n`)
}
