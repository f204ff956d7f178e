import { accept, type Outcome, refuse } from '../../outcome.ts'
import { bangkokDay } from '../../thai/dates.ts'

const DAY_MS = 24 * 3600 * 1000

/** Days in Bangkok, both counted; without `to` for as long as nobody ends it. */
export interface Period {
  readonly from: string
  readonly to: string | null
}

/** The day that is `count` days after `day`. */
export const daysAfter = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)

/** Whether two periods have a day in common. */
export const overlap = (one: Period, other: Period): boolean =>
  (one.to === null || other.from <= one.to) && (other.to === null || one.from <= other.to)

/**
 * Whether something may begin: today in Bangkok or later, and not after it ends. Nobody's right to act is made after
 * the fact. Refuses period-unfit.
 */
export const mayBegin = ({ from, to }: Period, now: string): Outcome<null> =>
  from >= bangkokDay(now) && (to === null || from <= to) ? accept(null) : refuse('period-unfit')

/**
 * Whether a period may get the last day `to`: yesterday at the earliest, since what was done until then was done by
 * right, and never a later day than it had. One that ends before it began never comes into force. Refuses period-unfit.
 */
export const mayEnd = (period: Period, to: string, now: string): Outcome<null> =>
  to >= daysAfter(bangkokDay(now), -1) && (period.to === null || to <= period.to)
    ? accept(null)
    : refuse('period-unfit')
