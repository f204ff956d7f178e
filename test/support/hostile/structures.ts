import { deflateSync } from 'node:zlib'
import { rawFile, streamOf } from '../pdf/rawFile.ts'

const catalog = '<</Type /Catalog /Pages 2 0 R>>'
const pages = '<</Type /Pages /Kids [3 0 R] /Count 1>>'
const page = '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>>>>'
const plain = { 1: catalog, 2: pages, 3: page }
const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

/** Files whose structure cannot be sound: they are refused as damaged. */
export const damaging: Readonly<Record<string, () => Uint8Array>> = {
  'a page tree that contains itself': () =>
    rawFile({ ...plain, 2: '<</Type /Pages /Kids [2 0 R 3 0 R] /Count 2>>' }),
  'a page a hundred thousand times': () =>
    rawFile({ ...plain, 2: `<</Type /Pages /Kids [${'3 0 R '.repeat(100_000)}] /Count 100000>>` }),
  'references in a circle': () => rawFile({ 1: '<</Type /Catalog /Pages 4 0 R>>', 4: '5 0 R', 5: '4 0 R' }),
  'a length that needs its own stream': () =>
    rawFile({
      ...plain,
      2: '<</Type /Pages /Kids 4 0 R /Count 1>>',
      4: '<</Length 4 0 R>>\nstream\nx\nendstream',
    }),
  'a cross-reference section that follows itself': () => withPrevious(rawFile(plain)),
  'a chain of five thousand cross-reference sections': () => chained(5000),
  'arrays within arrays': () =>
    rawFile({ ...plain, 2: `<</Type /Pages /Kids ${'['.repeat(60_000)} /Count 1>>` }),
  'dictionaries within dictionaries': () => rawFile({ ...plain, 2: '<</Kids '.repeat(60_000) }),
  'a string of open brackets': () => rawFile({ ...plain, 2: `<</Type /Pages /T ${'('.repeat(4_000_000)}` }),
  'a name without end': () => rawFile({ ...plain, 2: `<</Type /${'#41'.repeat(2_000_000)} /Kids 3>>` }),
  'no pages': () => rawFile({ 1: catalog, 2: '<</Type /Pages /Kids [] /Count 0>>' }),
  'a cross-reference stream that unpacks to 300 MB': bomb,
  'an object stream that unpacks to 300 MB': () => packed(deflateSync(Buffer.alloc(300 << 20)), 1, 4),
  'an object stream that promises a billion objects': () =>
    packed(deflateSync(Buffer.from('1 0 <<>>')), 1e9, 4),
  'an object stream whose rows are a gigabyte long': () =>
    packed(deflateSync(Buffer.alloc(1 << 20)), 1, 4, '/DecodeParms <</Predictor 12 /Columns 1073741824>>'),
  'a promise of a billion objects': () => rawFile(plain, { trailer: '/Size 1000000000' }),
  'a cross-reference table of a hundred million rows': () =>
    latin(
      Buffer.from(rawFile(plain))
        .toString('latin1')
        .replace(/xref\n0 \d+/, 'xref\n0 100000000'),
    ),
  'an object stream whose twenty thousand objects are all one long array': () => overlappingObjects(20_000),
}

/** Files that are odd but can be read. */
export const bearable: Readonly<Record<string, () => Uint8Array>> = {
  'a form that contains itself': () =>
    rawFile({
      ...plain,
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [4 0 R]>>>>',
      4: '<</T (a) /Kids [4 0 R]>>',
    }),
  'a field that is its own value and its own parent': () =>
    rawFile({
      ...plain,
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [4 0 R 4 0 R]>>>>',
      4: '<</T (a) /FT /Sig /V 4 0 R /Parent 4 0 R>>',
    }),
  'an outline that goes in a circle': () =>
    rawFile({
      ...plain,
      1: '<</Type /Catalog /Pages 2 0 R /Outlines 4 0 R>>',
      4: '<</First 4 0 R /Next 4 0 R /Last 4 0 R>>',
    }),
  'a thousand fields within each other’s names': () => rawFile({ ...plain, ...nestedFields(60) }),
  'twenty thousand annotations': () =>
    rawFile({
      ...plain,
      3: `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [${'<</Subtype /Text /Rect [0 0 1 1]>> '.repeat(20_000)}]>>`,
    }),
  'a comment of four megabytes': () => rawFile({ ...plain, 3: `% ${'x'.repeat(4 << 20)}\n${page}` }),
  'two thousand revisions': () => chained(2000),
  'a signature whose ASN.1 is nested without end': () => signature(`30${'80'.repeat(1)}`.repeat(40_000)),
  'a signature of ten megabytes': () => signature('30840098967f'.padEnd(20 << 20, '0')),
  'a byte range of half a million numbers': () =>
    rawFile({ ...plain, ...signed(`[${'0 1 '.repeat(250_000)}]`, '<3003>') }),
}

/** A page that takes its reader long, and on which a mark is put after it was signed. */
export const exhausting: Readonly<Record<string, () => Uint8Array>> = {
  'forms that draw each other ten times each': () =>
    rawFile({ ...drawn('/F10 Do', '/XObject <</F10 30 0 R>>'), ...laughs(10) }),
  'a picture of four hundred million points': () => pictured(20_000),
  'a content stream that unpacks to 200 MB': () => unpacking(200 << 20),
  'a pattern of millions of tiles': () =>
    rawFile({
      ...drawn('/Pattern cs /P scn 0 0 595 842 re f', '/Pattern <</P 9 0 R>>'),
      9: '<</PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 0.001 /YStep 0.001 /Resources <<>> /Length 18>>\nstream\n0 0 9 9 re f 1 g  \nendstream',
    }),
}

function drawn(content: string, resources: string): Record<number, string> {
  return {
    ...plain,
    3: `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <<${resources}>>>>`,
    4: streamOf(content),
  }
}

function laughs(levels: number): Record<number, string> {
  const objects: Record<number, string> = {}
  for (let level = 0; level <= levels; level++) {
    const content = level === 0 ? '0 0 1 1 re f' : `/F${level - 1} Do `.repeat(10)
    const below = level === 0 ? '' : `/XObject <</F${level - 1} ${19 + level} 0 R>>`
    objects[20 + level] =
      `<</Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <<${below}>> /Length ${content.length}>>\nstream\n${content}\nendstream`
  }
  return objects
}

function pictured(side: number): Uint8Array {
  const pixels = deflateSync(Buffer.alloc(side * side)).toString('latin1')
  const entries = `/Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent 8`
  return rawFile({
    ...drawn('595 0 0 842 0 0 cm /I Do', '/XObject <</I 9 0 R>>'),
    9: `<<${entries} /Filter /FlateDecode /Length ${pixels.length}>>\nstream\n${pixels}\nendstream`,
  })
}

function unpacking(length: number): Uint8Array {
  const content = deflateSync(Buffer.alloc(length, '0 0 1 1 re f ')).toString('latin1')
  return rawFile({
    ...drawn('', ''),
    4: `<</Filter /FlateDecode /Length ${content.length}>>\nstream\n${content}\nendstream`,
  })
}

function nestedFields(levels: number): Record<number, string> {
  const objects: Record<number, string> = {
    1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [10 0 R]>>>>',
  }
  for (let level = 0; level < levels; level++)
    objects[10 + level] = `<</T (${'n'.repeat(1000)}) /Kids [${11 + level} 0 R]>>`
  return { ...objects, [10 + levels]: '<</T (last) /FT /Tx>>' }
}

const signed = (range: string, contents: string): Record<number, string> => ({
  1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [4 0 R]>>>>',
  4: '<</T (a) /FT /Sig /V 5 0 R>>',
  5: `<</Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange ${range} /Contents ${contents}>>`,
})

/** A signature whose byte range is right, whatever its contents are. */
function signature(hex: string): Uint8Array {
  const room = '0'.repeat(40)
  const bytes = rawFile({ ...plain, ...signed(`[${room}]`, `<${hex}>`) })
  const buffer = Buffer.from(bytes)
  const from = buffer.indexOf('/Contents <') + '/Contents '.length
  const to = from + hex.length + 2
  const range = `0 ${from} ${to} ${bytes.length - to}`
  buffer.write(range.padEnd(40, ' '), buffer.indexOf(room), 'latin1')
  return new Uint8Array(buffer)
}

/** Signatures by `cms` whose byte ranges are all right: each leaves out its own contents and covers the rest. */
export function manySignatures(count: number, cms: Uint8Array): Uint8Array {
  const fields = Array.from({ length: count }, (_, at) => `${100 + 2 * at} 0 R`)
  const objects: Record<number, string> = {
    ...plain,
    1: `<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [${fields.join(' ')}]>>>>`,
    4: streamOf('x'.repeat(8 << 20)),
  }
  const room = (at: number): string => `0 ${String(at).padStart(38, '0')}`
  const contents = Buffer.from(cms).toString('hex')
  for (let at = 0; at < count; at++) {
    objects[100 + 2 * at] = `<</T (s${at}) /FT /Sig /V ${101 + 2 * at} 0 R>>`
    objects[101 + 2 * at] =
      `<</SubFilter /ETSI.CAdES.detached /ByteRange [${room(at)}] /Contents <${contents}>>>`
  }
  const bytes = Buffer.from(rawFile(objects))
  for (let at = 0; at < count; at++) {
    const rangeAt = bytes.indexOf(room(at))
    const from = bytes.indexOf('<', rangeAt)
    const to = from + contents.length + 2
    bytes.write(`0 ${from} ${to} ${bytes.length - to}`.padEnd(40, ' '), rangeAt, 'latin1')
  }
  return new Uint8Array(bytes)
}

/** Revisions of one object each, one behind the other. */
function chained(count: number): Uint8Array {
  let text = Buffer.from(rawFile(plain)).toString('latin1')
  let previous = /startxref\n(\d+)/.exec(text)?.[1] ?? '0'
  const parts = [text]
  let length = text.length
  for (let revision = 0; revision < count; revision++) {
    const object = `9 0 obj\n${revision}\nendobj\n`
    const start = length + object.length
    text = `${object}xref\n9 1\n${String(length).padStart(10, '0')} 00000 n \ntrailer\n<</Size 10 /Root 1 0 R /Prev ${previous}>>\nstartxref\n${start}\n%%EOF\n`
    previous = String(start)
    parts.push(text)
    length += text.length
  }
  return latin(parts.join(''))
}

function withPrevious(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1')
  const start = /startxref\n(\d+)/.exec(text)?.[1] ?? '0'
  return latin(text.replace('/Root 1 0 R', `/Root 1 0 R /Prev ${start}`))
}

function bomb(): Uint8Array {
  const packedZeroes = deflateSync(Buffer.alloc(300 << 20))
  const head = `%PDF-1.5\n1 0 obj\n<</Type /XRef /Size 9 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode /Length ${packedZeroes.length}>>\nstream\n`
  const tail = '\nendstream\nendobj\nstartxref\n9\n%%EOF\n'
  return new Uint8Array(Buffer.concat([Buffer.from(head), packedZeroes, Buffer.from(tail)]))
}

/** Every page is the same array of half a million numbers, which a careless reader parses once for each. */
function overlappingObjects(count: number): Uint8Array {
  const numbers = Array.from({ length: count }, (_, index) => 10 + index)
  const heads = numbers.map((number) => `${number} 0 `).join('')
  return packed(deflateSync(Buffer.from(`${heads}[${'1 '.repeat(500_000)}]`)), count, heads.length)
}

/** Pages 10 to 9 + `count` in one object stream. */
function packed(stream: Buffer, count: number, firstOffset: number, more = ''): Uint8Array {
  const first = 10
  const named = Math.min(count, 20_000)
  const numbers = Array.from({ length: named }, (_, index) => first + index)
  const parts: Buffer[] = [Buffer.from('%PDF-1.5\n')]
  const offsets: number[] = []
  const put = (...pieces: (string | Buffer)[]): void => {
    offsets.push(Buffer.concat(parts).length)
    parts.push(...pieces.map((piece) => Buffer.from(piece)))
  }
  put(`1 0 obj\n${catalog}\nendobj\n`)
  put(
    `2 0 obj\n<</Type /Pages /Count ${named} /Kids [${numbers.map((number) => `${number} 0 R`).join(' ')}]>>\nendobj\n`,
  )
  const entries = `/Type /ObjStm /N ${count} /First ${firstOffset} /Filter /FlateDecode ${more} /Length ${stream.length}`
  put(`3 0 obj\n<<${entries}>>\nstream\n`, stream, '\nendstream\nendobj\n')
  const start = Buffer.concat(parts).length
  const rows = [...offsets.map((offset) => [1, offset, 0]), ...numbers.map((_, index) => [2, 3, index])]
  const table = Buffer.concat(
    rows.map(([type = 0, second = 0, third = 0]) => {
      const row = Buffer.alloc(6)
      row.writeUInt8(type, 0)
      row.writeUIntBE(second, 1, 3)
      row.writeUInt16BE(third, 4)
      return row
    }),
  )
  const index = `/W [1 3 2] /Index [1 3 ${first} ${named}] /Size ${first + named} /Root 1 0 R`
  put(`4 0 obj\n<</Type /XRef ${index} /Length ${table.length}>>\nstream\n`, table, '\nendstream\nendobj\n')
  return new Uint8Array(Buffer.concat([...parts, Buffer.from(`startxref\n${start}\n%%EOF\n`)]))
}
