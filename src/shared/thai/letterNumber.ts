import type { Register, Unit } from '../contract/organisation.ts'
import { letterDate } from './dates.ts'
import { toThaiDigits } from './digits.ts'

/** The whole number of a letter (ที่) in Arabic digits, by the register's template: `สปสช 5.30/1247`. */
export const letterNumber = (register: Register, unit: Unit, serial: number): string =>
  register.template.replace('{code}', unit.code).replace('{serial}', String(serial))

/** How a number is written where the paper has `ที่ สปสช ` already: `๕.๓๐/๑๒๔๗`. */
export const numberAfterAgency = (number: string, agencyCode: string): string =>
  toThaiDigits(number.startsWith(`${agencyCode} `) ? number.slice(agencyCode.length + 1) : number)

/** How a number is written where the paper has no place for it: `ที่ สปสช ๕.๓๐/๑๒๔๗`. */
export const numberWithLabel = (number: string): string => `ที่ ${toThaiDigits(number)}`

/** How a letter's date is written where the paper has no place for it: `วันที่ ๑๗ กันยายน ๒๕๖๙`. */
export const dateWithLabel = (day: string): string => `วันที่ ${letterDate(day)}`

/** Whether `written` is the number `number` in one of the forms in which it is put on paper. */
export const writesNumber = (written: string, number: string, agencyCode: string): boolean =>
  [numberAfterAgency(number, agencyCode), toThaiDigits(number), numberWithLabel(number)].includes(written)

/** Whether `written` is the date `day` (Gregorian, `YYYY-MM-DD`) in one of the forms in which it is put on paper. */
export const writesDate = (written: string, day: string): boolean =>
  [letterDate(day), dateWithLabel(day)].includes(written)
