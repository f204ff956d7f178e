import { expect, test } from 'vitest'
import { percentile } from '../support/bench/measure.ts'
import { saraban } from '../support/cli/saraban.ts'
import { crashUnderLoad } from '../support/server/crash/crashes.ts'
import { temporaryFolder } from '../support/server/testServer.ts'

/** How often the server, its database or both are killed. */
const kills = Number(process.env.CRASH_KILLS ?? 100)

test(`${kills} kills under load lose and double nothing`, async () => {
  const folder = await temporaryFolder()
  try {
    const crashes = await crashUnderLoad(folder.path, kills, async (round) => {
      // The server's own look at itself, while it runs.
      if (round % 10 === 9) {
        const checked = saraban(['server', 'check', '--data', folder.path, '--json'])
        expect(checked.lines().at(-1)).toMatchObject({ findings: 0 })
      }
    })
    const { recoveries, faults, ...figures } = crashes
    const [p50, p95] = [percentile(recoveries, 0.5), percentile(recoveries, 0.95)]
    console.log(JSON.stringify({ ...figures, recoveryMs: { p50, p95, max: Math.max(...recoveries) } }))
    expect(faults).toEqual([])
  } finally {
    await folder.remove()
  }
})
