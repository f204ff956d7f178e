import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import { signBatch } from './batch.ts'
import type { Certificate } from './cms/certificate.ts'
import type { TokenSigner } from './tokens/tokenSigner.ts'

/** How one letter goes in one run. */
type Course = 'well' | 'unreadable' | 'unwritable' | 'token-pulled' | 'service-down' | 'cancelled'

const courses: fc.Arbitrary<Course> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Course>('well') },
  { weight: 1, arbitrary: fc.constantFrom<Course>('unreadable', 'unwritable') },
  { weight: 1, arbitrary: fc.constantFrom<Course>('token-pulled', 'service-down', 'cancelled') },
)

/** Lets other work go on for so many turns: how long each step takes decides how the work interleaves. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve()
}

/** A token that counts, and fails the letters whose course says so. */
function countingToken(courseOf: (letter: number) => Course, time: number) {
  const counted = { opened: 0, closed: 0, atOnce: 0, mostAtOnce: 0, afterFault: 0 }
  let isFaulty = false
  const signer: TokenSigner = {
    certificate: {} as Certificate,
    chain: [],
    sign: async (attributes) => {
      if (isFaulty) counted.afterFault++
      counted.atOnce++
      counted.mostAtOnce = Math.max(counted.mostAtOnce, counted.atOnce)
      await turns(time)
      counted.atOnce--
      isFaulty = courseOf(attributes[0]!) === 'token-pulled'
      return isFaulty ? refuse('token-removed') : accept(attributes)
    },
    close: async () => void counted.closed++,
  }
  return {
    counted,
    open: async (): Promise<Outcome<TokenSigner>> => {
      counted.opened++
      return accept(signer)
    },
  }
}

test('whatever stops a batch, and however often it is resumed, each letter is signed once and by one at a time', async () => {
  const runs = fc.array(
    fc.record({ course: fc.array(courses, { minLength: 12, maxLength: 12 }), time: fc.nat(6) }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  const times = fc.array(fc.nat(8), { minLength: 12, maxLength: 12 })
  const letters = fc
    .integer({ min: 0, max: 12 })
    .map((count) => Array.from({ length: count }, (_, index) => index))
  await fc.assert(
    fc.asyncProperty(letters, runs, times, async (documents, planned, before) => {
      const kept: number[] = []
      let done: ReadonlySet<string> = new Set()
      const smooth = { course: documents.map((): Course => 'well'), time: 1 }
      for (const { course, time } of [...planned, smooth]) {
        const cancel = new AbortController()
        const { counted, open } = countingToken((letter) => course[letter]!, time)
        let [working, mostWorking] = [0, 0]
        const report = await signBatch<number, number>({
          documents,
          nameOf: String,
          done,
          signal: cancel.signal,
          open,
          sign: async (letter, signer) => {
            working++
            mostWorking = Math.max(mostWorking, working)
            try {
              await turns(before[letter]!)
              if (course[letter] === 'unreadable') return refuse('file-damaged')
              if (course[letter] === 'cancelled') cancel.abort()
              const signed = await signer.sign(Uint8Array.of(letter), { scheme: 'ecdsa', digest: 'sha256' })
              if (!signed.ok) return signed
              await turns(before[before.length - 1 - letter]!)
              if (course[letter] === 'unwritable') return refuse('output-unwritable')
              if (course[letter] === 'service-down') return refuse('timestamp-unavailable')
              kept.push(letter)
              return accept(letter)
            } finally {
              working--
            }
          },
        })
        expect(report.results.map(({ document }) => document)).toEqual(documents)
        expect(report.done).toEqual(new Set(kept.map(String)))
        for (const name of done) expect(report.results[Number(name)]!.state).toBe('signed-before')
        expect([counted.closed, counted.afterFault]).toEqual([counted.opened, 0])
        expect(counted.opened).toBeLessThanOrEqual(1)
        expect(counted.mostAtOnce).toBeLessThanOrEqual(1)
        expect(mostWorking).toBeLessThanOrEqual(3)
        const isLeftOver = report.results.some(({ state }) => state === 'unsigned')
        if (isLeftOver) expect(report.stoppedBy).toBeDefined()
        done = report.done
      }
      expect(kept.toSorted((one, other) => one - other)).toEqual(documents)
    }),
    { numRuns: 300 },
  )
})
