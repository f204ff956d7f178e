import { rawFile, streamOf } from '../pdf/rawFile.ts'

/** A form on one page: `objects` are numbered from 10 on; `fields` and `annotations` name those that are in either. */
export interface FieldForm {
  readonly objects: Readonly<Record<number, string>>
  readonly fields: readonly number[]
  readonly annotations: readonly number[]
  readonly rotate?: 0 | 90 | 180 | 270
}

const listed = (numbers: readonly number[]): string => numbers.map((number) => `${number} 0 R`).join(' ')

/** Writes the form by hand. The page has 595 × 842 points before it is turned. */
export const fieldForm = ({ objects, fields, annotations, rotate = 0 }: FieldForm): Uint8Array =>
  rawFile({
    1: '<</Type /Catalog /Pages 2 0 R /AcroForm 4 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    3: `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate ${rotate} /Annots [${listed(annotations)}] /Resources <</Font <</F1 6 0 R>>>> /Contents 5 0 R>>`,
    4: `<</Fields [${listed(fields)}] /DR <</Font <</Helv 6 0 R>>>> /DA (/Helv 12 Tf 0 g)>>`,
    5: streamOf('BT /F1 18 Tf 100 780 Td (Order 12/2569) Tj ET'),
    6: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
    ...objects,
  })

/** A form with one empty signature field named `approval`, its own widget; `more` is added to its dictionary. */
export const approvalForm = (more = '', rotate: FieldForm['rotate'] = 0): Uint8Array =>
  fieldForm({
    objects: { 10: `<<${approvalWidget} /FT /Sig /T (approval) ${more}>>` },
    fields: [10],
    annotations: [10],
    rotate,
  })

/** A widget of 240 × 80 points. */
export const approvalWidget =
  '/Type /Annot /Subtype /Widget /Rect [300 100 540 180] /F 4 /P 3 0 R /MK <</BC [0 0 0]>>'
