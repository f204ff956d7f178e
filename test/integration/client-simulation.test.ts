import { expect, test } from 'vitest'
import { simulate } from '../support/client/simulation/run.ts'

/** SIMULATION_SEED repeats the schedules of a report. */
const seed = process.env.SIMULATION_SEED

const runs = Number(process.env.SIMULATION_RUNS ?? 2000)
/** Under a minute where nothing else runs. */
const PATIENCE_MS = 600_000

test(
  'whatever is lost, late, doubled or cut off, each command counts once and each view is the server’s',
  async () => {
    const happened = await simulate(runs, seed === undefined ? undefined : Number(seed))
    expect(happened.runs).toBeGreaterThanOrEqual(runs)
    // A simulation in which nothing happens finds nothing.
    expect(happened.commands).toBeGreaterThan(runs)
    for (const count of [happened.retracts, happened.crashes, happened.refused]) {
      expect(count).toBeGreaterThan(runs / 20)
    }
  },
  PATIENCE_MS,
)
