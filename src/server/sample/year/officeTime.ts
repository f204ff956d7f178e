import type { Organisation } from '../../../shared/contract/organisation.ts'
import { isWorkingDay } from '../../../shared/domain/calendar.ts'
import { bangkokDay } from '../../../shared/thai/dates.ts'

const DAY_MS = 24 * 3600 * 1000
/** A day that has only just begun is left out: nothing gets done in so little of it. */
const SHORTEST_DAY_MS = 10 * 60 * 1000

/**
 * Time as an office has it: seconds of office hours, one working day after another. A place in it is such a second,
 * counted from the first morning.
 */
export interface OfficeTime {
  /** Working days in Bangkok (Gregorian `YYYY-MM-DD`), oldest first. */
  readonly days: readonly string[]
  readonly secondsInDay: number
  /** Places that are over: the last one is before this. */
  readonly end: number
  /** The instant of a place, ISO. */
  instant(place: number): string
}

/** The office's time from the day `from` to the instant `until`. Throws where there is no working day in it. */
export function officeTime(organisation: Organisation, from: string, until: string): OfficeTime {
  const { officeHours } = organisation.policy
  const opening = (day: string) => Date.parse(`${day}T${officeHours.from}:00+07:00`)
  const secondsInDay =
    (Date.parse(`2026-01-01T${officeHours.to}:00Z`) - Date.parse(`2026-01-01T${officeHours.from}:00Z`)) / 1000
  const days: string[] = []
  const last = bangkokDay(until)
  for (let day = from; day <= last; ) {
    if (isWorkingDay(day, organisation) && opening(day) + SHORTEST_DAY_MS <= Date.parse(until)) days.push(day)
    day = new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
  }
  const openings = days.map(opening)
  const lastOpening = openings.at(-1)
  if (lastOpening === undefined) throw new Error('a year has working days')
  const secondsToday = Math.min(secondsInDay, Math.ceil((Date.parse(until) - lastOpening) / 1000))
  return {
    days,
    secondsInDay,
    end: (days.length - 1) * secondsInDay + secondsToday,
    instant: (place) => {
      const opened = openings[Math.floor(place / secondsInDay)]
      if (opened === undefined) throw new Error('the year is over')
      return new Date(opened + (place % secondsInDay) * 1000).toISOString()
    },
  }
}
