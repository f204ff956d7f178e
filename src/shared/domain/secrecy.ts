import type { Secrecy } from '../contract/letter.ts'
import type { Directory } from './organisation.ts'

const LEVEL = { none: 0, confidential: 1, secret: 2, 'top-secret': 3 } as const

/** How high a class of secrecy (ชั้นความลับ) is: 0 for none, ลับ 1, ลับมาก 2, ลับที่สุด 3. */
export const secrecyLevel = (secrecy: Secrecy): number => LEVEL[secrecy]

/** The highest class that a person is appointed for, as a number; 0 for people who are not known. */
export const clearanceLevel = (personId: string, directory: Directory): number =>
  LEVEL[directory.person(personId)?.clearance ?? 'none']

/** Whether a person may see letters of `secrecy` at all (ข้อ 35, 41; พ.ศ. ๒๕๔๘). */
export const isCleared = (personId: string, secrecy: Secrecy, directory: Directory): boolean =>
  clearanceLevel(personId, directory) >= LEVEL[secrecy]

/** What stands in place of a subject for people who are not cleared: in lists, notifications, search and logs. */
export const MASKED_SUBJECT = '(เรื่องปกปิดตามชั้นความลับ)'

/** The subject as a person may read it. */
export const subjectFor = (
  personId: string,
  { secrecy, subject }: { readonly secrecy: Secrecy; readonly subject: string },
  directory: Directory,
): string => (isCleared(personId, secrecy, directory) ? subject : MASKED_SUBJECT)
