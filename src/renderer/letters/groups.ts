import type { Urgency } from '../../shared/contract/letter.ts'
import type { LetterRow } from '../../shared/contract/views.ts'
import { bangkokDay } from '../../shared/thai/dates.ts'
import type { TextKey } from '../texts/texts.ts'

/** What a list is grouped by: how urgent its letters are, or the day on which they last changed. */
export type Grouping = 'urgency' | 'day'

/** Letters of a list that stand under one heading. */
export interface LetterGroup {
  readonly name: TextKey
  readonly rows: readonly LetterRow[]
}

const DAY = 86_400_000
const URGENCIES: readonly Urgency[] = ['within', 'most-urgent', 'very-urgent', 'urgent', 'normal']
const DAYS = ['list.today', 'list.yesterday', 'list.week', 'list.earlier'] as const

/** The letters in the order in which they are shown, by group; within a group their order stays. */
export function groupsOf(rows: readonly LetterRow[], grouping: Grouping, now: string): LetterGroup[] {
  const names: readonly TextKey[] =
    grouping === 'urgency' ? URGENCIES.map((urgency): TextKey => `urgency.${urgency}`) : DAYS
  const dayName = dayNamer(now)
  const nameOf = (row: LetterRow): TextKey =>
    grouping === 'urgency' ? `urgency.${row.urgency}` : dayName(row.changedAt)
  const byName = Map.groupBy(rows, nameOf)
  return names.flatMap((name) => {
    const inGroup = byName.get(name)
    return inGroup ? [{ name, rows: inGroup }] : []
  })
}

/** Names the day of an instant as seen at `now`, in Bangkok. */
function dayNamer(now: string): (instant: string) => (typeof DAYS)[number] {
  const before = (days: number) => bangkokDay(new Date(Date.parse(now) - days * DAY).toISOString())
  const [today, yesterday, week] = [before(0), before(1), before(6)]
  return (instant) => {
    const day = bangkokDay(instant)
    if (day >= today) return 'list.today'
    if (day === yesterday) return 'list.yesterday'
    return day >= week ? 'list.week' : 'list.earlier'
  }
}
