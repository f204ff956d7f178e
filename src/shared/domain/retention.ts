import type { RetentionClass } from '../contract/organisation.ts'
import { bangkokDay, buddhistYear } from '../thai/dates.ts'
import type { Letter } from './letter.ts'

const ARCHIVES_YEARS = 20

/**
 * The last Buddhist year for which a letter is kept (ข้อ 57), counted from the end of the calendar year in which it
 * went into keeping on `day`; null for permanently.
 */
export const keptUntil = ({ years }: RetentionClass, day: string): number | null =>
  years === null ? null : buddhistYear(day) + years

/** Whether a letter's time of keeping was over before the Buddhist `year` began (ข้อ 66). */
export const hasExpired = ({ keeping, gone }: Letter, year: number): boolean =>
  gone === null && keeping !== null && keeping.keptUntil !== null && keeping.keptUntil < year

/** Whether a letter is 20 years old in the Buddhist `year` and is offered to the National Archives (ข้อ 58). */
export const isForArchives = (letter: Letter, year: number): boolean =>
  letter.gone === null &&
  letter.keeping !== null &&
  year - buddhistYear(bangkokDay(letter.draftedAt)) >= ARCHIVES_YEARS

/** The day by which the yearly survey of what expired has to be done: 60 days after the calendar year (ข้อ 66). */
export const surveyDue = (year: number): string =>
  new Date(Date.UTC(year - 543, 0, 60)).toISOString().slice(0, 10)

/** The day by which 20-year-old letters are offered to the National Archives: 31 January (ข้อ 58). */
export const archivesDue = (year: number): string => `${year - 543}-01-31`
