import { letterDate } from './dates.ts'
import { toThaiDigits } from './digits.ts'

/** How a number is written where the paper has `ที่ สปสช ` already: `๕.๓๐/๑๒๔๗`. */
export const numberAfterAgency = (number: string, agencyCode: string): string =>
  toThaiDigits(number.startsWith(`${agencyCode} `) ? number.slice(agencyCode.length + 1) : number)

/**
 * How a number is written where the paper has `typed` of it, such as `สปสช๕.๓๐/` or `สปสช 5.30/ว`: `๑๒๔๗`. The whole
 * number when it does not begin so.
 */
export function numberAfterPrefix(number: string, typed: string): string {
  const whole = toThaiDigits(number)
  const wanted = toThaiDigits(typed).replaceAll(' ', '')
  let rest = whole
  for (const character of wanted) {
    rest = rest.trimStart()
    if (!rest.startsWith(character)) return whole
    rest = rest.slice(character.length)
  }
  return rest.trim()
}

/** How a number is written where the paper has no place for it: `ที่ สปสช ๕.๓๐/๑๒๔๗`. */
export const numberWithLabel = (number: string): string => `ที่ ${toThaiDigits(number)}`

/** How a letter's date is written where the paper has no place for it: `วันที่ ๑๗ กันยายน ๒๕๖๙`. */
export const dateWithLabel = (day: string): string => `วันที่ ${letterDate(day)}`

/** Whether `written` is the number `number` in one of the forms in which it is put on paper. */
export function writesNumber(written: string, number: string, agencyCode: string): boolean {
  const stroke = number.indexOf('/') + 1
  const afterStroke = stroke === 0 ? [] : ['', 'ว'].map((more) => number.slice(0, stroke) + more)
  const forms = [numberAfterAgency(number, agencyCode), toThaiDigits(number), numberWithLabel(number)]
  return [...forms, ...afterStroke.map((typed) => numberAfterPrefix(number, typed))].includes(written)
}

/** Whether `written` is the date `day` (Gregorian, `YYYY-MM-DD`) in one of the forms in which it is put on paper. */
export const writesDate = (written: string, day: string): boolean =>
  [letterDate(day), dateWithLabel(day)].includes(written)
