import { toArabicDigits } from './digits.ts'

const BUDDHIST_ERA = 543

/** The beginnings by which months are told apart once dots and spaces are gone, long and short forms alike. */
const MONTHS: readonly (readonly string[])[] = [
  ['มกรา', 'มค'],
  ['กุมภา', 'กพ'],
  ['มีนา', 'มีค'],
  ['เมษา', 'เมย'],
  ['พฤษภา', 'พค'],
  ['มิถุนา', 'มิย'],
  ['กรกฎา', 'กค'],
  ['สิงหา', 'สค'],
  ['กันยา', 'กย'],
  ['ตุลา', 'ตค'],
  ['พฤศจิกา', 'พย'],
  ['ธันวา', 'ธค'],
]

/**
 * The day that a person typed, as `YYYY-MM-DD` of the Gregorian calendar, or null when it is none: `๑๕ ม.ค. ๒๕๖๙`,
 * `15 มกราคม พ.ศ. 2569`, `15/1/2569`, `15-1-69`, `2026-01-15`. A year of two digits is a Buddhist one of this
 * century (69 is 2569); one below 2400 is Gregorian.
 */
export function readDay(typed: string): string | null {
  const text = toArabicDigits(typed)
    .replace(/วันที่|พ\s*\.?\s*ศ\s*\.(?=\s*\d)/g, ' ')
    .trim()
  const written = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (written) return dayOf(Number(written[1]), Number(written[2]), Number(written[3]))
  const numbers = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})$/.exec(text)
  if (numbers) return dayOf(yearOf(numbers[3]), Number(numbers[2]), Number(numbers[1]))
  const words = /^(\d{1,2})\s*([\u0E01-\u0E4E.\s]+?)\s*(\d{4}|\d{2})$/.exec(text)
  return words ? dayOf(yearOf(words[3]), monthOf(words[2] ?? ''), Number(words[1])) : null
}

const yearOf = (digits = ''): number => (digits.length === 2 ? 2500 + Number(digits) : Number(digits))

/** The number of the month, 1 to 12; 0 when it is none. */
function monthOf(typed: string): number {
  const name = typed.replace(/[.\s]/g, '')
  return MONTHS.findIndex(([long = '', short]) => name === short || name.startsWith(long)) + 1
}

function dayOf(year: number, month: number, date: number): string | null {
  const gregorian = year >= 2400 ? year - BUDDHIST_ERA : year
  const day = new Date(Date.UTC(gregorian, month - 1, date))
  if (gregorian < 1000 || day.getUTCMonth() !== month - 1 || day.getUTCDate() !== date) return null
  return day.toISOString().slice(0, 10)
}
