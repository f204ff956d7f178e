import type { Organisation } from '../contract/organisation.ts'
import { bangkokDay } from '../thai/dates.ts'

const DAY_MS = 24 * 3600 * 1000

type Calendar = Pick<Organisation, 'holidays'> & {
  readonly policy: Pick<Organisation['policy'], 'officeHours'>
}

/** Whether a day (Gregorian, `YYYY-MM-DD`) is neither a Saturday, a Sunday nor a holiday. */
export function isWorkingDay(day: string, { holidays }: Pick<Organisation, 'holidays'>): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays.includes(day)
}

/** The day that is `count` working days after `day`; the next working day from `day` on for 0. */
export function addWorkingDays(day: string, count: number, calendar: Pick<Organisation, 'holidays'>): string {
  let current = day
  for (let left = count; ; ) {
    if (isWorkingDay(current, calendar)) {
      if (left === 0) return current
      left -= 1
    }
    current = nextDay(current)
  }
}

/**
 * When what arrived at an instant counts as received: at once within office hours; otherwise when the office opens
 * next (พ.ร.บ.การปฏิบัติราชการทางอิเล็กทรอนิกส์ 2565). ISO instant.
 */
export function deemedReceipt(arrivedAt: string, calendar: Calendar): string {
  const { from, to } = calendar.policy.officeHours
  const day = bangkokDay(arrivedAt)
  const opens = Date.parse(`${day}T${from}:00+07:00`)
  const closes = Date.parse(`${day}T${to}:00+07:00`)
  const arrived = Date.parse(arrivedAt)
  const worksToday = isWorkingDay(day, calendar)
  if (worksToday && arrived >= opens && arrived < closes) return arrivedAt
  const counted = worksToday && arrived < opens ? day : addWorkingDays(nextDay(day), 0, calendar)
  return new Date(Date.parse(`${counted}T${from}:00+07:00`)).toISOString()
}

const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
