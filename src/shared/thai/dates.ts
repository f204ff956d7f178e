import { toThaiDigits } from './digits.ts'

const BUDDHIST_ERA = 543
const BANGKOK_OFFSET_MS = 7 * 60 * 60 * 1000

const MONTHS = [
  'มกราคม',
  'กุมภาพันธ์',
  'มีนาคม',
  'เมษายน',
  'พฤษภาคม',
  'มิถุนายน',
  'กรกฎาคม',
  'สิงหาคม',
  'กันยายน',
  'ตุลาคม',
  'พฤศจิกายน',
  'ธันวาคม',
] as const
const SHORT_MONTHS = [
  'ม.ค.',
  'ก.พ.',
  'มี.ค.',
  'เม.ย.',
  'พ.ค.',
  'มิ.ย.',
  'ก.ค.',
  'ส.ค.',
  'ก.ย.',
  'ต.ค.',
  'พ.ย.',
  'ธ.ค.',
] as const

/** The day in Bangkok (UTC+7, no summer time) at an ISO instant, as `YYYY-MM-DD` of the Gregorian calendar. */
export function bangkokDay(instant: string): string {
  return new Date(Date.parse(instant) + BANGKOK_OFFSET_MS).toISOString().slice(0, 10)
}

/** Whether one ISO instant is after another, however exactly either is written. */
export const isLater = (one: string, other: string): boolean => Date.parse(one) > Date.parse(other)

/** The Buddhist year of a Gregorian day `YYYY-MM-DD`: `2026-09-17` → 2569. */
export const buddhistYear = (day: string): number => Number(day.slice(0, 4)) + BUDDHIST_ERA

const parts = (day: string) => ({
  date: Number(day.slice(8, 10)),
  month: Number(day.slice(5, 7)) - 1,
  year: buddhistYear(day),
})

/** A day as printed on a letter (ข้อ 5.5): `2026-09-17` → `๑๗ กันยายน ๒๕๖๙`. */
export function letterDate(day: string): string {
  const { date, month, year } = parts(day)
  return toThaiDigits(`${date} ${MONTHS[month]} ${year}`)
}

/** A day as lists show it: `2026-09-17` → `17 ก.ย. 2569`. */
export function listDate(day: string): string {
  const { date, month, year } = parts(day)
  return `${date} ${SHORT_MONTHS[month]} ${year}`
}

/** The time of day in Bangkok at an ISO instant, as Thai letters write it: `09.45 น.` */
export function bangkokTime(instant: string): string {
  const time = new Date(Date.parse(instant) + BANGKOK_OFFSET_MS).toISOString()
  return `${time.slice(11, 13)}.${time.slice(14, 16)} น.`
}
