import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBoundedReader } from '../support/hostile/boundedReader.ts'
import { type FuzzSources, fuzzSources } from '../support/hostile/fuzzSources.ts'
import { mutations } from '../support/pdf/mutations.ts'

/** Rounds of each mutation, and the first of them: another seed is another walk. */
const rounds = Number(process.env.FUZZ_ROUNDS ?? 800)
const seed = Number(process.env.FUZZ_SEED ?? 1000)
const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
let sources: FuzzSources

beforeAll(async () => {
  sources = await fuzzSources(folder)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(Object.keys(mutations))('%s', async (name) => {
  const reader = startBoundedReader()
  const failures: string[] = []
  for (let round = seed; round < seed + rounds; round++) {
    await reader.settle(sources.caseOf(name, round)).catch((error: unknown) => {
      failures.push(`round ${round}: ${error instanceof Error ? error.message : String(error)}`)
    })
  }
  reader.close()
  expect(failures).toEqual([])
})
