import fc from 'fast-check'
import { afterAll, beforeAll, test } from 'vitest'
import { actsKeepSignatures } from '../support/pdf/actRules.ts'
import { anyAct, signers } from '../support/pdf/acts.ts'
import { corpus, weakJudges, writtenByHand } from '../support/pdf/corpus.ts'
import { type Office, openOffice } from '../support/pdf/office.ts'

let office: Office

beforeAll(() => {
  office = openOffice(signers)
})

afterAll(() => office.close())

test('any sequence of marks and signatures on any form keeps every signature valid', async () => {
  const forms = fc.constantFrom(...Object.keys(writtenByHand))
  const acts = fc.array(anyAct, { minLength: 2, maxLength: 5 })
  const holds = fc.asyncProperty(forms, acts, async (form, list) => {
    await actsKeepSignatures(office, await corpus[form]!(), list, form in weakJudges)
  })
  // The longer form in test/soak draws other rows, and of every form.
  await fc.assert(holds, { numRuns: 15, seed: 2569 })
})
