import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actsKeepSignatures } from '../support/pdf/actRules.ts'
import { type Act, anyAct, perform, signers } from '../support/pdf/acts.ts'
import { corpus, writtenByHand } from '../support/pdf/corpus.ts'
import { accepted, openServedOffice, type ServedOffice } from '../support/pdf/office.ts'
import { ownIntactness, popplerIntactness } from '../support/pdf/tampering.ts'

let office: ServedOffice

beforeAll(async () => {
  office = await openServedOffice(signers)
})

afterAll(async () => {
  await office.closeServices()
  office.close()
})

test('any sequence of marks and signatures on any form keeps every signature valid', async () => {
  const forms = fc.constantFrom(...Object.keys(writtenByHand))
  const acts = fc.array(anyAct, { minLength: 2, maxLength: 5 })
  const holds = fc.asyncProperty(forms, acts, async (form, list) => {
    await actsKeepSignatures(office, form, list)
  })
  // The longer form in test/soak draws other rows, and of every form.
  await fc.assert(holds, { numRuns: 15, seed: 2569 })
})

const sign = (signer: number): Act => ({
  act: 'sign',
  signer,
  wanted: {},
  block: null,
  marks: [],
  certifies: null,
})
const number: Act = { act: 'mark', marks: [{ kind: 'number', spot: { page: 0, x: 0, y: 0 } }] }

test.each(['thirty revisions', 'object streams that extend each other'])(
  'whatever byte is changed, we call no signature intact that poppler does not: %s',
  async (form) => {
    let bytes = await corpus[form]!()
    for (const [step, act] of [sign(0), number, sign(1), number].entries())
      bytes = accepted(await perform(office, bytes, act, step))
    const flips = fc.record({ at: fc.nat({ max: bytes.length - 1 }), bit: fc.nat({ max: 7 }) })
    let intact = 0
    const agree = fc.asyncProperty(flips, async ({ at, bit }) => {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ (1 << bit)
      const [ours, poppler] = await Promise.all([
        ownIntactness(changed, office),
        popplerIntactness(changed, office),
      ])
      for (const field of [...ours].filter(([, isIntact]) => isIntact).map(([name]) => name)) {
        expect([field, poppler.get(field)]).toEqual([field, true])
        intact++
      }
    })
    await fc.assert(agree, { numRuns: 30, seed: 2570 })
    expect(intact).toBeGreaterThan(5)
  },
)
