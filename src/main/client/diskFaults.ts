import { type Outcome, refuse } from '../../shared/outcome.ts'
import { isDiskFull, isUnwritable } from './account/durableFile.ts'

/**
 * Does work that writes. A disk that is full, or that takes nothing from this user, is an expected failure:
 * disk-full or disk-unwritable, after which nothing was kept.
 */
export async function refusingDiskFaults<Value>(
  work: () => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  try {
    return await work()
  } catch (error) {
    if (isDiskFull(error)) return refuse('disk-full')
    if (isUnwritable(error)) return refuse('disk-unwritable')
    throw error
  }
}
