import type { EvidenceClass, Matter } from '../../../../shared/contract/facts.ts'
import type { Correspondent } from '../../organisation/agencies.ts'
import type { Random } from '../random.ts'

/** What letters are about, with slots such as {fiscal} or {province} that fillSlots fills. */
export interface Topic {
  readonly subject: string
  /** What the letter says after ด้วย, without its closing. */
  readonly body: string
  /** The unit that writes it, or to which it is handed when it comes in; `region` for the region that it concerns. */
  readonly unit: string
  /** Months in which it is written most; all alike where absent. */
  readonly months?: readonly number[]
  /** Compared with other topics; 10 unless said. */
  readonly weight?: number
  readonly evidence?: EvidenceClass
  readonly matter?: Exclude<Matter, 'general'>
  /** Baht, from and to; the amount is also what {amount} says. */
  readonly money?: readonly [number, number]
  readonly enclosure?: string
}

/** A topic of letters from outside, and who writes them. */
export interface IncomingTopic extends Topic {
  readonly from: readonly Correspondent['sort'][]
  /** Names of the agencies whose business it is; any of `from` where absent. */
  readonly agencies?: readonly string[]
}

const USUAL_WEIGHT = 10
const IN_SEASON = 5

/** Picks topics by the month: what has a season is written mostly then. */
export function topicsBySeason<Item extends Topic>(topics: readonly Item[]) {
  const byMonth = Array.from({ length: 13 }, (_, month) =>
    topics.map(
      (topic) =>
        [(topic.weight ?? USUAL_WEIGHT) * (topic.months?.includes(month) ? IN_SEASON : 1), topic] as const,
    ),
  )
  return (month: number, random: Random): Item => random.weighted(byMonth[month] ?? [])
}
