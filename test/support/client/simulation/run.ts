import fc from 'fast-check'
import { device, deviceDatabase, emptied } from './device.ts'
import { faultsInTheEnd, faultsNow } from './invariants.ts'
import { line } from './line.ts'
import { PEOPLE } from './office.ts'
import { type Schedule, schedules } from './schedule.ts'
import { simulatedServer } from './server.ts'

/** What happened in all runs together, so that a test can tell that much did. */
export interface Happened {
  runs: number
  commands: number
  retracts: number
  crashes: number
  refused: number
}

/** Rounds of undisturbed exchanges after which everything has to be settled. */
const QUIET_ROUNDS = 3

/**
 * Carries out `runs` schedules, each with a new office, and checks after every step and at the end. Throws fast-check's
 * report, with the seed and the shortest schedule found, when something is wrong.
 */
export async function simulate(runs: number, seed?: number): Promise<Happened> {
  const databases = PEOPLE.map(deviceDatabase)
  const happened: Happened = { runs: 0, commands: 0, retracts: 0, crashes: 0, refused: 0 }
  const property = fc.asyncProperty(schedules, async (schedule) => {
    const faults = await carryOut(
      schedule,
      PEOPLE.map((personId, index) => device(emptied(databases[index]!), personId)),
      happened,
    )
    if (faults.length > 0) throw new Error(faults.join('\n'))
  })
  await fc.assert(property, { numRuns: runs, ...(seed !== undefined && { seed }) })
  return happened
}

async function carryOut(
  { proposed, steps }: Schedule,
  devices: readonly ReturnType<typeof device>[],
  happened: Happened,
): Promise<string[]> {
  const server = simulatedServer()
  const way = line(server)
  const deviceAt = (index: number) => devices[index % devices.length] as (typeof devices)[number]
  for (let count = 0; count < proposed; count += 1) deviceAt(0).propose()
  await deviceAt(0).exchange(way.connect(deviceAt(0).personId, []))
  for (const [index, step] of steps.entries()) {
    if (step.does === 'act') deviceAt(step.device).act(step.kind, step.pick)
    else if (step.does === 'withdraw') deviceAt(step.device).withdraw()
    else if (step.does === 'restart') deviceAt(step.device).restart()
    else if (step.does === 'late requests arrive') way.deliverLate()
    else if (step.does === 'clock')
      (step.device === null ? server : deviceAt(step.device)).moveClock(step.minutes)
    else {
      const one = deviceAt(step.device)
      const done = await one.exchange(way.connect(one.personId, step.fates), step)
      if (!done && step.crash) happened.crashes += 1
    }
    if (!('device' in step) || step.device === null) continue
    const faults = faultsNow(server, deviceAt(step.device))
    if (faults.length > 0) return [`device ${step.device} after step ${index}:`, ...faults]
  }
  way.deliverLate()
  for (let round = 0; round < QUIET_ROUNDS; round += 1) {
    for (const one of devices) await one.exchange(way.connect(one.personId, []))
  }
  happened.runs += 1
  happened.commands += server.answers.size
  happened.retracts += devices.reduce(
    (sum, { personId }) =>
      sum + server.entriesFor(personId).filter(({ row }) => row.kind === 'retract').length,
    0,
  )
  happened.refused += devices.reduce(
    (sum, { look }) => sum + look('outbox').filter(({ state }) => state === 'refused').length,
    0,
  )
  return faultsInTheEnd(server, devices)
}
