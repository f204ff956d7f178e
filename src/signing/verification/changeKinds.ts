/** What may be appended to a signed file (ISO 32000-2, 12.8.2.2; ETSI EN 319 142-1, 5.4), by code. */
const permittedChanges = {
  annotation: { th: 'ประทับหรือเขียนเพิ่มบนหน้า', en: 'A mark was put on a page.' },
  'form-filled': { th: 'กรอกช่องของแบบฟอร์ม', en: 'A field of the form was filled in.' },
  signature: { th: 'ลงลายมือชื่อเพิ่ม', en: 'A signature was added.' },
  'signature-field': { th: 'เพิ่มช่องสำหรับลงลายมือชื่อ', en: 'An empty signature field was added.' },
  'document-timestamp': { th: 'ประทับเวลาทั้งเอกสาร', en: 'A document time-stamp was added.' },
  'security-store': { th: 'เพิ่มข้อมูลตรวจสอบระยะยาว', en: 'Validation data was added (DSS).' },
  metadata: { th: 'แก้คำอธิบายไฟล์', en: 'Properties of the file were changed.' },
  certification: { th: 'ผู้จัดทำรับรองเอกสาร', en: 'The author certified the document.' },
  structure: { th: 'ปรับโครงสร้างที่ผู้อ่านไม่เห็น', en: 'Structure that nobody sees was changed.' },
} as const satisfies Words

/** What nobody may do to a signed file, named by the known attack where there is one. */
export const suspiciousChanges = {
  'incremental-saving': {
    th: 'เนื้อหาของหน้าถูกแทนที่ด้วยการบันทึกต่อท้ายหลังลงนาม',
    en: 'What a page shows was replaced by what was appended (incremental saving attack).',
  },
  'pages-changed': {
    th: 'หน้าถูกเพิ่ม ถอด สลับ หรือเปลี่ยนขนาดหลังลงนาม',
    en: 'Pages were added, taken out, put into another order or resized after signing.',
  },
  'shadow-hide': {
    th: 'สิ่งที่เคยแสดงหรือปิดทับอยู่ถูกถอดออกหลังลงนาม',
    en: 'Something that showed on the page or covered it was taken away (shadow attack: hide).',
  },
  'shadow-replace': {
    th: 'แบบอักษรหรือรูปลักษณ์ของช่องกรอกถูกเปลี่ยนให้แสดงไม่ตรงกับข้อมูลที่ลงนาม',
    en: 'A font or the look of a field was exchanged, so that other text shows (shadow attack: replace).',
  },
  'shadow-hide-and-replace': {
    th: 'เนื้อหาที่ซ่อนเตรียมไว้ก่อนลงนามถูกสลับขึ้นมาแสดง',
    en: 'Content that was prepared before signing was put in place of what showed (shadow attack: hide and replace).',
  },
  'evil-annotation': {
    th: 'หมายเหตุที่เพิ่มหลังลงนามปิดบังหรือเปลี่ยนสิ่งที่ผู้อ่านเห็น',
    en: 'An annotation hides or alters what a reader sees of the signed page (evil annotation attack).',
  },
  'sneaky-signature': {
    th: 'กรอบลายมือชื่อที่เพิ่มภายหลังปิดบังหรือเปลี่ยนสิ่งที่ผู้อ่านเห็น',
    en: 'A signature field hides or alters what a reader sees of the signed page (sneaky signature attack).',
  },
  'annotation-changed': {
    th: 'หมายเหตุหรือกรอบลายมือชื่อที่ลงนามไว้ถูกแก้',
    en: 'An annotation or signature block that was signed over was changed.',
  },
  'form-field-added': {
    th: 'มีการเพิ่มช่องกรอกหลังลงนาม',
    en: 'A field that is no signature was added to the form after signing.',
  },
  'form-field-changed': {
    th: 'ช่องของแบบฟอร์มถูกแก้เกินกว่าการกรอก หรือค่าที่ลงนามแล้วถูกเปลี่ยน',
    en: 'A field was changed beyond being filled in, or a value that was signed over was changed.',
  },
  'field-locked': {
    th: 'ช่องที่ผู้ลงนามล็อกไว้ถูกแก้',
    en: 'A field was changed that a signer had locked (FieldMDP).',
  },
  'certification-violated': {
    th: 'มีการแก้ไขที่ผู้รับรองเอกสารไม่อนุญาต',
    en: 'Something was done that the certification or a signer’s lock forbids (DocMDP).',
  },
  'certification-added': {
    th: 'มีการเพิ่มหรือแก้สิทธิ์ของเอกสารหลังลงนาม',
    en: 'Permissions of the document were added or changed after signing.',
  },
  'scripts-added': {
    th: 'มีการเพิ่มหรือแก้คำสั่งอัตโนมัติ ลิงก์ หรือการกระทำหลังลงนาม',
    en: 'A script, a link or another action was added or changed after signing.',
  },
  'layers-changed': {
    th: 'ชั้นการแสดงผลถูกเปลี่ยนหลังลงนาม',
    en: 'Optional content was changed, so that layers show or hide otherwise.',
  },
  'xfa-changed': {
    th: 'แบบฟอร์ม XFA ซึ่งแสดงแทนหน้าเอกสารถูกเพิ่มหรือแก้หลังลงนาม',
    en: 'An XFA form, which readers show in place of the pages, was added or changed.',
  },
  'embedded-file': {
    th: 'มีการเพิ่มหรือแก้ไฟล์แนบใน PDF หลังลงนาม',
    en: 'A file inside the PDF was added or changed after signing.',
  },
  'cross-reference-forged': {
    th: 'ตารางตำแหน่งข้อมูลถูกเขียนใหม่ให้ไม่ต่อจากฉบับที่ลงนาม หรือให้แต่ละโปรแกรมอ่านไม่ตรงกัน',
    en: 'The cross-references do not continue those of the signed revision, or programs read them differently.',
  },
  'catalog-swapped': {
    th: 'รากของเอกสารถูกสลับหรือแก้หลังลงนาม',
    en: 'The document’s catalog was exchanged or changed after signing.',
  },
  'ink-unsettled': {
    th: 'วาดหน้าเพื่อดูว่ามีสิ่งใดถูกปิดบังไม่ได้ในเวลาที่กำหนด',
    en: 'The pages could not be drawn in time to see whether anything is hidden.',
  },
  'change-unexplained': {
    th: 'มีการแก้ไขหลังลงนามที่อธิบายไม่ได้',
    en: 'Something was changed after signing that is not understood.',
  },
} as const satisfies Words

type Words = Readonly<Record<string, { readonly th: string; readonly en: string }>>

/** The code of a change that is permitted as such; certification and locks may still forbid it. */
type PermittedChange = keyof typeof permittedChanges
/** The code of a change that makes a signature invalid. */
export type SuspiciousChange = keyof typeof suspiciousChanges

/** One change between two revisions of a file. */
export interface Change {
  readonly kind: PermittedChange | SuspiciousChange
  /** The number of the object that was changed or added, where one can be named. */
  readonly object?: number
  /** The page that it is on, counted from 1. */
  readonly page?: number
  /** The whole name of the form field. */
  readonly field?: string
}

/** Whether the change makes the signatures before it invalid. */
export const isSuspicious = (change: Change): change is Change & { readonly kind: SuspiciousChange } =>
  Object.hasOwn(suspiciousChanges, change.kind)

/** What a change is, in Thai and English. */
export const changeWords = ({ kind }: Change): { readonly th: string; readonly en: string } =>
  Object.hasOwn(permittedChanges, kind)
    ? permittedChanges[kind as PermittedChange]
    : suspiciousChanges[kind as SuspiciousChange]
