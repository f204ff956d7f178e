import { expect, test } from 'vitest'
import { simulate } from '../support/client/simulation/run.ts'

const runs = Number(process.env.SIMULATION_RUNS ?? 10_000)

test(`${runs} offices with lossy lines and failing power lose and double nothing`, async () => {
  const happened = await simulate(runs)
  console.log(JSON.stringify(happened))
  expect(happened.runs).toBeGreaterThanOrEqual(runs)
})
