import { bytesOf, textOf } from './pieces.ts'
import { type RawObjects, rawFile, streamOf } from './rawFile.ts'

const catalog = '<</Type /Catalog /Pages 2 0 R>>'
const font = '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>'
const resources = '/Resources <</Font <</F1 5 0 R>>>>'
const words = 'BT /F1 14 Tf 72 700 Td (To whom it may concern) Tj ET'

/** A page with a line of text; `page` are more entries of it, `catalogEntries` of the catalog. */
export const onePageObjects = (page: string, catalogEntries = '', more: RawObjects = {}): RawObjects => ({
  1: `<</Type /Catalog /Pages 2 0 R ${catalogEntries}>>`,
  2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
  3: `<</Type /Page /Parent 2 0 R ${resources} /Contents 4 0 R ${page}>>`,
  4: streamOf(words),
  5: font,
  ...more,
})

/** The same as a file with a plain table. */
const onePage = (...parts: Parameters<typeof onePageObjects>): Uint8Array => rawFile(onePageObjects(...parts))

/** One page of the given box, in which a letter may stand or not. */
export const boxed = (box: string, more = ''): Uint8Array => onePage(`/MediaBox [${box}] ${more}`)

/** A hundred pages under a tree of ten branches that pass on their /Rotate. */
export function manyPages(): Uint8Array {
  const objects: Record<number, string> = { 1: catalog, 4: streamOf(words), 5: font }
  const branches = Array.from({ length: 10 }, (_, index) => 10 + index)
  const refer = (numbers: readonly number[]): string => numbers.map((number) => `${number} 0 R`).join(' ')
  objects[2] = `<</Type /Pages /Kids [${refer(branches)}] /Count 100 /MediaBox [0 0 595.32 841.92] ${resources}>>`
  for (const branch of branches) {
    const leaves = Array.from({ length: 10 }, (_, index) => 100 + 10 * (branch - 10) + index)
    objects[branch] =
      `<</Type /Pages /Parent 2 0 R /Kids [${refer(leaves)}] /Count 10 /Rotate ${branch === 19 ? 90 : 0}>>`
    for (const leaf of leaves) objects[leaf] = `<</Type /Page /Parent ${branch} 0 R /Contents 4 0 R>>`
  }
  return rawFile(objects)
}

/** Outlines, page labels, a named destination and an open action. */
export const outlined = (): Uint8Array =>
  onePage(
    '/MediaBox [0 0 595 842]',
    '/Outlines 6 0 R /PageMode /UseOutlines /PageLabels <</Nums [0 <</S /r /St 3>>]>> /OpenAction [3 0 R /Fit] /Names <</Dests <</Names [(one) [3 0 R /Fit]]>>>>',
    {
      6: '<</Type /Outlines /First 7 0 R /Last 7 0 R /Count 1>>',
      7: '<</Title (Part one) /Parent 6 0 R /Dest [3 0 R /XYZ 0 842 0]>>',
    },
  )

/** Links in an array of annotations that is an object of its own. */
export const linked = (): Uint8Array =>
  onePage('/MediaBox [0 0 595 842] /Annots 6 0 R', '', {
    6: '[7 0 R <</Type /Annot /Subtype /Link /Rect [72.125 500.0625 200 520.5] /Border [0 0 0] /A <</S /URI /URI (https://www.example.org/)>>>>]',
    7: '<</Type /Annot /Subtype /Link /Rect [72 690 240.333333333 716] /Border [0 0 0] /Dest [3 0 R /Fit]>>',
  })

/** A form with a field that waits for a signature. */
export const waitingField = (): Uint8Array =>
  onePage('/MediaBox [0 0 595 842] /Annots [7 0 R]', '/AcroForm 6 0 R', {
    6: '<</Fields [7 0 R] /SigFlags 1 /DA (/Helv 0 Tf 0 g)>>',
    7: '<</Type /Annot /Subtype /Widget /FT /Sig /T (Approval) /Rect [72 100 272 160] /F 4 /P 3 0 R>>',
  })

/** A form that asks readers to draw its fields; the filled one has an appearance of its own or not. */
export const needingAppearances = (isDrawn: boolean): Uint8Array =>
  onePage(
    '/MediaBox [0 0 595 842] /Annots [7 0 R 9 0 R]',
    '/AcroForm <</Fields [7 0 R 9 0 R] /NeedAppearances true /DA (/F1 12 Tf 0 g) /DR <</Font <</F1 5 0 R>>>>>>',
    {
      7: `<</Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Somsri) /DA (/F1 12 Tf 0 g) /Rect [72 600 272 620] /F 4 /P 3 0 R ${isDrawn ? '/AP <</N 8 0 R>>' : ''}>>`,
      8: '<</Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources <</Font <</F1 5 0 R>>>> /Length 41>>\nstream\nBT /F1 12 Tf 2 5 Td (Somsri) Tj ET       \nendstream',
      9: '<</Type /Annot /Subtype /Widget /FT /Tx /T (remark) /Rect [72 560 272 580] /F 4 /P 3 0 R>>',
    },
  )

/** An attachment, as portfolios and electronic invoices have. */
export const withAttachment = (): Uint8Array =>
  onePage(
    '/MediaBox [0 0 595 842]',
    '/Collection <</View /T>> /AF [7 0 R] /Names <</EmbeddedFiles <</Names [(list.csv) 7 0 R]>>>>',
    {
      6: '<</Type /EmbeddedFile /Subtype /text#2Fcsv /Length 4>>\nstream\na,b\n\nendstream',
      7: '<</Type /Filespec /F (list.csv) /UF (list.csv) /AFRelationship /Data /EF <</F 6 0 R>>>>',
    },
  )

/** An XFA form: readers that know XFA show its template and not the pages. */
export const xfaForm = (): Uint8Array =>
  onePage('/MediaBox [0 0 595 842]', '/AcroForm <</Fields [] /XFA 6 0 R>> /NeedsRendering true', {
    6: streamOf('<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template/></xdp:xdp>'),
  })

/** Numbers with many digits, names with escapes, strings of all kinds on the page and in the form. */
export const oddValues = (): Uint8Array =>
  onePage(
    '/MediaBox [0 0 595.3200073242 841.92] /CropBox [-0.0 .0 595.32000000001 841.9199999] /Annots [] /Odd#20Name [+1 -.5 4. 0.0000000012345 123456789012 (a\\)\\(\\\\\\101\\r\\n) <fEff0E01> /A#42#2f <</N null>>]',
    '/AcroForm <</Fields [] /Q 0 /Blank () >> /Lang (th-TH) /Version /1.7',
  )

/** Line ends of one carriage return each, as old Macintosh programs wrote. */
export const carriageReturns = (bytes: Uint8Array): Uint8Array => bytesOf(textOf(bytes).replace(/\n/g, '\r'))

/** What a mail gateway left behind the end. */
export const withJunkAfter = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.concat([bytes, Buffer.from('\r\n--boundary--\r\n\0\0\0')]))

/** The free entries point to each other, and to objects in use. */
export const brokenFreeList = (): Uint8Array =>
  bytesOf(
    textOf(onePage('/MediaBox [0 0 595 842]', '', { 9: '<<>>' })).replace(
      /0000000000 65535 f (.*?)0000000000 00000 f /s,
      '0000000007 65535 f $10000000003 00007 f ',
    ),
  )

/** startxref is some bytes wrong, so that nothing can be appended that readers would agree about. */
export const wrongStart = (shift: number): Uint8Array =>
  bytesOf(
    textOf(boxed('0 0 595 842')).replace(
      /startxref\n(\d+)/,
      (_, at: string) => `startxref\n${Number(at) + shift}`,
    ),
  )

/** A line of text: where its baseline begins, and what it says. */
export type PlacedLine = readonly [x: number, y: number, text: string]

/** Codes for the characters of `lines`, shown in Helvetica but read as what they stand for. */
function codesFor(lines: readonly PlacedLine[]): { map: string; coded: (text: string) => string } {
  const letters = [...new Set(lines.flatMap(([, , line]) => [...line]))]
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')
  const code = (letter: string): string => hex(0x21 + letters.indexOf(letter), 2)
  const pairs = letters.map((letter) => `<${code(letter)}> <${hex(letter.charCodeAt(0), 4)}>`)
  const map = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /W def /CMapType 2 def 1 begincodespacerange <00> <ff> endcodespacerange ${pairs.length} beginbfchar\n${pairs.join('\n')}\nendbfchar endcmap end end`
  return { map, coded: (text) => `<${[...text].map(code).join('')}>` }
}

/** A4 pages of plain lines in 14 points; a page without lines is empty. */
export function linesOnPages(...pages: readonly (readonly PlacedLine[])[]): Uint8Array {
  const { map, coded } = codesFor(pages.flat())
  const objects: Record<number, string> = {
    1: catalog,
    2: `<</Type /Pages /Kids [${pages.map((_, at) => `${10 + 2 * at} 0 R`).join(' ')}] /Count ${pages.length} /MediaBox [0 0 595.32 841.92] ${resources}>>`,
    5: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R>>',
    6: streamOf(map),
  }
  for (const [at, lines] of pages.entries()) {
    const shown = lines.map(([x, y, line]) => `BT /F1 14 Tf ${x} ${y} Td ${coded(line)} Tj ET`)
    objects[10 + 2 * at] = `<</Type /Page /Parent 2 0 R /Contents ${11 + 2 * at} 0 R>>`
    objects[11 + 2 * at] = streamOf(shown.join('\n'))
  }
  return rawFile(objects)
}

/** A page that shows an object which does not exist, beyond the greatest number. */
export const danglingReference = (): Uint8Array =>
  onePage('/MediaBox [0 0 595 842] /Thumb 8 0 R', '', { 6: '<<>>' })

/** A document whose outline is not PDF syntax. */
export const unreadableObject = (): Uint8Array =>
  onePage('/MediaBox [0 0 595 842]', '/Outlines 6 0 R', { 6: '<</Title (open /Count 1' })

/**
 * As Word writes: a tagged page in Thai whose marks follow spaces when copied, structure in an object stream, and a
 * second, empty cross-reference section that leads to the cross-reference stream.
 */
export function wordLetter(): Uint8Array {
  const lines: PlacedLine[] = [
    [72, 760, 'ท ี ่ สปสช'],
    [340, 760, 'ส ำน ักงานหล ักประก ันส ุขภาพแห่งชาต ิ'],
    [72, 690, 'เร ื่ อง ขอเช ิญประช ุม'],
    [72, 660, 'เร ียน ผ ู้อำนวยการโรงพยาบาล'],
    [100, 620, 'ด ้วยสำน ักงานกำหนดจ ัดประช ุม'],
    [300, 420, 'ขอแสดงความน ับถ ือ'],
    [300, 320, '(นายแพทย์ธ ีรว ัฒน์ ศร ีส ุขส ันต์)'],
  ]
  const { map, coded } = codesFor(lines)
  const shown = lines.map(
    ([x, y, line], index) =>
      `/P <</MCID ${index}>> BDC BT /F1 11.04 Tf 1 0 0 1 ${x} ${y} Tm ${coded(line)} Tj ET EMC`,
  )
  const elements = lines.map((_, index) => `<</Type /StructElem /S /P /P 8 0 R /Pg 3 0 R /K ${index}>>`)
  const numbers = lines.map((_, index) => 20 + index)
  const refer = numbers.map((number) => `${number} 0 R`).join(' ')
  const bytes = rawFile(
    {
      1: '<</Type/Catalog/Pages 2 0 R/Lang(th)/StructTreeRoot 8 0 R/MarkInfo<</Marked true>>/ViewerPreferences 9 0 R>>',
      2: '<</Type/Pages/Count 1/Kids[3 0 R]>>',
      3: '<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 5 0 R>>/ExtGState<</GS7 7 0 R>>/ProcSet[/PDF/Text]>>/MediaBox[0 0 595.32 841.92]/Contents 4 0 R/Group<</Type/Group/S/Transparency/CS/DeviceRGB>>/Tabs/S/StructParents 0>>',
      4: streamOf(`/GS7 gs\n${shown.join('\n')}`),
      5: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>',
      6: streamOf(map),
      7: '<</Type/ExtGState/BM/Normal/ca 1>>',
      8: `<</Type/StructTreeRoot/K 20 0 R/ParentTree 10 0 R/ParentTreeNextKey 1>>`,
      9: '<</DisplayDocTitle true>>',
      10: `<</Nums[0[${refer}]]>>`,
    },
    { hidden: Object.fromEntries(elements.map((element, index) => [numbers[index], element])) },
  )
  const written = textOf(bytes)
  const [, trailer, start] = /trailer\n(<<.*>>)\nstartxref\n(\d+)/.exec(written) ?? []
  const second = `${trailer?.slice(0, -2)} /Prev ${start}>>`
  return bytesOf(`${written}xref\n0 0\ntrailer\n${second}\nstartxref\n${written.length}\n%%EOF`)
}

/** The same file with PDF 2.0 in its header. */
export const version2 = (bytes: Uint8Array): Uint8Array =>
  bytesOf(textOf(bytes).replace('%PDF-1.6', '%PDF-2.0'))
