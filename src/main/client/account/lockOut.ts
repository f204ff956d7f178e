import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { readJson, writeJson } from './durableFile.ts'

const attemptsSchema = z.object({ failures: z.number().int(), lockedUntil: z.number() })

const FREE_TRIES = 5
const LONGEST_MINUTES = 60

/** Slows down guessing of a password while the server, which counts for itself, cannot be asked. */
export interface LockOut {
  /** Whole minutes until the next try, 0 when one may be made now. */
  minutesLeft(): Promise<number>
  /** Counts a wrong password: from the fifth on a pause of 1, 2, 4 … 60 minutes follows. */
  failed(): Promise<void>
  succeeded(): Promise<void>
}

/** The lock-out whose count is kept in `path`, so that a new start of the program does not clear it. */
export function lockOut(path: string, now: () => number = Date.now): LockOut {
  const read = async () =>
    attemptsSchema.safeParse(await readJson(path)).data ?? { failures: 0, lockedUntil: 0 }
  return {
    minutesLeft: async () => {
      const left = Math.max(0, Math.ceil(((await read()).lockedUntil - now()) / 60_000))
      // No pause is that long: the clock was wrong when it began, and must not keep its owner out for years.
      return left > LONGEST_MINUTES ? 0 : left
    },
    failed: async () => {
      const failures = (await read()).failures + 1
      const minutes = failures < FREE_TRIES ? 0 : Math.min(2 ** (failures - FREE_TRIES), LONGEST_MINUTES)
      await writeJson(path, { failures, lockedUntil: now() + minutes * 60_000 })
    },
    succeeded: () => rm(path, { force: true }),
  }
}
