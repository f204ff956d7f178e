/** Objects in PDF syntax by number. */
export type RawObjects = Readonly<Record<number, string>>

/** Options of a file that is written by hand. */
export interface RawOptions {
  readonly trailer?: string
  /** Objects that only a hybrid file's cross-reference stream knows, in an object stream (7.5.8.4). */
  readonly hidden?: RawObjects
}

/** Writes a PDF with a cross-reference table from objects in PDF syntax; object 1 is the catalog. */
export function rawFile(objects: RawObjects, options: RawOptions = {}): Uint8Array {
  let text = '%PDF-1.6\n%\u00e2\u00e3\u00cf\u00d3\n'
  const offsets = new Map<number, number>()
  const put = (number: number, body: string): void => {
    offsets.set(number, text.length)
    text += `${number} 0 obj\n${body}\nendobj\n`
  }
  for (const [number, body] of Object.entries(objects)) put(Number(number), body)
  const hybrid = options.hidden === undefined ? undefined : writeHidden(options.hidden, objects, put, offsets)
  const size = Math.max(...offsets.keys(), ...Object.keys(options.hidden ?? {}).map(Number)) + 1
  const start = text.length
  text += `xref\n0 ${size}\n0000000000 65535 f \n`
  for (let number = 1; number < size; number++) {
    const offset = offsets.get(number)
    text += offset === undefined ? '0000000000 00000 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`
  }
  const xrefStream = hybrid === undefined ? '' : ` /XRefStm ${hybrid}`
  text += `trailer\n<</Size ${size} /Root 1 0 R${xrefStream} ${options.trailer ?? ''}>>\nstartxref\n${start}\n%%EOF\n`
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

function writeHidden(
  hidden: RawObjects,
  objects: RawObjects,
  put: (number: number, body: string) => void,
  offsets: ReadonlyMap<number, number>,
): number {
  const numbers = Object.keys(hidden).map(Number)
  const streamNumber = Math.max(...numbers, ...Object.keys(objects).map(Number)) + 1
  let heads = ''
  let bodies = ''
  for (const number of numbers) {
    heads += `${number} ${bodies.length} `
    bodies += `${hidden[number]} `
  }
  const data = heads + bodies
  put(
    streamNumber,
    `<</Type /ObjStm /N ${numbers.length} /First ${heads.length} /Length ${data.length}>>\nstream\n${data}\nendstream`,
  )
  const rows = numbers.map((_, index) => String.fromCharCode(2, 0, streamNumber, index)).join('')
  const index = numbers.map((number) => `${number} 1`).join(' ')
  const own = streamNumber + 1
  put(
    own,
    `<</Type /XRef /Size ${own + 1} /W [1 2 1] /Index [${index}] /Length ${rows.length}>>\nstream\n${rows}\nendstream`,
  )
  return offsets.get(own) ?? 0
}

export const streamOf = (content: string): string =>
  `<</Length ${content.length}>>\nstream\n${content}\nendstream`

/** Where the visible part of the blank page begins. */
export interface BlankPage {
  readonly mediaBox?: string
  readonly cropBox?: string
  readonly rotate?: number
}

/** One page with a word on it; MediaBox, CropBox, Rotate and Resources are inherited, /Annots is absent. */
export function inheritingFile(page: BlankPage = {}): Uint8Array {
  const box = `/MediaBox [${page.mediaBox ?? '0 0 595 842'}]`
  const crop = page.cropBox === undefined ? '' : `/CropBox [${page.cropBox}]`
  const rotate = page.rotate === undefined ? '' : `/Rotate ${page.rotate}`
  return rawFile({
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: `<</Type /Pages /Kids [3 0 R] /Count 1 ${box} ${crop} ${rotate} /Resources <</Font <</F1 5 0 R>>>>>>`,
    3: '<</Type /Page /Parent 2 0 R /Contents 4 0 R>>',
    4: streamOf('BT /F1 18 Tf 300 420 Td (middle) Tj ET'),
    5: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
  })
}

/** A page that is written on all over, but less so in a band across it. */
export function fullPage(): Uint8Array {
  let lines = ''
  for (let y = 4; y < 842; y += y > 300 && y < 380 ? 24 : 6) lines += `0 ${y} m 595 ${y} l S\n`
  return rawFile({
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>> /Contents 4 0 R>>',
    4: streamOf(`2 w\n${lines}`),
  })
}

/** Two pages that share one indirect /Annots array, and a form with a filled text field. */
export const formFile = (): Uint8Array =>
  rawFile({
    1: '<</Type /Catalog /Pages 2 0 R /AcroForm 6 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842]>>',
    3: '<</Type /Page /Parent 2 0 R /Annots 7 0 R /Resources <<>>>>',
    4: '<</Type /Page /Parent 2 0 R /Annots 7 0 R /Resources <<>>>>',
    5: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
    6: '<</Fields [8 0 R] /DR <</Font <</Helv 5 0 R>>>> /DA (/Helv 12 Tf 0 g)>>',
    7: '[8 0 R]',
    8: '<</Type /Annot /Subtype /Widget /FT /Tx /T (applicant) /V (Somchai) /Rect [100 700 300 720] /F 4 /P 3 0 R>>',
  })

/** A hybrid file: the form's field is known to its cross-reference stream alone. */
export const hybridFile = (): Uint8Array =>
  rawFile(
    {
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [6 0 R]>>>>',
      2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
      3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <</Font <</F1 5 0 R>>>> /Contents 4 0 R>>',
      4: streamOf('BT /F1 18 Tf 100 700 Td (hybrid) Tj ET'),
      5: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
    },
    { hidden: { 6: '<</FT /Tx /T (remark) /V (kept)>>' } },
  )

/** A file whose author certified it: `allowed` is DocMDP's /P. */
export const certifiedFile = (allowed: 1 | 2 | 3): Uint8Array =>
  rawFile({
    1: '<</Type /Catalog /Pages 2 0 R /Perms <</DocMDP 4 0 R>>>>',
    2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>>>>',
    4: `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Reference [<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</Type /TransformParams /P ${allowed} /V /1.2>>>>]>>`,
  })
