import type { OfficeEvent } from '../../contract/office.ts'
import { bangkokDay } from '../../thai/dates.ts'
import { daysAfter } from './periods.ts'

/** A committee's member and what they said (ข้อ 68). */
interface View {
  readonly personId: string
  readonly keep: readonly string[]
  readonly note: string
  readonly at: string
}

/** A disposal (การทำลายหนังสือ, ข้อ 66–70): a year's list of what expired in a unit, and what became of it. */
export interface Disposal {
  readonly id: string
  readonly version: number
  readonly unitId: string
  /** The Buddhist year before which the time of keeping was over. */
  readonly year: number
  readonly letterIds: readonly string[]
  /** Those among them that are only offered to the National Archives, never destroyed (ข้อ 58). */
  readonly offered: readonly string[]
  readonly listedBy: string
  readonly listedAt: string
  readonly committee: { readonly chair: string; readonly members: readonly string[] } | null
  readonly views: readonly View[]
  readonly approved: {
    readonly by: string
    readonly positionId: string
    readonly at: string
    readonly note: string
    /** The last day on which the National Archives may answer (ข้อ 69). */
    readonly archivesUntil: string
  } | null
  /** What the National Archives want; null while they have not answered. */
  readonly wanted: readonly string[] | null
  readonly carriedOut: {
    readonly by: string
    readonly at: string
    readonly destroyed: readonly string[]
    readonly handedOver: readonly string[]
  } | null
}

/** The step at which a disposal is. */
export type DisposalStage = 'listed' | 'examined' | 'viewed' | 'approved' | 'answered' | 'carried-out'

/** The stage of a disposal: with nobody, with its committee, with the head, with the Archives, ready, done. */
export function disposalStage(disposal: Disposal): DisposalStage {
  if (disposal.carriedOut) return 'carried-out'
  if (disposal.wanted) return 'answered'
  if (disposal.approved) return 'approved'
  if (!disposal.committee) return 'listed'
  return membersOf(disposal).length > disposal.views.length ? 'examined' : 'viewed'
}

/** The committee's chair and members. */
export const membersOf = ({ committee }: Disposal): string[] =>
  committee ? [committee.chair, ...committee.members] : []

/** What any member of the committee wants to keep after all. */
const keptAfterAll = ({ views }: Disposal): ReadonlySet<string> => new Set(views.flatMap(({ keep }) => keep))

/** What is under disposal still: the list without what a member wants to keep. */
export function leftOver(disposal: Disposal): string[] {
  const kept = keptAfterAll(disposal)
  return disposal.letterIds.filter((id) => !kept.has(id))
}

/** Folds the events of a disposal's log; `archivesDays` is part of what was approved. */
export function evolveDisposal(disposal: Disposal | undefined, event: OfficeEvent): Disposal {
  const { body, actor, serverTime: at, version } = event
  if (body.type === 'disposal-listed') {
    const { disposalId: id, unitId, year, letterIds, offered } = body
    return {
      ...{ id, version, unitId, year, letterIds, offered, listedBy: actor, listedAt: at },
      ...{ committee: null, views: [], approved: null, wanted: null, carriedOut: null },
    }
  }
  if (disposal === undefined) throw new Error('a disposal begins with its list')
  switch (body.type) {
    case 'committee-appointed':
      return { ...disposal, version, committee: { chair: body.chair, members: body.members } }
    case 'view-given': {
      const view = { personId: actor, keep: body.keep, note: body.note, at }
      return { ...disposal, version, views: [...disposal.views, view] }
    }
    case 'disposal-approved': {
      const { positionId, note, archivesDays } = body
      const archivesUntil = daysAfter(bangkokDay(at), archivesDays)
      return { ...disposal, version, approved: { by: actor, positionId, at, note, archivesUntil } }
    }
    case 'archives-answered':
      return { ...disposal, version, wanted: body.wanted }
    case 'disposal-carried-out': {
      const { destroyed, handedOver } = body
      return { ...disposal, version, carriedOut: { by: actor, at, destroyed, handedOver } }
    }
    default:
      throw new Error(`${body.type} is no part of a disposal`)
  }
}
