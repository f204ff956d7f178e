import { letterRefusals } from './refusals/letters.ts'

/**
 * Every expected failure of the program: one row for each code. `th` and `en` say what happened and what did not
 * change; `nextTh` and `nextEn` say what to do now. {name} is filled from the refusal's detail.
 */
export const refusals = {
  ...letterRefusals,

  // Files
  'file-not-pdf': {
    th: 'ไฟล์นี้ไม่ใช่ PDF จึงยังไม่ได้นำเข้า',
    en: 'This file is not a PDF. It was not imported.',
    nextTh: 'บันทึกเอกสารเป็น PDF แล้วนำเข้าใหม่',
    nextEn: 'Save the document as PDF and import it again.',
  },
  'file-encrypted': {
    th: 'ไฟล์ PDF นี้ตั้งรหัสผ่านหรือเข้ารหัสไว้ จึงเพิ่มเลขและลายมือชื่อไม่ได้',
    en: 'This PDF is encrypted, so a number and a signature cannot be added.',
    nextTh: 'บันทึกสำเนาที่ไม่มีรหัสผ่านแล้วนำเข้าใหม่',
    nextEn: 'Save a copy without a password and import that.',
  },
  'file-damaged': {
    th: 'ไฟล์ PDF นี้เสียหาย อ่านไม่ครบ จึงยังไม่ได้แก้อะไร',
    en: 'This PDF is damaged and cannot be read whole. Nothing was changed.',
    nextTh: 'ขอไฟล์จากผู้ส่งใหม่ หรือพิมพ์เป็น PDF อีกครั้ง',
    nextEn: 'Ask the sender for the file again, or print it to PDF once more.',
  },
  'file-needs-password': {
    th: 'ไฟล์ PDF นี้ต้องใช้รหัสผ่านจึงจะเปิดได้',
    en: 'This PDF cannot be opened without its password.',
    nextTh: 'ขอสำเนาที่ไม่มีรหัสผ่านจากผู้ส่ง',
    nextEn: 'Ask the sender for a copy without a password.',
  },
  'repair-signed': {
    th: 'ไฟล์นี้มีลายมือชื่ออยู่ การซ่อมจะทำให้ลายมือชื่อใช้ไม่ได้ จึงไม่ซ่อม',
    en: 'This file is signed, and repairing it would void its signatures. It was not repaired.',
    nextTh: 'ขอไฟล์ที่สมบูรณ์จากผู้ส่ง',
    nextEn: 'Ask the sender for a sound copy.',
  },
  'repair-failed': {
    th: 'ซ่อมไฟล์นี้ไม่ได้ เพราะกู้คืนไม่ได้ครบทุกหน้า ไฟล์เดิมไม่ถูกแก้',
    en: 'This file cannot be repaired: not all of its pages could be recovered. It is unchanged.',
    nextTh: 'ขอไฟล์จากผู้ส่งใหม่ หรือสแกนจากต้นฉบับกระดาษ',
    nextEn: 'Ask the sender for the file again, or scan the paper.',
  },
  'file-too-large': {
    th: 'ไฟล์ใหญ่ {megabytes} MB เกินกำหนด {limit} MB จึงยังไม่ได้นำเข้า',
    en: 'The file has {megabytes} MB, over the limit of {limit} MB. It was not imported.',
    nextTh: 'ลดขนาดภาพสแกน หรือแยกสิ่งที่ส่งมาด้วยเป็นอีกไฟล์',
    nextEn: 'Reduce the scan, or put the enclosures into a file of their own.',
  },
  'file-changes-forbidden': {
    th: 'ไฟล์นี้รับรองไว้ว่าห้ามเพิ่มหรือแก้ จึงเพิ่มเลขและลายมือชื่อไม่ได้',
    en: 'This file is certified against changes, so nothing can be added to it.',
    nextTh: 'ใช้ใบสั่งการแยกต่างหาก',
    nextEn: 'Use a separate endorsement sheet.',
  },
  'file-form-unsettled': {
    th: 'ไฟล์นี้เป็นแบบฟอร์มที่แต่ละโปรแกรมแสดงไม่เหมือนกัน จึงเพิ่มเลขและลายมือชื่อไม่ได้',
    en: 'This file is a form that every reader draws in its own way, so a number and a signature cannot be added.',
    nextTh: 'พิมพ์แบบฟอร์มเป็น PDF แล้วนำเข้าไฟล์ที่ได้',
    nextEn: 'Print the form to PDF and import that file.',
  },
  'file-signed-already': {
    th: 'ไฟล์นี้มีลายมือชื่อแล้ว จึงรับรองเอกสารไม่ได้ การรับรองต้องเป็นลายมือชื่อแรก',
    en: 'This file is signed already, so it cannot be certified: a certification has to be the first signature.',
    nextTh: 'ลงนามโดยไม่รับรอง หรือรับรองฉบับที่ยังไม่มีลายมือชื่อ',
    nextEn: 'Sign without certifying, or certify a copy that has no signature.',
  },
  'field-missing': {
    th: 'ไม่พบช่องลายมือชื่อ “{field}” ในไฟล์นี้ ยังไม่ได้ลงนาม',
    en: 'This file has no signature field “{field}”. Nothing was signed.',
    nextTh: 'ตรวจชื่อช่อง หรือลงนามในช่องใหม่',
    nextEn: 'Check the field’s name, or sign in a new field.',
  },
  'field-signed': {
    th: 'ช่องลายมือชื่อ “{field}” ลงนามแล้ว ไฟล์ไม่ถูกแก้',
    en: 'The signature field “{field}” is signed already. The file is unchanged.',
    nextTh: 'เลือกช่องที่ยังว่าง',
    nextEn: 'Choose a field that is empty.',
  },
  'field-locked': {
    th: 'ช่องลายมือชื่อ “{field}” ถูกล็อกไว้ ไฟล์ไม่ถูกแก้',
    en: 'The signature field “{field}” is locked. The file is unchanged.',
    nextTh: 'เลือกช่องอื่น หรือใช้ใบสั่งการแยกต่างหาก',
    nextEn: 'Choose another field, or use a separate endorsement sheet.',
  },
  'field-demands': {
    th: 'ช่องลายมือชื่อ “{field}” กำหนดเงื่อนไขที่การลงนามนี้ไม่ตรง: {demand} ยังไม่ได้ลงนาม',
    en: 'The signature field “{field}” demands what this signature does not meet: {demand}. Nothing was signed.',
    nextTh: 'ลงนามตามเงื่อนไขนั้น หรือลงนามในช่องใหม่',
    nextEn: 'Sign as it demands, or sign in a new field.',
  },
  'file-missing': {
    th: 'ไม่พบไฟล์ของหนังสือนี้ในเครื่อง',
    en: 'The file of this letter is not on this device.',
    nextTh: 'เชื่อมต่อเครือข่าย ระบบจะดึงไฟล์มาให้เอง',
    nextEn: 'Connect to the network; the file is fetched by itself.',
  },
  'file-hash-mismatch': {
    th: 'ไฟล์ที่ส่งไม่ตรงกับรหัสตรวจสอบ เครื่องแม่ข่ายจึงไม่รับ',
    en: 'The uploaded file does not match its hash. The server did not take it.',
    nextTh: 'ส่งใหม่อีกครั้ง ถ้ายังไม่ได้ให้แจ้งผู้ดูแลระบบ',
    nextEn: 'Send it again; if that fails too, tell the administrator.',
  },
  'page-missing': {
    th: 'ไม่มีหน้า {page} ในไฟล์นี้ (มี {pages} หน้า)',
    en: 'There is no page {page} in this file (it has {pages}).',
    nextTh: 'เลือกหน้าที่มีอยู่',
    nextEn: 'Choose a page that exists.',
  },
  'glyph-missing': {
    th: 'แบบอักษรไม่มีตัวอักษร “{character}” จึงยังไม่ได้เขียนข้อความ',
    en: 'The font has no glyph for “{character}”. The text was not written.',
    nextTh: 'ลบหรือแทนตัวอักษรนั้น',
    nextEn: 'Remove or replace that character.',
  },

  'font-unusable': {
    th: 'ไฟล์แบบอักษรนี้ไม่ใช่ TrueType หรือเจ้าของไม่อนุญาตให้ฝังในเอกสาร',
    en: 'This font file is not TrueType, or its maker does not allow embedding.',
    nextTh: 'เลือกแบบอักษรอื่น เช่น TH Sarabun',
    nextEn: 'Choose another font, such as TH Sarabun.',
  },
  'mark-malformed': {
    th: 'ข้อมูลของตราหรือข้อความที่จะประทับไม่ถูกต้อง ({field}) จึงยังไม่ได้แก้อะไร',
    en: 'What was to be put on the page is not right ({field}). Nothing was changed.',
    nextTh: 'ตรวจข้อความและตำแหน่ง แล้วทำใหม่',
    nextEn: 'Check its text and its place, then do it again.',
  },
  'mark-overflows': {
    th: 'ข้อความยาวเกินกรอบที่วางไว้ ถ้าย่อลงอีกจะอ่านไม่ออก จึงยังไม่ได้แก้อะไร',
    en: 'The text does not fit its place at a size that can be read. Nothing was changed.',
    nextTh: 'ขยายกรอบ หรือย่อข้อความ',
    nextEn: 'Make the place larger or the text shorter.',
  },
  'picture-unreadable': {
    th: 'ภาพนี้ไม่ใช่ PNG หรือ JPEG ที่สมบูรณ์ จึงยังไม่ได้แก้อะไร',
    en: 'This picture is not a whole PNG or JPEG file. Nothing was changed.',
    nextTh: 'บันทึกภาพเป็น PNG หรือ JPEG ใหม่',
    nextEn: 'Save the picture as PNG or JPEG once more.',
  },
  'picture-too-large': {
    th: 'ภาพใหญ่เกินไป จึงยังไม่ได้แก้อะไร',
    en: 'The picture is too large. Nothing was changed.',
    nextTh: 'ย่อภาพให้ไม่เกิน ๒๕ ล้านพิกเซล แล้วลองใหม่',
    nextEn: 'Reduce it to at most 25 million pixels, then try again.',
  },

  // Tokens and signing
  'token-module-missing': {
    th: 'ไม่พบโปรแกรมขับโทเคน ({module})',
    en: 'The token driver was not found ({module}).',
    nextTh: 'ติดตั้งโปรแกรมขับของโทเคน แล้วเปิดโปรแกรมใหม่',
    nextEn: 'Install the token’s driver and start the program again.',
  },
  'token-module-refused': {
    th: 'โปรแกรมขับโทเคนนี้ไม่อยู่ในรายการที่อนุญาต ({module})',
    en: 'This token driver is not on the allowed list ({module}).',
    nextTh: 'ให้ผู้ดูแลระบบเพิ่มในรายการ',
    nextEn: 'Ask the administrator to add it.',
  },
  'token-module-broken': {
    th: 'เปิดโปรแกรมขับโทเคนไม่ได้ ({module}) อาจเป็นรุ่นสำหรับเครื่องชนิดอื่น',
    en: 'The token driver cannot be loaded ({module}). It may be made for another kind of computer.',
    nextTh: 'ติดตั้งโปรแกรมขับรุ่น 64 บิตของเครื่องนี้ แล้วลองอีกครั้ง',
    nextEn: 'Install the 64-bit driver for this computer, then try again.',
  },
  'token-absent': {
    th: 'ไม่พบโทเคน ยังไม่ได้ลงนาม และไฟล์เดิมไม่ถูกแก้',
    en: 'No token was found. Nothing was signed and the file is unchanged.',
    nextTh: 'เสียบโทเคนเข้าช่อง USB แล้วลองอีกครั้ง',
    nextEn: 'Plug the token in and try again.',
  },
  'token-ambiguous': {
    th: 'มีโทเคนชื่อ {token} มากกว่าหนึ่งอัน ยังไม่ได้ลงนาม',
    en: 'More than one token bears the label {token}. Nothing was signed.',
    nextTh: 'เหลือไว้อันเดียว หรือระบุหมายเลขเครื่องของโทเคน',
    nextEn: 'Leave only one plugged in, or give the token’s serial number.',
  },
  'token-removed': {
    th: 'โทเคนถูกถอดระหว่างลงนาม ยังไม่ได้ลงนาม และไฟล์เดิมไม่ถูกแก้',
    en: 'The token was pulled out while signing. Nothing was signed and the file is unchanged.',
    nextTh: 'เสียบโทเคนเดิมกลับแล้วใส่ PIN อีกครั้ง เลขหนังสือไม่เปลี่ยน',
    nextEn: 'Plug the same token in and enter the PIN again. The number stays.',
  },
  'token-failed': {
    th: 'โทเคนทำงานผิดพลาด ({error}) ไม่ใช่ PIN ผิด ยังไม่ได้ลงนาม',
    en: 'The token reported a fault ({error}); the PIN was not at fault. Nothing was signed.',
    nextTh: 'ถอดแล้วเสียบโทเคนใหม่ ถ้ายังไม่ได้ให้แจ้งผู้ดูแลระบบ',
    nextEn: 'Unplug and plug the token in; if that fails too, tell the administrator.',
  },
  'token-login-lost': {
    th: 'โทเคนออกจากระบบไปแล้ว (ถูกรีเซ็ต หรือโปรแกรมอื่นใช้อยู่) ยังไม่ได้ลงนาม และไฟล์เดิมไม่ถูกแก้',
    en: 'The token ended the login: it was reset, or another program used it. Nothing was signed and the file is unchanged.',
    nextTh: 'ใส่ PIN แล้วลงนามอีกครั้ง',
    nextEn: 'Enter the PIN and sign again.',
  },
  'token-busy': {
    th: 'โปรแกรมอื่นกำลังใช้โทเคนอยู่ ยังไม่ได้ลงนาม และ PIN ไม่ถูกนับว่าผิด',
    en: 'Another program is using the token. Nothing was signed, and no try of the PIN was used.',
    nextTh: 'ปิดโปรแกรมอื่นที่ใช้โทเคน แล้วลองอีกครั้ง',
    nextEn: 'Close other programs that use the token, then try again.',
  },
  'token-host-stopped': {
    th: 'ตัวขับโทเคนหยุดทำงานและเปิดใหม่แล้ว ยังไม่ได้ลงนาม และไฟล์เดิมไม่ถูกแก้',
    en: 'The token driver stopped and was started again. Nothing was signed and the file is unchanged.',
    nextTh: 'ใส่ PIN แล้วลงนามอีกครั้ง',
    nextEn: 'Enter the PIN and sign again.',
  },
  'pin-wrong': {
    th: 'PIN ไม่ถูกต้อง ยังไม่ได้ลงนาม ระบบจะไม่ลองซ้ำให้เอง',
    en: 'The PIN is wrong. Nothing was signed, and the program never retries by itself.',
    nextTh: 'ตรวจแป้นพิมพ์และภาษา แล้วใส่ PIN อีกครั้ง',
    nextEn: 'Check the keyboard and its language, then enter the PIN again.',
  },
  'pin-final-try': {
    th: 'PIN ไม่ถูกต้อง เหลืออีก 1 ครั้งก่อนโทเคนล็อก ยังไม่ได้ลงนาม',
    en: 'The PIN is wrong. One try is left before the token locks. Nothing was signed.',
    nextTh: 'หยุดก่อนถ้าไม่แน่ใจ และติดต่อผู้ดูแลโทเคน',
    nextEn: 'Stop if you are not sure, and ask whoever looks after tokens.',
  },
  'pin-locked': {
    th: 'โทเคนล็อกแล้วเพราะใส่ PIN ผิดครบกำหนด ยังไม่ได้ลงนาม',
    en: 'The token is locked after too many wrong PINs. Nothing was signed.',
    nextTh: 'นำโทเคนไปปลดล็อกที่ผู้ดูแลระบบ หนังสือและเลขยังอยู่ครบ',
    nextEn: 'Have the token unlocked by the administrator. The letter and its number are kept.',
  },
  'pin-expired': {
    th: 'PIN ของโทเคนหมดอายุ ต้องเปลี่ยนก่อนจึงลงนามได้',
    en: 'The token’s PIN has expired and must be changed before signing.',
    nextTh: 'เปลี่ยน PIN ด้วยโปรแกรมของผู้ผลิตโทเคน แล้วลองอีกครั้ง',
    nextEn: 'Change the PIN with the token vendor’s program, then try again.',
  },
  'pin-not-set': {
    th: 'โทเคนนี้ยังไม่ได้ตั้ง PIN จึงลงนามไม่ได้',
    en: 'No PIN has been set on this token, so it cannot sign.',
    nextTh: 'ตั้ง PIN ด้วยโปรแกรมของผู้ผลิตโทเคน หรือแจ้งผู้ดูแลระบบ',
    nextEn: 'Set a PIN with the token vendor’s program, or ask the administrator.',
  },
  'pin-length': {
    th: 'PIN ต้องยาว {minimum}–{maximum} ตัว ยังไม่ได้ส่งให้โทเคน จึงไม่เสียสิทธิ์ลอง',
    en: 'The PIN must have {minimum}–{maximum} characters. It was not sent to the token, so no try was used.',
    nextTh: 'ใส่ PIN ใหม่',
    nextEn: 'Enter the PIN again.',
  },
  'certificate-missing': {
    th: 'โทเคนนี้ไม่มีใบรับรองที่ใช้ลงนามได้',
    en: 'This token holds no certificate that is fit for signing.',
    nextTh: 'ใช้โทเคนที่มีใบรับรองสำหรับลงนาม',
    nextEn: 'Use a token with a certificate for signing.',
  },
  'certificate-ambiguous': {
    th: 'โทเคนนี้มีใบรับรองที่ใช้ลงนามได้มากกว่าหนึ่งใบ',
    en: 'This token holds more than one certificate that is fit for signing.',
    nextTh: 'เลือกใบรับรองที่จะใช้',
    nextEn: 'Name the certificate to use.',
  },
  'certificate-expired': {
    th: 'ใบรับรองหมดอายุแล้วเมื่อ {date} ยังไม่ได้ลงนาม',
    en: 'The certificate expired on {date}. Nothing was signed.',
    nextTh: 'ขอต่ออายุใบรับรองแล้วลงนามใหม่',
    nextEn: 'Have the certificate renewed, then sign.',
  },
  'certificate-not-yet-valid': {
    th: 'ใบรับรองเริ่มใช้ได้เมื่อ {date} ยังไม่ได้ลงนาม',
    en: 'The certificate is valid from {date}. Nothing was signed.',
    nextTh: 'ตรวจวันเวลาของเครื่อง หรือรอถึงวันเริ่มใช้',
    nextEn: 'Check this computer’s clock, or wait for that day.',
  },
  'certificate-usage': {
    th: 'ใบรับรองนี้ไม่ได้ออกให้ใช้ลงนาม ยังไม่ได้ลงนาม',
    en: 'This certificate was not issued for signing. Nothing was signed.',
    nextTh: 'เลือกใบรับรองสำหรับลงนาม',
    nextEn: 'Choose a certificate for signing.',
  },
  'key-missing': {
    th: 'ไม่พบกุญแจลับคู่กับใบรับรองนี้ในโทเคน',
    en: 'The token has no private key for this certificate.',
    nextTh: 'ใช้โทเคนใบที่ออกพร้อมใบรับรองนี้',
    nextEn: 'Use the token that was issued with this certificate.',
  },
  'key-unusable': {
    th: 'โทเคนไม่ยอมใช้กุญแจนี้ลงนาม ({error}) ยังไม่ได้ลงนาม',
    en: 'The token does not sign with this key ({error}). Nothing was signed.',
    nextTh: 'เลือกใบรับรองอื่นบนโทเคน หรือแจ้งผู้ออกใบรับรอง',
    nextEn: 'Choose another certificate on the token, or tell its issuer.',
  },
  'mechanism-missing': {
    th: 'โทเคนนี้ไม่มีวิธีลงนามที่ต้องใช้ ({mechanism})',
    en: 'The token lacks the signing mechanism that is needed ({mechanism}).',
    nextTh: 'ใช้โทเคนรุ่นที่รองรับ',
    nextEn: 'Use a token that has it.',
  },
  'algorithm-unfit': {
    th: 'กุญแจของใบรับรองนี้ลงนามด้วย {algorithm} ไม่ได้ ยังไม่ได้ลงนาม',
    en: 'The certificate’s key cannot sign with {algorithm}. Nothing was signed.',
    nextTh: 'เลือกวิธีลงนามที่เหมาะกับกุญแจ หรือไม่ต้องระบุ',
    nextEn: 'Choose an algorithm that suits the key, or name none.',
  },
  'signature-invalid': {
    th: 'ลายมือชื่อในไฟล์ไม่ถูกต้อง ({reason}) เครื่องแม่ข่ายจึงไม่รับ',
    en: 'The signature in the file is not valid ({reason}). It was not accepted.',
    nextTh: 'เปิดหนังสือล่าสุดแล้วลงนามใหม่',
    nextEn: 'Open the latest letter and sign again.',
  },
  'signature-too-large': {
    th: 'ข้อมูลลายมือชื่อใหญ่กว่าที่จองไว้ในไฟล์ ยังไม่ได้ลงนาม',
    en: 'The signature is larger than the space reserved for it. Nothing was signed.',
    nextTh: 'แจ้งผู้ดูแลระบบ',
    nextEn: 'Tell the administrator.',
  },
  'timestamp-unavailable': {
    th: 'บริการประทับเวลา {service} ไม่ตอบหรือตอบไม่ถูกต้อง ยังไม่ได้ลงนาม และไฟล์เดิมไม่ถูกแก้',
    en: 'The time-stamp service {service} did not answer rightly. Nothing was signed and the file is unchanged.',
    nextTh: 'ลองใหม่เมื่อเชื่อมต่อได้ หรือลงนามโดยไม่ประทับเวลา',
    nextEn: 'Try again when connected, or sign without a time-stamp.',
  },
  'file-unsigned': {
    th: 'ไฟล์นี้ยังไม่มีลายมือชื่อ จึงไม่มีหลักฐานให้เพิ่ม',
    en: 'This file has no signature, so there is nothing to add evidence for.',
    nextTh: 'ลงนามก่อน',
    nextEn: 'Sign it first.',
  },
  'signature-doubtful': {
    th: 'ลายมือชื่อในไฟล์ยังเชื่อถือไม่ได้ ({reason}) จึงยังไม่ได้เพิ่มหลักฐาน และไฟล์เดิมไม่ถูกแก้',
    en: 'A signature in the file cannot be relied upon ({reason}). No evidence was added and the file is unchanged.',
    nextTh: 'ตรวจลายมือชื่อ หรือให้ลงนามใหม่',
    nextEn: 'Verify the signatures, or have it signed again.',
  },
  'chain-unsettled': {
    th: 'ไม่พบทางจากใบรับรอง {certificate} ไปถึงผู้ออกใบรับรองที่เชื่อถือ จึงยังไม่ได้เพิ่มหลักฐาน',
    en: 'No way leads from the certificate {certificate} to a trusted authority. No evidence was added.',
    nextTh: 'เพิ่มใบรับรองของผู้ออกใบรับรองในรายการที่เชื่อถือ',
    nextEn: 'Add the authority’s certificate to those that are trusted.',
  },
  'trust-malformed': {
    th: 'ไฟล์ {file} ไม่ใช่ใบรับรองหรือรายชื่อผู้ออกใบรับรองที่ถูกต้อง จึงไม่ได้นำมาใช้',
    en: 'The file {file} holds no certificate, and no list of authorities whose fingerprints are right. It was not used.',
    nextTh: 'ขอไฟล์ใหม่จากผู้ดูแลระบบ',
    nextEn: 'Ask the administrator for the file again.',
  },
  'evidence-unavailable': {
    th: 'ขอสถานะของใบรับรอง {certificate} ไม่ได้ ({service}) จึงยังไม่ได้เพิ่มหลักฐาน และไฟล์เดิมไม่ถูกแก้',
    en: 'The status of the certificate {certificate} could not be had ({service}). No evidence was added and the file is unchanged.',
    nextTh: 'ลองใหม่เมื่อเชื่อมต่อได้',
    nextEn: 'Try again when connected.',
  },
  'signer-not-actor': {
    th: 'ใบรับรองเป็นของ {signer} ไม่ใช่ของผู้ที่เข้าสู่ระบบ จึงไม่รับการลงนาม',
    en: 'The certificate belongs to {signer}, not to the person signed in. The signature was not accepted.',
    nextTh: 'ใช้โทเคนของตนเอง',
    nextEn: 'Use your own token.',
  },
  'signature-cancelled': {
    th: 'ยกเลิกการลงนามแล้ว ไฟล์เดิมไม่ถูกแก้',
    en: 'Signing was cancelled. The file is unchanged.',
    nextTh: 'ลงนามใหม่ได้เมื่อพร้อม',
    nextEn: 'Sign when you are ready.',
  },
  'signing-busy': {
    th: 'กำลังลงนามอีกฉบับอยู่',
    en: 'Another letter is being signed.',
    nextTh: 'รอให้เสร็จก่อน',
    nextEn: 'Wait until it is done.',
  },

  // Letters
  'letter-unknown': {
    th: 'ไม่พบหนังสือนี้ หรือไม่มีสิทธิ์เห็น',
    en: 'This letter does not exist, or is not for you to see.',
    nextTh: 'กลับไปที่รายการ',
    nextEn: 'Go back to the list.',
  },
  'letter-exists': {
    th: 'มีหนังสือนี้อยู่แล้ว',
    en: 'This letter exists already.',
    nextTh: 'เปิดหนังสือที่มีอยู่',
    nextEn: 'Open the one that exists.',
  },
  'letter-elsewhere': {
    th: 'หนังสือไม่ได้อยู่ที่ตำแหน่งของท่านแล้ว ไม่มีอะไรถูกแก้',
    en: 'The letter is no longer with your position. Nothing was changed.',
    nextTh: 'ดูเส้นทางหนังสือว่าอยู่ที่ใคร',
    nextEn: 'See its timeline for who has it.',
  },
  'letter-signed-already': {
    th: '{who} ลงนามหนังสือนี้ไปแล้วเมื่อ {when} การลงนามของท่านจึงไม่ถูกบันทึก',
    en: '{who} signed this letter already at {when}. Your signature was not recorded.',
    nextTh: 'เปิดฉบับล่าสุดก่อนทำต่อ',
    nextEn: 'Open the latest revision before going on.',
  },
  'revision-not-current': {
    th: 'หนังสือมีฉบับใหม่กว่าที่เปิดอยู่ จึงยังไม่ได้บันทึก',
    en: 'The letter has a later revision than the one you used. Nothing was recorded.',
    nextTh: 'เปิดฉบับล่าสุดแล้วทำใหม่',
    nextEn: 'Open the latest revision and do it again.',
  },
  'revision-not-extension': {
    th: 'ไฟล์ที่ส่งไม่ได้ต่อท้ายฉบับเดิม เนื้อหาเดิมถูกแก้ เครื่องแม่ข่ายจึงไม่รับ',
    en: 'The file does not extend the earlier revision: earlier bytes were changed. It was not accepted.',
    nextTh: 'เปิดฉบับล่าสุดแล้วลงนามใหม่ และแจ้งผู้ดูแลระบบ',
    nextEn: 'Open the latest revision, sign again and tell the administrator.',
  },
  'number-missing': {
    th: 'หนังสือยังไม่มีเลขและวันที่ จึงยังลงนามไม่ได้',
    en: 'The letter has no number and date yet, so it cannot be signed.',
    nextTh: 'เชื่อมต่อเครือข่ายเพื่อออกเลข แล้วลงนาม',
    nextEn: 'Connect to get a number, then sign.',
  },
  'number-needs-server': {
    th: 'ออกเลขไม่ได้เพราะติดต่อเครื่องแม่ข่ายไม่ได้ ยังไม่ได้ลงนาม',
    en: 'No number could be issued: the server cannot be reached. Nothing was signed.',
    nextTh: 'รอให้เชื่อมต่อได้แล้วลงนามอีกครั้ง งานอื่นทำต่อได้',
    nextEn: 'Sign again when connected; other work can go on.',
  },
  'number-bound-already': {
    th: 'หนังสือนี้มีเลข {number} แล้ว',
    en: 'This letter has the number {number} already.',
    nextTh: 'ใช้เลขเดิม',
    nextEn: 'Use that number.',
  },
  'number-mark-wrong': {
    th: 'เลขหรือวันที่ในไฟล์ไม่ตรงกับที่เครื่องแม่ข่ายออกให้ จึงไม่รับ',
    en: 'The number or date in the file is not the one that the server issued. It was not accepted.',
    nextTh: 'เปิดหนังสือล่าสุดแล้วลงนามใหม่',
    nextEn: 'Open the latest letter and sign again.',
  },
  'position-not-held': {
    th: 'ท่านไม่ได้ดำรงตำแหน่งที่ทำรายการนี้ได้',
    en: 'You do not hold the position that may do this.',
    nextTh: 'ให้ผู้ดำรงตำแหน่งทำรายการ',
    nextEn: 'Leave it to the holder of the position.',
  },
  'position-unknown': {
    th: 'ไม่พบตำแหน่งผู้รับ หรือตำแหน่งนั้นว่างอยู่',
    en: 'The position addressed does not exist or has no holder.',
    nextTh: 'เลือกตำแหน่งที่มีผู้ดำรงอยู่',
    nextEn: 'Choose a position that has a holder.',
  },
  'unit-not-own': {
    th: 'ร่างหนังสือแทนหน่วยงานอื่นไม่ได้',
    en: 'You cannot draft for another unit.',
    nextTh: 'เลือกหน่วยงานของตนเอง',
    nextEn: 'Choose your own unit.',
  },
  'secretary-cannot-sign': {
    th: 'เลขานุการจัดเตรียมและส่งคืนได้ แต่ลงนามแทนไม่ได้',
    en: 'A secretary may prepare and return, but not sign for the holder.',
    nextTh: 'ให้ผู้ดำรงตำแหน่งลงนามด้วยโทเคนของตนเอง',
    nextEn: 'The holder signs with their own token.',
  },

  // Exchange between agencies
  'exchange-unreachable': {
    th: 'ติดต่อระบบแลกเปลี่ยนหนังสือ {host} ไม่ได้ หนังสือที่รอส่งยังอยู่ครบ',
    en: 'The exchange {host} does not answer. What waits to be sent is still here.',
    nextTh: 'ระบบจะลองใหม่เอง ถ้าเป็นอยู่นานให้แจ้งผู้ดูแลระบบตรวจเครือข่าย',
    nextEn: 'It is tried again by itself. If it lasts, have the administrator look at the network.',
  },
  'exchange-node-fault': {
    th: 'ระบบแลกเปลี่ยนหนังสือขัดข้อง ({reason}) หนังสือที่รอส่งยังอยู่ครบ',
    en: 'The exchange has a fault of its own ({reason}). What waits to be sent is still here.',
    nextTh: 'ระบบจะลองใหม่เอง',
    nextEn: 'It is tried again by itself.',
  },
  'exchange-refused': {
    th: 'ระบบแลกเปลี่ยนหนังสือไม่รับ: {reason} หนังสือยังไม่ได้ส่ง',
    en: 'The exchange does not take it: {reason}. Nothing was sent.',
    nextTh: 'แก้ตามที่แจ้งแล้วส่งใหม่ หรือส่งทางอื่น',
    nextEn: 'Correct what it says and send again, or send it another way.',
  },
  'exchange-answer-odd': {
    th: 'ระบบแลกเปลี่ยนหนังสือตอบมาไม่ตรงรูปแบบ ({what}) จึงยังไม่ถือว่าสำเร็จ',
    en: 'The exchange gave an answer that cannot be understood ({what}). It does not count as done.',
    nextTh: 'ระบบจะลองใหม่เอง ถ้าเป็นอยู่นานให้แจ้งผู้ดูแลระบบตรวจที่อยู่ของระบบแลกเปลี่ยน',
    nextEn: 'It is tried again by itself. If it lasts, have the administrator check the address.',
  },
  'exchange-item-malformed': {
    th: 'หนังสือที่ได้รับไม่ครบหรือผิดรูปแบบ ({field}) เก็บต้นฉบับไว้แล้วแต่ยังลงรับไม่ได้',
    en: 'What arrived is incomplete or malformed ({field}). It is kept as it came, but cannot be registered.',
    nextTh: 'แจ้งหน่วยงานผู้ส่งว่าหนังสือผิด เพื่อให้ส่งใหม่',
    nextEn: 'Tell the sender that the letter is invalid, so that it is sent again.',
  },
  'exchange-item-too-large': {
    th: 'หนังสือที่ได้รับใหญ่เกิน {limit} MB เก็บไว้เพียงส่วนต้น จึงลงรับไม่ได้',
    en: 'What arrived is larger than {limit} MB. Only its beginning is kept, so it cannot be registered.',
    nextTh: 'แจ้งหน่วยงานผู้ส่งให้ย่อไฟล์หรือส่งทางอื่น',
    nextEn: 'Ask the sender for smaller files or another way.',
  },
  'exchange-item-differs': {
    th: 'ได้รับหนังสือเลขที่ {number} ซ้ำ แต่เนื้อหาต่างจากฉบับที่รับไว้แล้ว จึงเก็บแยกไว้',
    en: 'The letter {number} arrived again with other content than the one that is here. It is kept apart.',
    nextTh: 'สอบถามหน่วยงานผู้ส่งว่าฉบับใดถูกต้อง',
    nextEn: 'Ask the sender which of the two is right.',
  },
  'exchange-notice-unmatched': {
    th: 'ได้รับแจ้งผลของหนังสือเลขที่ {number} ซึ่งไม่ได้ส่งจากที่นี่',
    en: 'A notice arrived about the letter {number}, which was not sent from here.',
    nextTh: 'ตรวจกับหน่วยงานที่แจ้ง',
    nextEn: 'Ask the agency that sent the notice.',
  },
  'exchange-code-missing': {
    th: 'ระบบแลกเปลี่ยนหนังสือไม่มีรหัสสำหรับ “{name}” หนังสือจึงยังไม่ได้ส่ง',
    en: 'The exchange has no code for “{name}”. The letter was not sent.',
    nextTh: 'ส่งทางอื่น หรือให้ผู้ดูแลระบบตรวจรหัสของหน่วยงาน',
    nextEn: 'Send it another way, or have the administrator check the agency’s codes.',
  },
  'exchange-item-unknown': {
    th: 'ไม่พบหนังสือนี้ในรายการที่ได้รับจากหน่วยงานอื่น',
    en: 'There is no such item among those that other agencies sent.',
    nextTh: 'เปิดรายการใหม่',
    nextEn: 'Open the list again.',
  },
  'exchange-item-settled': {
    th: 'หนังสือนี้ลงรับหรือส่งคืนไปแล้ว จึงไม่ได้แจ้งผลซ้ำ',
    en: 'This item was registered or rejected already. Nothing more was told to its sender.',
    nextTh: 'เปิดรายการใหม่เพื่อดูผล',
    nextEn: 'Open the list again to see the result.',
  },

  // Server and session
  'server-unreachable': {
    th: 'ติดต่อเครื่องแม่ข่ายไม่ได้ งานที่ทำไว้ยังอยู่ในเครื่องและจะส่งเองเมื่อเชื่อมต่อได้',
    en: 'The server cannot be reached. Your work is kept here and goes out by itself once connected.',
    nextTh: 'ตรวจสายเครือข่าย หรือทำงานอื่นต่อไปก่อน',
    nextEn: 'Check the network, or go on with other work.',
  },
  'server-fault': {
    th: 'เครื่องแม่ข่ายทำรายการนี้ไม่สำเร็จเพราะขัดข้องภายใน ไม่มีอะไรถูกบันทึก',
    en: 'The server could not carry this out because of a fault of its own. Nothing was recorded.',
    nextTh: 'แจ้งผู้ดูแลระบบ แล้วทำรายการใหม่ งานอื่นทำต่อได้',
    nextEn: 'Tell the administrator, then do it again; other work can go on.',
  },
  'server-clock-wrong': {
    th: 'ออกเลขไม่ได้เพราะวันที่ของเครื่องแม่ข่ายอยู่ก่อนวันที่ของเลขล่าสุดในทะเบียน ยังไม่ได้ลงนาม',
    en: 'No number could be issued: the server’s date is before that of the register’s last number. Nothing was signed.',
    nextTh: 'แจ้งผู้ดูแลระบบให้ตรวจนาฬิกาของเครื่องแม่ข่าย',
    nextEn: 'Ask the administrator to check the server’s clock.',
  },
  'person-unknown': {
    th: 'ไม่มีบุคลากรรหัส {person} ในองค์กร จึงยังไม่ได้ตั้งรหัสผ่าน',
    en: 'The organisation has nobody with the id {person}. No password was set.',
    nextTh: 'เพิ่มบุคลากรก่อน หรือตรวจรหัส',
    nextEn: 'Add the person first, or check the id.',
  },
  'password-unfit': {
    th: 'รหัสผ่านต้องยาว {least} ถึง {most} ตัวอักษร จึงยังไม่ได้เปลี่ยน',
    en: 'A password has {least} to {most} characters. It was not changed.',
    nextTh: 'ตั้งรหัสผ่านใหม่ ประโยคยาวที่จำง่ายดีที่สุด',
    nextEn: 'Choose another; a long sentence that is easy to remember is best.',
  },
  'sign-in-wrong': {
    th: 'ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง',
    en: 'The user name or the password is wrong.',
    nextTh: 'ตรวจภาษาแป้นพิมพ์แล้วลองใหม่',
    nextEn: 'Check the keyboard language and try again.',
  },
  'sign-in-locked': {
    th: 'ใส่รหัสผ่านผิดหลายครั้ง บัญชีพักไว้ {minutes} นาที',
    en: 'Too many wrong passwords. The account is paused for {minutes} minutes.',
    nextTh: 'รอแล้วลองใหม่ หรือติดต่อผู้ดูแลระบบ',
    nextEn: 'Wait and try again, or ask the administrator.',
  },
  'sign-in-offline-unknown': {
    th: 'ยังไม่เคยเข้าสู่ระบบด้วยชื่อนี้ในเครื่องนี้ จึงเข้าแบบออฟไลน์ไม่ได้',
    en: 'This user has never signed in on this device, so offline sign-in is not possible.',
    nextTh: 'เชื่อมต่อเครือข่ายแล้วเข้าสู่ระบบครั้งแรก',
    nextEn: 'Connect to the network for the first sign-in.',
  },
  'session-ended': {
    th: 'หมดเวลาเข้าใช้งาน งานที่ทำไว้ยังอยู่ครบ',
    en: 'Your session has ended. Your work is kept.',
    nextTh: 'เข้าสู่ระบบอีกครั้ง',
    nextEn: 'Sign in again.',
  },
  'device-revoked': {
    th: 'อุปกรณ์นี้ถูกยกเลิกสิทธิ์',
    en: 'This device has been revoked.',
    nextTh: 'ติดต่อผู้ดูแลระบบ',
    nextEn: 'Ask the administrator.',
  },
  'command-reused': {
    th: 'รหัสคำสั่งนี้เคยใช้กับเนื้อหาอื่นแล้ว',
    en: 'This command’s id was used before with other content.',
    nextTh: 'ทำรายการใหม่อีกครั้ง',
    nextEn: 'Do it once more as a new command.',
  },
  'command-malformed': {
    th: 'ข้อมูลที่ส่งไม่ครบหรือผิดรูปแบบ ({field}) ไม่มีอะไรถูกแก้',
    en: 'The data sent is incomplete or malformed ({field}). Nothing was changed.',
    nextTh: 'ปรับปรุงโปรแกรมเป็นรุ่นล่าสุด แล้วทำใหม่',
    nextEn: 'Update the program, then try again.',
  },
  'too-many-requests': {
    th: 'ส่งคำขอถี่เกินไป งานที่ทำไว้ยังอยู่และจะส่งเองในอีก {seconds} วินาที',
    en: 'Too many requests came in a short time. Your work is kept and goes out by itself in {seconds} seconds.',
    nextTh: 'รอสักครู่ ไม่ต้องทำซ้ำ',
    nextEn: 'Wait a moment; nothing has to be done again.',
  },
  'store-locked': {
    th: 'ที่เก็บข้อมูลในเครื่องยังไม่เปิด',
    en: 'The store on this device is not open.',
    nextTh: 'เข้าสู่ระบบก่อน',
    nextEn: 'Sign in first.',
  },
  'disk-full': {
    th: 'พื้นที่ดิสก์เต็ม ยังไม่ได้บันทึก',
    en: 'The disk is full. Nothing was saved.',
    nextTh: 'ลบไฟล์ที่ไม่ใช้แล้วลองใหม่',
    nextEn: 'Free some space and try again.',
  },
  'disk-unwritable': {
    th: 'เขียนลงที่เก็บข้อมูลของโปรแกรมในเครื่องนี้ไม่ได้ ยังไม่ได้บันทึก',
    en: 'The program’s folder on this computer cannot be written to. Nothing was saved.',
    nextTh: 'ให้ผู้ดูแลระบบตรวจสิทธิ์ของโฟลเดอร์ แล้วลองใหม่',
    nextEn: 'Ask the administrator to check the folder’s permissions, then try again.',
  },

  // Command line
  usage: {
    th: 'คำสั่งไม่ถูกต้อง: {problem}',
    en: 'The command is not right: {problem}',
    nextTh: 'ดู npx saraban --help',
    nextEn: 'See npx saraban --help.',
  },
  'output-exists': {
    th: 'มีไฟล์ {file} อยู่แล้ว จึงไม่ได้เขียนทับ',
    en: 'The file {file} exists already and was not replaced.',
    nextTh: 'เลือกโฟลเดอร์อื่น หรือใช้ --force เพื่อเขียนทับ',
    nextEn: 'Choose another folder, or replace it with --force.',
  },
  'output-is-input': {
    th: 'ผลลัพธ์ {file} เป็นไฟล์เดียวกับต้นฉบับ จึงไม่ได้เขียน',
    en: 'The result {file} would replace the file that it is made of. Nothing was written.',
    nextTh: 'ตั้งชื่อหรือโฟลเดอร์อื่นให้ผลลัพธ์',
    nextEn: 'Give the result another name or folder.',
  },
  'output-twice': {
    th: 'ต้นฉบับสองไฟล์จะได้ผลลัพธ์ชื่อเดียวกัน: {file} จึงยังไม่ได้ทำอะไร',
    en: 'Two files would both become {file}. Nothing was done.',
    nextTh: 'แยกทำทีละโฟลเดอร์',
    nextEn: 'Work on one folder at a time.',
  },
  'output-folder-missing': {
    th: 'ไม่มีโฟลเดอร์ {folder} จึงไม่ได้เขียนไฟล์',
    en: 'There is no folder {folder}. Nothing was written.',
    nextTh: 'สร้างโฟลเดอร์ก่อน หรือแก้ชื่อให้ถูก',
    nextEn: 'Create the folder first, or correct its name.',
  },
  'output-unwritable': {
    th: 'เขียนไฟล์ {file} ไม่ได้ ไฟล์เดิมไม่ถูกแก้',
    en: 'The file {file} cannot be written. What was there is unchanged.',
    nextTh: 'ตรวจชื่อและสิทธิ์ของโฟลเดอร์ หรือเลือกที่อื่น',
    nextEn: 'Check the folder’s permissions and the name, or choose another place.',
  },
  'file-changing': {
    th: 'ไฟล์ {file} ถูกแก้ไขระหว่างทำงาน จึงยังไม่ได้บันทึก',
    en: 'The file {file} was changed by another program meanwhile. Nothing was saved.',
    nextTh: 'ปิดโปรแกรมที่เปิดไฟล์อยู่แล้วลองใหม่',
    nextEn: 'Close the program that has it open and try again.',
  },
  'run-cancelled': {
    th: 'ยกเลิกแล้ว เสร็จ {done} จาก {total} ไฟล์ ไฟล์ที่ค้างอยู่ไม่ถูกเขียน',
    en: 'Cancelled with {done} of {total} files done. Nothing of the others was written.',
    nextTh: 'สั่งซ้ำเฉพาะไฟล์ที่เหลือได้ (ลงนาม: ใช้ --resume)',
    nextEn: 'Run it again for the files that are left (when signing: with --resume).',
  },
  'file-unreadable': {
    th: 'เปิดไฟล์ {file} ไม่ได้',
    en: 'The file {file} cannot be opened.',
    nextTh: 'ตรวจชื่อและสิทธิ์ของไฟล์',
    nextEn: 'Check its name and permissions.',
  },

  // Keeping the server
  'sample-organisation-differs': {
    th: 'เครื่องแม่ข่ายนี้ไม่ได้ใช้องค์กรตัวอย่าง จึงไม่ได้ใส่หนังสือตัวอย่าง',
    en: 'This server has another organisation than the sample’s. No sample letters were loaded.',
    nextTh: 'ใช้ --data ชี้ไปที่โฟลเดอร์ใหม่สำหรับทดลอง',
    nextEn: 'Name a new folder with --data for trying out.',
  },
  'server-data-missing': {
    th: 'ไม่มีข้อมูลของเครื่องแม่ข่ายใน {folder} หรือในฐานข้อมูลที่ระบุ',
    en: 'There is no server’s data in {folder}, nor in the database named.',
    nextTh: 'ระบุโฟลเดอร์ด้วย --data หรือฐานข้อมูลด้วย DATABASE_URL',
    nextEn: 'Name its folder with --data, or its database with DATABASE_URL.',
  },
  'server-schema-differs': {
    th: 'ฐานข้อมูลเป็นรุ่น {found} แต่โปรแกรมนี้ใช้รุ่น {known} ไม่มีอะไรถูกแก้',
    en: 'The database has schema {found}, and this program uses {known}. Nothing was changed.',
    nextTh: 'ใช้โปรแกรมรุ่นเดียวกับเครื่องแม่ข่าย หรือเปิดเครื่องแม่ข่ายด้วยรุ่นนี้ก่อน',
    nextEn: 'Use the server’s own version of the program, or start the server with this one first.',
  },
  'server-not-empty': {
    th: 'เครื่องแม่ข่ายนี้มีข้อมูลอยู่แล้ว จึงไม่ได้กู้คืนทับ',
    en: 'This server holds data already. Nothing was restored over it.',
    nextTh: 'กู้คืนลงโฟลเดอร์หรือฐานข้อมูลที่ยังว่าง',
    nextEn: 'Restore into an empty folder or database.',
  },
  'server-log-unreadable': {
    th: 'มีประวัติที่อ่านไม่ได้ {count} รายการ จึงยังไม่ได้สร้างตารางใหม่',
    en: '{count} logs cannot be read. Nothing was rebuilt.',
    nextTh: 'กู้คืนจากข้อมูลสำรองล่าสุดที่ตรวจผ่าน',
    nextEn: 'Restore the latest backup that a check finds sound.',
  },
  'backup-key-needed': {
    th: 'ยังไม่ได้ระบุว่าใครเปิดข้อมูลสำรองได้ จึงยังไม่ได้สำรอง',
    en: 'Nobody was named who can open the backup. Nothing was backed up.',
    nextTh: 'ระบุกุญแจสาธารณะด้วย --recipient age1… (สร้างด้วย saraban server backup-key) หรือสั่ง --unencrypted',
    nextEn:
      'Name a public key with --recipient age1… (saraban server backup-key makes one), or say --unencrypted.',
  },
  'backup-key-malformed': {
    th: 'กุญแจ {key} ไม่ใช่กุญแจ age ที่ใช้ได้',
    en: 'The key {key} is not a usable age key.',
    nextTh: 'ใช้กุญแจสาธารณะ age1… เมื่อสำรอง และไฟล์กุญแจลับเมื่อกู้คืน',
    nextEn: 'Use the public key age1… to back up, and the file of the secret key to restore.',
  },
  'backup-key-wrong': {
    th: 'กุญแจนี้เปิดข้อมูลสำรองไม่ได้ ไม่มีอะไรถูกกู้คืน',
    en: 'This key does not open the backup. Nothing was restored.',
    nextTh: 'ใช้ไฟล์กุญแจลับที่คู่กับ --recipient ตอนสำรอง',
    nextEn: 'Use the secret key that belongs to the --recipient of the backup.',
  },
  'backup-damaged': {
    th: 'ข้อมูลสำรองไม่ครบหรือเสียหาย ({part}) ไม่มีอะไรถูกกู้คืน',
    en: 'The backup is incomplete or damaged ({part}). Nothing was restored.',
    nextTh: 'ใช้ข้อมูลสำรองชุดก่อนหน้า',
    nextEn: 'Use an earlier backup.',
  },
} as const satisfies Record<string, RefusalText>

interface RefusalText {
  readonly th: string
  readonly en: string
  readonly nextTh: string
  readonly nextEn: string
}

/** The code of an expected failure. */
export type RefusalCode = keyof typeof refusals
