import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, test } from 'vitest'
import { type BoundedReader, startBoundedReader } from '../support/hostile/boundedReader.ts'
import { type FuzzSources, fuzzSources } from '../support/hostile/fuzzSources.ts'
import { mutations } from '../support/pdf/mutations.ts'

/** The long form is test/soak/pdf-fuzz.test.ts. */
const rounds = 22
const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
let sources: FuzzSources
let reader: BoundedReader

beforeAll(async () => {
  sources = await fuzzSources(folder)
  reader = startBoundedReader()
})

afterAll(() => {
  reader.close()
  rmSync(folder, { recursive: true, force: true })
})

test.each(Object.keys(mutations))('%s', async (name) => {
  for (let round = 0; round < rounds; round++) {
    await reader.settle(sources.caseOf(name, round)).catch((error: unknown) => {
      throw new Error(`round ${round}`, { cause: error })
    })
  }
})
