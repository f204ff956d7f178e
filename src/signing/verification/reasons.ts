import { suspiciousChanges } from './changeKinds.ts'

/** Why a signature has its verdict: the code goes into JSON, the sentences to people. */
export const reasons = {
  ...suspiciousChanges,
  'universal-forgery': {
    th: 'ลายมือชื่อไม่มีช่วงข้อมูลหรือไม่มีข้อมูลลายมือชื่อ เป็นการปลอมลายมือชื่อแบบครอบจักรวาล',
    en: 'The signature has no usable byte range or no contents (universal signature forgery).',
  },
  'signature-wrapping': {
    th: 'ช่วงข้อมูลชี้ไปที่อื่นซึ่งไม่ใช่ลายมือชื่อนี้ เป็นการย้ายส่วนที่ลงนามไปห่อหุ้มเนื้อหาใหม่',
    en: 'The byte range leaves out something other than this signature (signature wrapping attack).',
  },
  'range-spoofed': {
    th: 'ช่วงข้อมูลเว้นที่ไว้มากกว่าตัวลายมือชื่อ หรือไม่ถึงสิ้นสุดฉบับ',
    en: 'The byte range leaves room for more than the signature, or does not reach its revision’s end (spoofed byte range).',
  },
  'signature-dictionary': {
    th: 'พจนานุกรมของลายมือชื่อเขียนไว้ให้แต่ละโปรแกรมอ่านไม่ตรงกัน',
    en: 'The signature dictionary is written so that programs read it differently.',
  },
  'range-wrong': {
    th: 'ช่วงข้อมูลที่ลายมือชื่อคุ้มครองไม่ถูกต้อง',
    en: 'The range of bytes that the signature states is not right.',
  },
  'too-many-signatures': {
    th: 'ไฟล์มีลายมือชื่อมากเกินกว่าจะตรวจได้',
    en: 'The file has more signatures than are examined.',
  },
  'cms-unreadable': { th: 'อ่านข้อมูลลายมือชื่อไม่ได้', en: 'The signature’s data cannot be read.' },
  'format-unknown': {
    th: 'ไม่รู้จักรูปแบบของลายมือชื่อ',
    en: 'The format of the signature is not known.',
  },
  'signer-count': {
    th: 'ข้อมูลลายมือชื่อต้องมีผู้ลงนามหนึ่งคนเท่านั้น',
    en: 'The signature’s data must have exactly one signer.',
  },
  'certificate-missing': {
    th: 'ไม่มีใบรับรองของผู้ลงนามในไฟล์',
    en: 'The signer’s certificate is not in the file.',
  },
  'certificate-swapped': {
    th: 'ใบรับรองในไฟล์ไม่ใช่ใบที่ใช้ลงนาม',
    en: 'The certificate in the file is not the one that was signed with.',
  },
  'certificate-unbound': {
    th: 'ลายมือชื่อไม่ได้ผูกกับใบรับรองของผู้ลงนาม',
    en: 'The signature is not bound to the signer’s certificate.',
  },
  'certificate-usage': {
    th: 'ใบรับรองไม่ได้ออกให้ใช้ลงนาม',
    en: 'The certificate was not issued for signing.',
  },
  'algorithm-refused': {
    th: 'ลายมือชื่อใช้วิธีที่ไม่ปลอดภัยหรือไม่รู้จัก',
    en: 'The signature uses an algorithm that is weak or unknown.',
  },
  'digest-mismatch': {
    th: 'เนื้อหาถูกแก้หลังลงนาม',
    en: 'The content was changed after signing.',
  },
  'signature-mismatch': {
    th: 'ลายมือชื่อไม่ตรงกับกุญแจของผู้ลงนาม',
    en: 'The signature does not match the signer’s key.',
  },
  'changed-after-signing': {
    th: 'สิ่งที่ผู้อ่านเห็นถูกแก้หลังลงนาม',
    en: 'What a reader sees was changed after signing.',
  },
  'changes-unreadable': {
    th: 'อ่านส่วนที่เพิ่มหลังลงนามไม่ได้',
    en: 'What was added after signing cannot be read.',
  },
  'marks-after-signing': {
    th: 'มีการประทับหรือเขียนเพิ่มหลังลงนาม',
    en: 'Marks were added after signing.',
  },
  'fields-after-signing': {
    th: 'มีการกรอกแบบฟอร์มหลังลงนาม',
    en: 'Fields of the form were filled in after signing.',
  },
  'active-content': {
    th: 'ไฟล์มีคำสั่งอัตโนมัติหรือส่วนที่แสดงผลเปลี่ยนไปเองได้',
    en: 'The file has scripts, actions or layers that may change what it shows by themselves.',
  },
  'chain-untrusted': {
    th: 'ผู้ออกใบรับรองไม่อยู่ในรายชื่อที่เชื่อถือ',
    en: 'The certificate’s issuer is not trusted.',
  },
  'chain-incomplete': {
    th: 'ไม่มีใบรับรองของผู้ออกใบรับรอง',
    en: 'The certificate of the issuer is missing.',
  },
  'chain-expired': {
    th: 'ใบรับรองไม่อยู่ในช่วงเวลาใช้งาน',
    en: 'A certificate is not within its time of validity.',
  },
  'certificate-revoked': {
    th: 'ใบรับรองถูกเพิกถอนก่อนเวลาที่พิสูจน์ได้ว่าลงนาม',
    en: 'A certificate was revoked before the time at which the signature is proven to have existed.',
  },
  'revocation-unsettled': {
    th: 'ยังตรวจไม่ได้ว่าใบรับรองถูกเพิกถอนหรือไม่ เพราะไม่มีหลักฐานและติดต่อผู้ออกใบรับรองไม่ได้',
    en: 'Whether a certificate was revoked could not be settled: there is no evidence, and its issuer was not reached.',
  },
  'revocation-not-checked': {
    th: 'ยังไม่ได้ตรวจว่าใบรับรองถูกเพิกถอนหรือไม่',
    en: 'Whether the certificate was revoked has not been checked.',
  },
  'timestamp-invalid': {
    th: 'ตราประทับเวลาไม่ถูกต้อง',
    en: 'The time-stamp is not valid.',
  },
  'timestamp-expired': {
    th: 'ใบรับรองของตราประทับเวลาหมดอายุแล้ว และไม่มีตราประทับเวลาที่ใหม่กว่าคุ้มครอง',
    en: 'The time-stamp’s certificate has expired, and no later time-stamp covers it.',
  },
  'timestamp-revoked': {
    th: 'ใบรับรองของตราประทับเวลาถูกเพิกถอน',
    en: 'The time-stamp’s certificate was revoked.',
  },
  'timestamp-untrusted': {
    th: 'ผู้ออกตราประทับเวลาไม่อยู่ในรายชื่อที่เชื่อถือ',
    en: 'The time-stamp’s issuer is not trusted.',
  },
} as const satisfies Record<string, { readonly th: string; readonly en: string }>

/** The code of a reason. */
export type Reason = keyof typeof reasons
