import type { Organisation } from '../../../shared/contract/organisation.ts'
import { sampleFiles } from '../files.ts'
import { sampleOrganisation } from '../organisation.ts'
import { incoming, petition, secret } from './courses/incoming.ts'
import { byPaper, circular, formal, memo, secretByPaper, stamped } from './courses/internal.ts'
import { outgoing } from './courses/outgoing.ts'
import type { Course, GeneratedLetter, Office, RecordedAct } from './office.ts'
import { type OfficeTime, officeTime } from './officeTime.ts'
import { openOffice } from './openOffice.ts'
import { randomFrom } from './random.ts'
import { daysAfter } from './texts/slots.ts'

export type { GeneratedLetter, RecordedAct } from './office.ts'

/** Which year, of how many letters. */
export interface YearOptions {
  /** The same seed gives the same letters to the byte. */
  readonly seed: number
  /** How many letters begin: drafted, registered, or received from another unit. */
  readonly letters: number
  /** The calendar year (Gregorian); or the twelve months up to an instant (ISO), at which the year breaks off. */
  readonly period: { readonly year: number } | { readonly until: string }
  /** Default: sampleOrganisation. Its units and positions are those that the sample has. */
  readonly organisation?: Organisation
  /** Hears of each command in the order of deciding. */
  readonly onAct?: (act: RecordedAct) => void
}

/**
 * A year of an office's letters, each when nothing more happens to it, and at the end those that still wait. Every one
 * is a legal history: each event comes from the deciders, in the order of time, in office hours, with the next number
 * of its register. Signatures are made up: the events say who signed with which certificate, but no file is signed, and
 * all letters of a kind share one file (sampleFiles). Nothing is destroyed or handed to the archives, which takes
 * longer than a year.
 */
export async function* generateYear(options: YearOptions): AsyncGenerator<GeneratedLetter, void, undefined> {
  const { seed, letters, onAct, organisation = sampleOrganisation } = options
  const time = timeOf(options.period, organisation)
  const random = randomFrom(seed)
  const { office, run } = openOffice({
    organisation,
    time,
    random,
    files: await sampleFiles(),
    letters,
    onAct,
  })
  office.start(mornings(office, time, letters), [])
  yield* run()
}

function timeOf(period: YearOptions['period'], organisation: Organisation): OfficeTime {
  if ('until' in period) {
    const from = daysAfter(period.until.slice(0, 10), -364)
    return officeTime(organisation, from, period.until)
  }
  return officeTime(organisation, `${period.year}-01-01`, `${period.year}-12-31T17:00:00.000Z`)
}

/** How much is written in each month: most before the fiscal year ends, little around Songkran and New Year. */
const MONTHS = [0.95, 1, 1.05, 0.75, 1, 1, 1, 1.1, 1.35, 1.1, 1, 0.8]
/** Sunday to Saturday. */
const WEEKDAYS = [0, 1.2, 1.05, 1, 1, 0.85, 0]

const weightOf = (day: string): number =>
  (MONTHS[Number(day.slice(5, 7)) - 1] ?? 1) * (WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 1)

const COURSES: readonly (readonly [weight: number, course: (office: Office) => Course])[] = [
  [440, incoming],
  [45, petition],
  [9, secret],
  [340, memo],
  [110, outgoing],
  [9, circular],
  [22, formal],
  [8, stamped],
  [16, byPaper],
  [3, secretByPaper],
]

/**
 * Begins each day's letters. What one unit hands to another counts too, so each day begins as many as are missing to
 * its share of the year.
 */
function* mornings(office: Office, time: OfficeTime, letters: number): Course {
  const { random } = office
  const weights = time.days.map(weightOf)
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let share = 0
  for (const [index, weight] of weights.entries()) {
    share += weight / whole
    const isLast = index === weights.length - 1
    const missing = (isLast ? letters : Math.round(letters * share)) - office.begun()
    const room = isLast ? time.end - index * time.secondsInDay : time.secondsInDay
    for (let count = 0; count < missing; count += 1) {
      office.start(random.weighted(COURSES)(office), [], random.between(1, Math.max(1, room - 2)))
    }
    yield time.secondsInDay
  }
}
