import { type Outcome, refuse } from '../../shared/outcome.ts'
import { isDiskFull } from './account/durableFile.ts'

/** Does work that writes; a full disk is an expected failure, disk-full, after which nothing was kept. */
export async function refusingDiskFull<Value>(work: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
  try {
    return await work()
  } catch (error) {
    if (isDiskFull(error)) return refuse('disk-full')
    throw error
  }
}
