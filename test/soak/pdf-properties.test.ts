import fc from 'fast-check'
import { afterAll, beforeAll, test } from 'vitest'
import { actsKeepSignatures } from '../support/pdf/actRules.ts'
import { anyAct, signers } from '../support/pdf/acts.ts'
import { corpus } from '../support/pdf/corpus.ts'
import { openServedOffice, type ServedOffice } from '../support/pdf/office.ts'

/** Rounds of long sequences; SEED repeats one that failed. */
const numRuns = Number(process.env.ROUNDS ?? 400)
const seed = process.env.SEED === undefined ? {} : { seed: Number(process.env.SEED) }
let office: ServedOffice

beforeAll(async () => {
  office = await openServedOffice(signers)
})

afterAll(async () => {
  await office.closeServices()
  office.close()
})

test('any long sequence of marks and signatures on any form keeps every signature valid', async () => {
  const forms = fc.constantFrom(...Object.keys(corpus))
  const acts = fc.array(anyAct, { minLength: 1, maxLength: 12 })
  const holds = fc.asyncProperty(forms, acts, async (form, list) => {
    await actsKeepSignatures(office, form, list)
  })
  await fc.assert(holds, { numRuns, ...seed })
})
