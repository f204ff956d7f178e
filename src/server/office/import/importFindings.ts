/**
 * Everything that can be remarked about a row that is imported. An `error` keeps the row out (and with a register's the
 * whole file); a `warning` says what is imported otherwise than it was written. {name} is filled from the detail.
 */
export const importFindings = {
  'serial-unreadable': {
    severity: 'error',
    th: 'แถว {row}: อ่านเลขทะเบียนไม่ได้',
    en: 'Row {row}: the register’s number cannot be read',
  },
  'serial-twice': {
    severity: 'error',
    th: 'แถว {row}: เลขทะเบียน {serial} ซ้ำกับแถว {other}',
    en: 'Row {row}: the number {serial} is that of row {other} as well',
  },
  'serial-taken': {
    severity: 'error',
    th: 'แถว {row}: เลขทะเบียน {serial} มีอยู่ในระบบแล้ว',
    en: 'Row {row}: the number {serial} is taken here already',
  },
  'number-twice': {
    severity: 'error',
    th: 'แถว {row}: เลขที่หนังสือซ้ำกับรายการอื่นในทะเบียน',
    en: 'Row {row}: another entry of the register has the same letter’s number',
  },
  'year-differs': {
    severity: 'error',
    th: 'แถว {row}: เป็นของปี {found} ไม่ใช่ {year}',
    en: 'Row {row}: it belongs to the year {found}, not {year}',
  },
  'date-unreadable': {
    severity: 'error',
    th: 'แถว {row}: ไม่มีวันที่ลงทะเบียนที่อ่านได้',
    en: 'Row {row}: it has no day of registration that can be read',
  },
  'date-in-future': {
    severity: 'error',
    th: 'แถว {row}: วันที่ลงทะเบียน {date} ยังมาไม่ถึง',
    en: 'Row {row}: its day, {date}, is in the future',
  },
  'text-unfit': {
    severity: 'error',
    th: 'แถว {row}: ช่อง {column} ว่างหรือยาวเกินไป',
    en: 'Row {row}: the column {column} is empty or too long',
  },
  'date-of-letter': {
    severity: 'warning',
    th: 'แถว {row}: ไม่มีวันที่ลงทะเบียน ใช้วันที่ของหนังสือแทน',
    en: 'Row {row}: it has no day of registration; the letter’s date is taken',
  },
  'letter-date-unreadable': {
    severity: 'warning',
    th: 'แถว {row}: อ่านวันที่ของหนังสือไม่ได้ เก็บไว้ในหมายเหตุ',
    en: 'Row {row}: the letter’s date cannot be read; it is kept among the remarks',
  },
  'serials-missing': {
    severity: 'warning',
    th: 'ไม่มีเลขทะเบียน {from} ถึง {to}',
    en: 'There are no numbers {from} to {to}',
  },
  'agency-name-missing': {
    severity: 'error',
    th: 'แถว {row}: ไม่มีชื่อหน่วยงาน',
    en: 'Row {row}: it has no agency’s name',
  },
  'agency-twice': {
    severity: 'warning',
    th: 'แถว {row}: หน่วยงานเดียวกับแถว {other} ใช้แถวหลัง',
    en: 'Row {row}: the same agency as row {other}; the later row counts',
  },
  'mailbox-unreadable': {
    severity: 'error',
    th: 'แถว {row}: ที่อยู่อีเมลไม่ถูกต้อง',
    en: 'Row {row}: that is no e-mail address',
  },
  'mailbox-missing': {
    severity: 'warning',
    th: 'แถว {row}: ยังไม่มีอีเมลกลาง ส่งทางไปรษณีย์',
    en: 'Row {row}: it has no central address; letters go by post',
  },
  'mailbox-not-central': {
    severity: 'warning',
    th: 'แถว {row}: อีเมลกลางควรขึ้นต้นด้วย saraban',
    en: 'Row {row}: a central address begins with saraban',
  },
} as const satisfies Record<string, { severity: 'error' | 'warning'; th: string; en: string }>

/** Something remarked about a row. */
export interface ImportFinding {
  readonly code: keyof typeof importFindings
  readonly detail: Readonly<Record<string, string | number>>
}

/** Whether anything keeps rows out. */
export const hasErrors = (found: readonly ImportFinding[]): boolean =>
  found.some(({ code }) => importFindings[code].severity === 'error')
