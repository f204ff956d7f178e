import { onePageObjects } from './oddForms.ts'
import { bytesOf, textOf } from './pieces.ts'
import { rawFile, streamOf } from './rawFile.ts'

const a4 = '/MediaBox [0 0 595 842]'
const helvetica = '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>'

/** Layers: one that is seen, one that is hidden, one that is printed only. */
export const layers = (): Uint8Array =>
  rawFile({
    1: '<</Type /Catalog /Pages 2 0 R /OCProperties <</OCGs [6 0 R 7 0 R 8 0 R] /D <</ON [6 0 R] /OFF [7 0 R 8 0 R] /Order [6 0 R [7 0 R 8 0 R]] /AS [<</Event /Print /OCGs [8 0 R] /Category [/Print]>>]>>>>>>',
    2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    3: `<</Type /Page /Parent 2 0 R ${a4} /Resources <</Font <</F1 5 0 R>> /Properties <</Seen 6 0 R /Hidden 7 0 R /Printed 8 0 R>>>> /Contents 4 0 R>>`,
    4: streamOf(
      '/OC /Seen BDC BT /F1 14 Tf 72 700 Td (To whom it may concern) Tj ET EMC\n/OC /Hidden BDC BT /F1 14 Tf 72 660 Td (Not shown) Tj ET EMC\n/OC /Printed BDC 0.9 g 200 400 200 40 re f EMC',
    ),
    5: helvetica,
    6: '<</Type /OCG /Name (Text)>>',
    7: '<</Type /OCG /Name (Draft)>>',
    8: '<</Type /OCG /Name (Watermark) /Usage <</Print <</PrintState /ON>>>>>>',
  })

/** A form with fields of every kind, some under a common parent, each with its own appearance. */
export function everyField(): Uint8Array {
  const look = (content: string): string =>
    `<</Type /XObject /Subtype /Form /BBox [0 0 120 18] /Resources <</Font <</F1 5 0 R>> >> /Length ${content.length}>>\nstream\n${content}\nendstream`
  const widget = (y: number, more: string): string =>
    `<</Type /Annot /Subtype /Widget /P 3 0 R /F 4 /Rect [72 ${y} 192 ${y + 18}] /DA (/F1 10 Tf 0 g) ${more}>>`
  return rawFile(
    onePageObjects(
      `${a4} /Annots [11 0 R 12 0 R 13 0 R 14 0 R 15 0 R 17 0 R 18 0 R 19 0 R 20 0 R]`,
      '/AcroForm 10 0 R',
      {
        10: '<</Fields [11 0 R 12 0 R 16 0 R 14 0 R 15 0 R 19 0 R 20 0 R 21 0 R] /CO [12 0 R] /Q 0 /DA (/F1 10 Tf 0 g) /DR <</Font <</F1 5 0 R>>>>>>',
        11: widget(600, '/FT /Tx /T (name) /V (Somsri) /AP <</N 30 0 R>>'),
        12: widget(570, '/FT /Tx /Ff 4096 /T (remark) /MaxLen 200'),
        13: widget(
          540,
          '/Parent 21 0 R /T (agreed) /FT /Btn /V /Yes /AS /Yes /AP <</N <</Yes 31 0 R /Off 32 0 R>>>>',
        ),
        14: widget(
          510,
          '/FT /Ch /Ff 131072 /T (province) /Opt [(Khon Kaen) [(NMA) (Korat)]] /V (Khon Kaen) /AP <</N 33 0 R>>',
        ),
        15: widget(480, '/FT /Ch /T (list) /Opt [(one) (two)] /TI 0 /I [1] /V (two) /AP <</N 33 0 R>>'),
        16: '<</FT /Btn /Ff 49152 /T (way) /Kids [17 0 R 18 0 R] /V /mail>>',
        17: widget(450, '/Parent 16 0 R /AS /mail /AP <</N <</mail 31 0 R /Off 32 0 R>>>>'),
        18: widget(420, '/Parent 16 0 R /AS /Off /AP <</N <</fax 31 0 R /Off 32 0 R>>>>'),
        19: widget(390, '/FT /Btn /Ff 65536 /T (send) /MK <</CA (Send) /BG [0.9]>> /AP <</N 33 0 R>>'),
        20: widget(
          360,
          '/FT /Sig /T (approver) /Lock <</Type /SigFieldLock /Action /Include /Fields [(name)]>>',
        ),
        21: '<</T (group) /Kids [13 0 R]>>',
        30: look('/Tx BMC BT /F1 10 Tf 2 5 Td (Somsri) Tj ET EMC'),
        31: look('0 0 18 18 re S 0 0 m 18 18 l S'),
        32: look('0 0 18 18 re S'),
        33: look('/Tx BMC BT /F1 10 Tf 2 5 Td (chosen) Tj ET EMC'),
      },
    ),
  )
}

/** A version in the catalog that is newer than the header's. */
export const versionInCatalog = (): Uint8Array =>
  bytesOf(
    textOf(
      rawFile(
        onePageObjects(a4, '/Version /2.0 /Extensions <</ADBE <</BaseVersion /1.7 /ExtensionLevel 8>>>>'),
      ),
    ).replace('%PDF-1.6', '%PDF-1.3'),
  )

/** A page below forty levels of the tree; boxes, turn and resources come from above, each from another level. */
export function deepTree(): Uint8Array {
  const objects: Record<number, string> = {
    1: '<</Type /Catalog /Pages 10 0 R>>',
    3: '<</Type /Page /Parent 49 0 R /Contents 4 0 R>>',
    4: streamOf('BT /F1 14 Tf 72 700 Td (To whom it may concern) Tj ET'),
    5: helvetica,
  }
  const inherited: Readonly<Record<number, string>> = {
    10: a4,
    20: '/CropBox [20 30 575 812]',
    30: '/Rotate 90',
    40: '/Resources <</Font <</F1 5 0 R>>>>',
    45: '/Rotate 0',
  }
  for (let number = 10; number < 50; number++) {
    const parent = number === 10 ? '' : `/Parent ${number - 1} 0 R`
    const child = number === 49 ? 3 : number + 1
    objects[number] = `<</Type /Pages /Kids [${child} 0 R] /Count 1 ${parent} ${inherited[number] ?? ''}>>`
  }
  return rawFile(objects)
}

/** As many pages as asked, all with the same content. */
export function pagesOf(count: number): Uint8Array {
  const leaves = Array.from({ length: count }, (_, index) => 10 + index)
  const objects: Record<number, string> = {
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: `<</Type /Pages /Kids [${leaves.map((leaf) => `${leaf} 0 R`).join(' ')}] /Count ${count} ${a4}>>`,
    4: streamOf('BT /F1 14 Tf 72 700 Td (To whom it may concern) Tj ET'),
    5: helvetica,
  }
  for (const leaf of leaves)
    objects[leaf] = '<</Type /Page /Parent 2 0 R /Resources <</Font <</F1 5 0 R>>>> /Contents 4 0 R>>'
  return rawFile(objects)
}

/** Comments by people, with replies and pop-ups, and a drawing without an appearance. */
export const commented = (): Uint8Array =>
  rawFile(
    onePageObjects(`${a4} /Annots [6 0 R 7 0 R 8 0 R 9 0 R]`, '', {
      6: '<</Type /Annot /Subtype /Text /Rect [500 780 520 800] /Contents (Please check) /T (Somsri) /Popup 7 0 R /NM (a-1) /F 28 /AP <</N 10 0 R>>>>',
      7: '<</Type /Annot /Subtype /Popup /Rect [400 700 500 780] /Parent 6 0 R /Open false>>',
      8: '<</Type /Annot /Subtype /Text /Rect [500 780 520 800] /Contents (Done) /IRT 6 0 R /RT /R /NM (a-2) /F 30 /AP <</N 10 0 R>>>>',
      9: '<</Type /Annot /Subtype /Highlight /Rect [72 696 230 714] /QuadPoints [72 714 230 714 72 696 230 696] /C [1 1 0] /F 4>>',
      10: '<</Type /XObject /Subtype /Form /BBox [0 0 20 20] /Length 24>>\nstream\n1 1 0 rg 0 0 20 20 re f\nendstream',
    }),
  )
