import { rawFile, streamOf } from '../pdf/rawFile.ts'

/** Object numbers of the target that attacks name. */
export const parts = {
  catalog: 1,
  pages: 2,
  page: 3,
  content: 4,
  font: 5,
  form: 6,
  resources: 9,
  cover: 10,
  layer: 11,
  textField: 12,
  checkBox: 13,
  choiceField: 14,
  readOnlyField: 15,
  signatureField: 16,
  filledField: 17,
  hiddenPages: 30,
  hiddenPage: 31,
  hiddenContent: 32,
  look: 40,
  metadata: 41,
} as const

/**
 * A contract that its author may have prepared for any attack: covers, layers, pages and texts that nobody sees yet, a
 * form whose fields are empty but for one, and a field that waits for a signature. Pages 1 to 3 say what they are.
 */
export const target = (): Uint8Array =>
  rawFile(
    {
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /Metadata 41 0 R /OCProperties <</OCGs [11 0 R] /D <</ON [11 0 R]>>>> /Version /1.6>>',
      2: '<</Type /Pages /Kids [3 0 R 7 0 R 8 0 R] /Count 3 /MediaBox [0 0 595 842]>>',
      3: '<</Type /Page /Parent 2 0 R /Resources 9 0 R /Contents 4 0 R /Annots [12 0 R 13 0 R 14 0 R 15 0 R 16 0 R 17 0 R 18 0 R]>>',
      4: streamOf(
        'BT /F1 16 Tf 72 700 Td (Pay 100 baht to the hospital) Tj ET /Cover Do BT /F1 16 Tf 72 650 Td (The sum is 1,888,000 baht) Tj ET',
      ),
      5: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>',
      6: '<</Fields [12 0 R 13 0 R 14 0 R 15 0 R 16 0 R 17 0 R] /DA (/F1 12 Tf 0 g) /DR <</Font <</F1 5 0 R>>>>>>',
      7: '<</Type /Page /Parent 2 0 R /Resources 9 0 R /Contents 20 0 R>>',
      8: '<</Type /Page /Parent 2 0 R /Resources 9 0 R /Contents 21 0 R>>',
      9: '<</Font <</F1 5 0 R>> /XObject <</Cover 10 0 R>> /Properties <</Layer 11 0 R>>>>',
      10: '<</Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length 26>>\nstream\n0 0.4 0 rg 0 0 20 20 re f \nendstream',
      11: '<</Type /OCG /Name (Layer)>>',
      12: '<</Type /Annot /Subtype /Widget /FT /Tx /T (amount) /Rect [72 500 272 520] /F 4 /P 3 0 R>>',
      13: '<</Type /Annot /Subtype /Widget /FT /Btn /T (agreed) /Rect [72 460 92 480] /F 4 /P 3 0 R /V /Off /AS /Off /AP <</N <</Yes 22 0 R /Off 23 0 R>>>>>>',
      14: '<</Type /Annot /Subtype /Widget /FT /Ch /Ff 131072 /T (bank) /Opt [[(1) (Krung Thai)] [(2) (Omsin)]] /Rect [72 420 272 440] /F 4 /P 3 0 R>>',
      15: '<</Type /Annot /Subtype /Widget /FT /Tx /Ff 1 /T (total) /Rect [72 380 272 400] /F 4 /P 3 0 R>>',
      16: '<</Type /Annot /Subtype /Widget /FT /Sig /T (Approval) /Rect [72 300 272 360] /F 4 /P 3 0 R>>',
      17: '<</Type /Annot /Subtype /Widget /FT /Tx /T (payee) /V (Hospital) /Rect [300 500 500 520] /F 4 /P 3 0 R /AP <</N 24 0 R>>>>',
      18: '<</Type /Annot /Subtype /Stamp /Rect [300 300 400 340] /F 4 /AP <</N 40 0 R>> /P 3 0 R>>',
      20: streamOf('BT /F1 16 Tf 72 700 Td (Page two) Tj ET'),
      21: streamOf('BT /F1 16 Tf 72 700 Td (Page three) Tj ET'),
      22: '<</Type /XObject /Subtype /Form /BBox [0 0 20 20] /Length 27>>\nstream\n2 w 2 2 m 18 18 l S        \nendstream',
      23: '<</Type /XObject /Subtype /Form /BBox [0 0 20 20] /Length 1>>\nstream\n \nendstream',
      24: textLook('Hospital'),
      30: '<</Type /Pages /Kids [31 0 R] /Count 1 /MediaBox [0 0 595 842]>>',
      31: '<</Type /Page /Parent 30 0 R /Resources 9 0 R /Contents 32 0 R>>',
      32: streamOf('BT /F1 16 Tf 72 700 Td (Pay 999,999 baht to me) Tj ET'),
      40: textLook('STAMP'),
      41: '<</Type /Metadata /Subtype /XML /Length 1>>\nstream\n \nendstream',
    },
    { trailer: '/Info <</Title (Contract)>>' },
  )

/** The look of a text field that shows `text`, in PDF syntax. */
export function textLook(text: string, operators = ''): string {
  const content = `/Tx BMC q BT /F1 12 Tf 0 g 2 5 Td (${text}) Tj ET Q EMC ${operators}`
  return `<</Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources <</Font <</F1 5 0 R>>>> /Length ${content.length}>>\nstream\n${content}\nendstream`
}
