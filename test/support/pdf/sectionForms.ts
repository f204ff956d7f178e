import { onePageObjects } from './oddForms.ts'
import { bytesOf, Pieces, textOf } from './pieces.ts'
import type { RawObjects } from './rawFile.ts'

const page = onePageObjects('/MediaBox [0 0 595 842]')
const freeHead = '0000000000 65535 f \n'

/** The page's objects in a file, first to last or the other way round. */
function pageIn(pieces: Pieces, objects: RawObjects = page): Pieces {
  for (const [number, body] of Object.entries(objects)) pieces.object(Number(number), body)
  return pieces
}

/** Writes a plain table for all objects of the file, and the end. */
function withTable(pieces: Pieces, trailer = '/Root 1 0 R'): Uint8Array {
  const start = pieces.length
  const size = Math.max(...pieces.offsets.keys()) + 1
  pieces.write(`xref\n0 ${size}\n${freeHead}`)
  for (let number = 1; number < size; number++)
    pieces.write(pieces.offsets.has(number) ? pieces.entry(number) : '0000000000 00000 f \n')
  return pieces.write(`trailer\n<</Size ${size} ${trailer}>>\n`).end(start)
}

/** A subsection for each object, in no order, and one without entries. */
export function scatteredTable(): Uint8Array {
  const pieces = new Pieces()
  for (const [number, body] of Object.entries(page).reverse()) pieces.object(Number(number), body)
  const start = pieces.length
  pieces.write('xref\n')
  for (const number of [4, 1, 5]) pieces.write(`${number} 1\n${pieces.entry(number)}`)
  pieces.write(`7 0\n0 1\n${freeHead}2 2\n${pieces.entry(2)}${pieces.entry(3)}`)
  return pieces.write('trailer\n<</Size 6 /Root 1 0 R>>\n').end(start)
}

/** The only subsection begins at 1, though its first entry is that of object 0. */
export const startingAtOne = (): Uint8Array =>
  bytesOf(textOf(withTable(pageIn(new Pieces()))).replace('xref\n0 6\n', 'xref\n1 6\n'))

/** Entries of 19 bytes, which end with one line feed. */
export const shortEntries = (): Uint8Array =>
  bytesOf(textOf(withTable(pageIn(new Pieces()))).replace(/ ([nf]) \n/g, ' $1\n'))

/** Objects of later generations, as a program writes that uses numbers again. */
export function generations(): Uint8Array {
  const pieces = new Pieces()
  const renewed = new Map([
    [3, 2],
    [4, 7],
    [5, 65_534],
  ])
  const ofGeneration = (number: number): number => renewed.get(number) ?? 0
  for (const [key, body] of Object.entries(page)) {
    const number = Number(key)
    const referring = body.replace(/(\d+) 0 R/g, (_, to: string) => `${to} ${ofGeneration(Number(to))} R`)
    pieces.object(number, referring, ofGeneration(number))
  }
  const start = pieces.length
  pieces.write(`xref\n0 7\n0000000006 65535 f \n`)
  for (const number of [1, 2, 3, 4, 5]) pieces.write(pieces.entry(number, ofGeneration(number)))
  return pieces.write('0000000000 00003 f \ntrailer\n<</Size 7 /Root 1 0 R>>\n').end(start)
}

/** Few objects, with numbers from `first` on. */
export function greatNumbers(first: number): Uint8Array {
  const pieces = new Pieces()
  const moved = (text: string): string =>
    text.replace(/(\d+) 0 R/g, (_, to: string) => `${Number(to) + first} 0 R`)
  for (const [number, body] of Object.entries(page)) pieces.object(Number(number) + first, moved(body))
  const start = pieces.length
  const entries = Object.keys(page).map((number) => pieces.entry(Number(number) + first))
  pieces.write(`xref\n0 1\n${freeHead}${first + 1} ${entries.length}\n${entries.join('')}`)
  return pieces.write(`trailer\n<</Size ${first + 6} /Root ${first + 1} 0 R>>\n`).end(start)
}

/** Objects that are null or empty, entries that are null, and references to numbers that nothing has. */
export const nullObjects = (): Uint8Array =>
  withTable(
    pageIn(
      new Pieces(),
      onePageObjects(
        '/MediaBox [0 0 595 842] /Annots 6 0 R /Thumb null /B 8 0 R /PieceInfo 10 0 R',
        '/AcroForm 6 0 R /Names 7 0 R',
        {
          6: 'null',
          9: 'null',
          10: '',
        },
      ),
    ),
  )

/** Numbers above a thousand, and an object that is no PDF: a length that runs into the word behind it. */
export const strangeObject = (): Uint8Array =>
  withTable(
    pageIn(new Pieces(), {
      ...onePageObjects('/MediaBox [0 0 595 842] /PieceInfo 1200 0 R'),
      1200: '<</Length 1201 0 R>>',
      1201: '58endobj',
    }),
  )

/** Comments and line ends wherever they may be. */
export function comments(): Uint8Array {
  const pieces = new Pieces()
  for (const [number, body] of Object.entries(page)) {
    const commented = body.startsWith('<</Length')
      ? body
      : body.replace(/ (?=\/)/g, ' % a note >> endobj\r\n')
    pieces.object(Number(number), `% before (\n${commented}\r% after`)
  }
  return withTable(pieces, '% the trailer >>\r\n/Root % the catalog\n1 0 R')
}

/** Names written with escapes, as few programs do. */
export const escapedNames = (): Uint8Array =>
  withTable(
    pageIn(
      new Pieces(),
      Object.fromEntries(
        Object.entries(page).map(([number, body]) => [
          number,
          body.replace('/Type', '/#54ype').replace('/Kids', '/K#69ds').replace('/Contents', '/#43ontents'),
        ]),
      ),
    ),
  )

/** Whatever can be an object of its own is one: lengths, counts, boxes and what is in them. */
export const indirectThroughout = (): Uint8Array =>
  withTable(
    pageIn(new Pieces(), {
      1: '<</Type 20 0 R /Pages 2 0 R /AcroForm 6 0 R>>',
      2: '<</Type /Pages /Kids 7 0 R /Count 8 0 R /MediaBox 9 0 R /Rotate 12 0 R>>',
      3: '<</Type /Page /Parent 2 0 R /Resources 13 0 R /Contents 14 0 R /Annots 15 0 R>>',
      4: '<</Length 16 0 R>>\nstream\nBT /F1 14 Tf 72 700 Td (To whom it may concern) Tj ET\nendstream',
      5: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
      6: '<</Fields 17 0 R>>',
      7: '[3 0 R]',
      8: '1',
      9: '[10 0 R 10 0 R 11 0 R 842]',
      10: '0',
      11: '595.32',
      12: '0',
      13: '<</Font <</F1 5 0 R>>>>',
      14: '[4 0 R]',
      15: '[]',
      16: '53',
      17: '[]',
      20: '/Catalog',
    }),
  )

/** As Ghostscript writes: contents first, lengths behind, comments below the header, XMP and a document id. */
export function ghostscriptLetter(): Uint8Array {
  const pieces = new Pieces(
    '%PDF-1.7\n%\u00c7\u00ec\u008f\u00a2\n%%Invocation: gs -q -dBATCH -sDEVICE=pdfwrite ?\n',
  )
  const content = 'q 0.1 0 0 0.1 0 0 cm\nBT /R7 120 Tf 1 0 0 1 720 7000 Tm (To whom it may concern)Tj ET\nQ\n'
  pieces.object(5, `<</Length 6 0 R>>\nstream\n${content}endstream`)
  pieces.object(6, String(content.length))
  pieces.object(
    4,
    '<</Type/Page/MediaBox [0 0 595 842]\n/Rotate 0/Parent 3 0 R\n/Resources<</ProcSet[/PDF /Text]\n/Font 10 0 R\n>>\n/Contents 5 0 R\n>>',
  )
  pieces.object(3, '<< /Type /Pages /Kids [\n4 0 R\n] /Count 1\n>>')
  pieces.object(1, '<</Type /Catalog /Pages 3 0 R\n/Metadata 12 0 R\n>>')
  pieces.object(10, '<</R7\n7 0 R>>')
  pieces.object(7, '<</BaseFont/Helvetica/Type/Font\n/Subtype/Type1>>')
  const metadata =
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta><?xpacket end="w"?>'
  pieces.object(
    12,
    `<</Type/Metadata\n/Subtype/XML/Length ${metadata.length}>>stream\n${metadata}\nendstream`,
  )
  pieces.object(2, "<</Producer(GPL Ghostscript 10.00.0)\n/CreationDate(D:20260916154200+07'00')>>")
  const id = '<0B1C2D3E4F5061728394A5B6C7D8E9FA>'
  return withTable(pieces, `/Root 1 0 R /Info 2 0 R\n/ID [${id}${id}]\n`)
}

/** A section as a stream; `rows` are its fields in the widths of /W. */
function sectionStream(
  pieces: Pieces,
  number: number,
  widths: readonly number[],
  index: string,
  rows: readonly (readonly number[])[],
): Uint8Array {
  const start = pieces.length
  const data = rows.flatMap((row) =>
    row.flatMap((field, column) =>
      Array.from({ length: widths[column] ?? 0 }, (_, at) =>
        String.fromCharCode(Math.floor(field / 256 ** ((widths[column] ?? 0) - 1 - at)) % 256),
      ),
    ),
  )
  pieces.object(
    number,
    `<</Type /XRef /Size ${number + 1} /Root 1 0 R /W [${widths.join(' ')}] ${index} /Length ${data.length}>>\nstream\n${data.join('')}\nendstream`,
  )
  return pieces.end(start)
}

function objectStream(pieces: Pieces, number: number, members: RawObjects, more = ''): void {
  const bodies = Object.values(members)
  let offset = 0
  const heads = Object.keys(members).map((member, at) => {
    const head = `${member} ${offset}`
    offset += (bodies[at]?.length ?? 0) + 1
    return head
  })
  const head = `${heads.join(' ')} `
  const data = head + bodies.join(' ')
  pieces.object(
    number,
    `<</Type /ObjStm /N ${bodies.length} /First ${head.length} ${more} /Length ${data.length}>>\nstream\n${data}\nendstream`,
  )
}

/** Two object streams, one extending the other, and a section whose /Index has gaps. */
export function extendedStreams(): Uint8Array {
  const pieces = new Pieces('%PDF-1.5\n%\u00e2\u00e3\u00cf\u00d3\n')
  pieces.object(4, page[4] ?? '')
  objectStream(pieces, 20, { 1: page[1] ?? '', 5: page[5] ?? '' })
  objectStream(pieces, 21, { 2: page[2] ?? '', 3: page[3] ?? '' }, '/Extends 20 0 R')
  const at = (number: number): number[] => [1, pieces.offsets.get(number) ?? 0, 0]
  return sectionStream(pieces, 22, [1, 2, 1], '/Index [0 6 20 3]', [
    [0, 0, 255],
    [2, 20, 0],
    [2, 21, 0],
    [2, 21, 1],
    at(4),
    [2, 20, 1],
    at(20),
    at(21),
    [1, pieces.length, 0],
  ])
}

/** A section without types and generations: every row is an offset (7.5.8.3). */
export function offsetsAlone(): Uint8Array {
  const pieces = pageIn(new Pieces('%PDF-1.5\n%\u00e2\u00e3\u00cf\u00d3\n'))
  const rows = [1, 2, 3, 4, 5].map((number) => [0, pieces.offsets.get(number) ?? 0, 0])
  return sectionStream(pieces, 6, [0, 4, 0], '/Index [1 6]', [...rows, [0, pieces.length, 0]])
}

/** Bytes before the header that every offset counts in. */
export const countedWithJunk = (): Uint8Array =>
  withTable(pageIn(new Pieces('Received: from mail.nhso.example\r\n\r\n%PDF-1.4\n')))
