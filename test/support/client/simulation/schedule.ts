import fc from 'fast-check'

/**
 * What becomes of one request: handled and answered; lost on the way; never sent for want of a connection; handled with
 * the answer lost; handled twice; handled late, after the client has given up; met by a server that stops, so that
 * what was late is lost too; or answered with a damaged body.
 */
export type Fate = 'ok' | 'lost' | 'unconnected' | 'unanswered' | 'twice' | 'late' | 'stopped' | 'damaged'

/** Where a device loses its power: before or after its `call`th use of the store in this exchange. */
export interface Crash {
  readonly call: number
  readonly when: 'before' | 'after'
}

/** What a person does while an exchange is under way: just before its `call`th use of the store. */
export interface Meanwhile {
  readonly call: number
  readonly kind: number
  readonly pick: number
}

/** One thing that happens. `device` and `pick` are taken modulo what there is. */
type Step =
  | { readonly does: 'act'; readonly device: number; readonly kind: number; readonly pick: number }
  | { readonly does: 'withdraw'; readonly device: number }
  | {
      readonly does: 'exchange'
      readonly device: number
      readonly fates: readonly Fate[]
      readonly crash: Crash | null
      readonly meanwhile: Meanwhile | null
    }
  | { readonly does: 'restart'; readonly device: number }
  | { readonly does: 'late requests arrive' }
  | { readonly does: 'clock'; readonly device: number | null; readonly minutes: number }

const device = fc.nat({ max: 2 })
const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Fate>('ok') },
  {
    weight: 7,
    arbitrary: fc.constantFrom<Fate>(
      'lost',
      'unconnected',
      'unanswered',
      'twice',
      'late',
      'stopped',
      'damaged',
    ),
  },
)
const crash: fc.Arbitrary<Crash> = fc.record({
  call: fc.nat({ max: 9 }),
  when: fc.constantFrom('before' as const, 'after' as const),
})

const act = fc.record({
  does: fc.constant('act' as const),
  device,
  kind: fc.nat({ max: 99 }),
  pick: fc.nat({ max: 9 }),
})
const exchange = fc.record({
  does: fc.constant('exchange' as const),
  device,
  fates: fc.array(fate, { maxLength: 6 }),
  crash: fc.option(crash, { freq: 2 }),
  meanwhile: fc.option(
    fc.record({ call: fc.nat({ max: 9 }), kind: fc.nat({ max: 99 }), pick: fc.nat({ max: 9 }) }),
  ),
})

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: act },
  { weight: 8, arbitrary: exchange },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('withdraw' as const), device }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('restart' as const), device }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('late requests arrive' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('clock' as const),
      device: fc.option(device),
      minutes: fc.integer({ min: -600, max: 3000 }),
    }),
  },
)

/** What happens in one run: so many letters have been proposed and lie at the server, then things go wrong. */
export interface Schedule {
  readonly proposed: number
  readonly steps: readonly Step[]
}

export const schedules: fc.Arbitrary<Schedule> = fc.record({
  proposed: fc.nat({ max: 4 }),
  steps: fc.array(step, { minLength: 4, maxLength: 28, size: 'max' }),
})
