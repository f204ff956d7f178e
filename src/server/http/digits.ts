import { z } from 'zod'

/** The largest number that the database's own integers hold. */
export const LARGEST = 2_147_483_647

/** A whole number from `least` to `most` as an address carries it: digits and nothing else. */
export const digits = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
