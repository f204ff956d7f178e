/**
 * Everything that a check can find wrong. `th` and `en` say what; {name} is filled from the finding's detail, which
 * holds ids, places and counts, and never what people wrote.
 */
export const findings = {
  'log-broken-link': {
    th: 'ประวัติของหนังสือ {letter} ถูกแก้หรือขาดตั้งแต่ลำดับ {version}',
    en: 'The log of letter {letter} was altered or is broken from version {version} on',
  },
  'office-log-broken-link': {
    th: 'ประวัติของ {stream} ถูกแก้หรือขาดตั้งแต่ลำดับ {version}',
    en: 'The log of {stream} was altered or is broken from version {version} on',
  },
  'log-unreadable': {
    th: 'อ่านประวัติของหนังสือ {letter} เป็นหนังสือไม่ได้',
    en: 'The log of letter {letter} cannot be read as a letter',
  },
  'office-log-unreadable': {
    th: 'อ่านประวัติของ {stream} ไม่ได้',
    en: 'The log of {stream} cannot be read',
  },
  'projection-missing': {
    th: 'ตาราง {table} ไม่มีแถว {key} ที่ควรมีตามประวัติ',
    en: 'Table {table} lacks the row {key} that the log tells of',
  },
  'projection-extra': {
    th: 'ตาราง {table} มีแถว {key} ที่ไม่มีในประวัติ',
    en: 'Table {table} has a row {key} that no log tells of',
  },
  'projection-differs': {
    th: 'ตาราง {table} แถว {key} ไม่ตรงกับประวัติที่ {columns}',
    en: 'Table {table}, row {key}, differs from the log in {columns}',
  },
  'projection-twice': {
    th: 'ประวัติให้แถว {key} ของตาราง {table} ซ้ำ {times} ครั้ง',
    en: 'The log gives row {key} of table {table} {times} times',
  },
  'number-gap': {
    th: 'ทะเบียน {register} ปี {year} ขาดเลข {from} ถึง {to}',
    en: 'Register {register} of {year} lacks the numbers {from} to {to}',
  },
  'number-double': {
    th: 'ทะเบียน {register} ปี {year} มีเลข {number} ซ้ำ {times} ครั้ง',
    en: 'Register {register} of {year} has the number {number} {times} times',
  },
  'feed-gap': { th: 'ฟีดขาดลำดับ {from} ถึง {to}', en: 'The feed lacks the entries {from} to {to}' },
  'feed-head-differs': {
    th: 'ปลายฟีดบันทึกไว้ที่ {head} แต่รายการสุดท้ายคือ {last}',
    en: 'The feed’s head is {head}, but its last entry is {last}',
  },
  'feed-without-event': {
    th: 'ฟีดลำดับ {entry} อ้างถึงหนังสือ {letter} ลำดับ {version} ซึ่งไม่มี',
    en: 'Entry {entry} of the feed tells of version {version} of letter {letter}, which is not there',
  },
  'event-without-feed': {
    th: 'หนังสือ {letter} ลำดับ {version} ไม่มีในฟีด จึงไปไม่ถึงเครื่องลูกข่าย',
    en: 'Version {version} of letter {letter} is not in the feed, so no client hears of it',
  },
  'file-unrecorded': {
    th: 'หนังสือ {letter} อ้างถึงไฟล์ {file} ซึ่งไม่มีในบัญชีไฟล์',
    en: 'Letter {letter} speaks of file {file}, which is not recorded',
  },
  'file-lost': { th: 'ไม่มีไฟล์ {file} ในที่เก็บ', en: 'File {file} is not in the store' },
  'file-size-differs': {
    th: 'ไฟล์ {file} มี {found} ไบต์ แต่ควรมี {bytes}',
    en: 'File {file} has {found} bytes in place of {bytes}',
  },
  'file-altered': {
    th: 'เนื้อไฟล์ {file} ไม่ตรงกับค่าแฮชของมัน',
    en: 'The content of file {file} does not have its hash',
  },
} as const satisfies Record<string, { readonly th: string; readonly en: string }>

/** Something that a check found wrong. */
export interface Finding {
  readonly code: keyof typeof findings
  readonly detail: Readonly<Record<string, string | number>>
}

/** Takes a finding as soon as it is made. */
export type Report = (finding: Finding) => void
