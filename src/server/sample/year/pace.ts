import type { Random } from './random.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 8 * HOUR

/** How long people take, in seconds of office hours; most are quick, some are not. */
export const pace = {
  minutes: (random: Random, from: number, to: number): number => random.between(from * MINUTE, to * MINUTE),
  hours: (random: Random, from: number, to: number): number => random.between(from * HOUR, to * HOUR),
  days: (random: Random, from: number, to: number): number => random.between(from * DAY, to * DAY),
  /**
   * Until a letter in a tray is taken in hand: minutes mostly, a day or two often, weeks where it is forgotten; longer
   * where people are `behind`.
   */
  inTray: (random: Random, behind: boolean): number =>
    random.weighted([
      [62, random.between(5 * MINUTE, 4 * HOUR)],
      [26, random.between(4 * HOUR, 2 * DAY)],
      [9, random.between(2 * DAY, 8 * DAY)],
      [3, random.between(8 * DAY, 50 * DAY)],
    ]) * (behind ? 6 : 1),
} as const

/** For how many working days before its end a year's trays fill up. */
export const DAYS_BEHIND = 12
