import { z } from 'zod'

/** `YYYY-MM-DDTHH:MM:SS.sssZ` and finer, but no more than a clock tells. */
const INSTANT_LENGTH = 30

/**
 * Years that letters speak of. A Buddhist year that somebody wrote where a Gregorian one belongs (2569 for 2026) lies
 * outside, so it is refused rather than kept as a day five centuries ahead.
 */
const ofOurTimes = (text: string): boolean => text >= '1800' && text < '2400'

/** A day in Bangkok, of the Gregorian calendar. */
export const daySchema = z.iso.date().refine(ofOurTimes)
/** What a clock said, in UTC, be it right or wrong. */
export const clockSchema = z.iso.datetime().max(INSTANT_LENGTH)
/** An instant in UTC that somebody names: when something is due, arrived, was confirmed. */
export const momentSchema = clockSchema.refine(ofOurTimes)
