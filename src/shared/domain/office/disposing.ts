import type { OfficeBodyOf, OfficeCommandBody } from '../../contract/office.ts'
import { accept, type Outcome, refuse } from '../../outcome.ts'
import { bangkokDay, buddhistYear } from '../../thai/dates.ts'
import type { Authority } from '../asked.ts'
import { authorityBy, clerkOf, isClerkOf } from '../authority.ts'
import type { Letter } from '../letter.ts'
import { hasExpired, isForArchives } from '../retention.ts'
import { isCleared } from '../secrecy.ts'
import { allKnown, type OfficeContext, type OfficeDecision, recorded } from './asked.ts'
import { type Disposal, disposalStage, leftOver, membersOf } from './disposal.ts'

/** What is asked of a disposal. */
export type DisposalBody = Extract<OfficeCommandBody, { disposalId: string }>

/**
 * Decides a step of a disposal (ข้อ 66–70): list, committee, views, the head's decision, the National Archives, and only
 * then the destruction. Refuses disposal-unknown, and disposal-stage for a step out of order.
 */
export function decideDisposal(body: DisposalBody, context: OfficeContext): OfficeDecision {
  const { disposal } = context
  if (body.type === 'list-expired') {
    return disposal ? refuse('disposal-stage') : listExpired(body, context)
  }
  if (!disposal) return refuse('disposal-unknown')
  switch (body.type) {
    case 'appoint-committee':
      return appointCommittee(disposal, body, context)
    case 'give-view':
      return giveView(disposal, body, context)
    case 'approve-disposal':
      return approveDisposal(disposal, body, context)
    case 'record-archives-answer':
      return recordArchivesAnswer(disposal, body, context)
    case 'carry-out':
      return carryOutDisposal(disposal, body, context)
  }
}

/**
 * บัญชีหนังสือขอทำลาย (แบบที่ 25, ข้อ 66): by the unit's clerk, what is over by the present year; what is 20 years old and
 * not over may be on it to be offered to the Archives (ข้อ 58). Refuses disposal-letter-unfit.
 */
function listExpired(
  { disposalId, unitId, year, letterIds }: OfficeBodyOf<'list-expired'>,
  context: OfficeContext,
): OfficeDecision {
  const { directory, actor, now, letters } = context
  const known = allKnown([[unitId, directory.unit]])
  if (!known.ok) return known
  const clerk = clerkOf(unitId, context)
  if (!clerk.ok) return clerk
  const ids = [...new Set(letterIds)]
  const listed = ids.flatMap((id) => letters?.get(id) ?? [])
  const isOver = (letter: Letter) => hasExpired(letter, year)
  const fits = (letter: Letter) => letter.unitId === unitId && (isOver(letter) || isForArchives(letter, year))
  const isYear = year <= buddhistYear(bangkokDay(now))
  if (!isYear || listed.length < ids.length || !listed.every(fits)) return refuse('disposal-letter-unfit')
  if (!listed.every(({ secrecy }) => isCleared(actor, secrecy, directory))) return refuse('clearance-missing')
  const offered = listed.filter((letter) => !isOver(letter)).map(({ id }) => id)
  return recorded({ type: 'disposal-listed', disposalId, unitId, year, letterIds: ids, offered })
}

/** The committee (ข้อ 67): a chair and at least so many others, all different people, appointed by the head. */
function appointCommittee(
  disposal: Disposal,
  { disposalId, positionId, chair, members }: OfficeBodyOf<'appoint-committee'>,
  context: OfficeContext,
): OfficeDecision {
  const { directory } = context
  if (disposalStage(disposal) !== 'listed') return refuse('disposal-stage')
  const head = headOf(positionId, disposal.unitId, context)
  if (!head.ok) return head
  const people = [chair, ...members]
  const known = allKnown(people.map((id) => [id, directory.person] as const))
  if (!known.ok) return known
  const needed = directory.organisation.policy.disposalMembers
  if (new Set(people).size < people.length || members.length < needed) {
    return refuse('disposal-committee', { members: needed })
  }
  const { onBehalfOf, delegationId } = head.value
  return recorded({
    type: 'committee-appointed',
    ...{ disposalId, positionId, onBehalfOf, delegationId, chair, members },
  })
}

/**
 * A member's view, given once by each (ข้อ 68). What one of them wants to keep is kept: a list that is disputed can be
 * put forward again, a letter that is destroyed cannot.
 */
function giveView(
  disposal: Disposal,
  { disposalId, keep, note }: OfficeBodyOf<'give-view'>,
  { actor }: OfficeContext,
): OfficeDecision {
  const spoken = disposal.views.some(({ personId }) => personId === actor)
  if (disposal.carriedOut || disposal.approved) return refuse('disposal-stage')
  if (!membersOf(disposal).includes(actor) || spoken) return refuse('disposal-not-member')
  if (!keep.every((id) => disposal.letterIds.includes(id))) return refuse('disposal-letter-unlisted')
  return recorded({ type: 'view-given', disposalId, keep: [...new Set(keep)], note })
}

/** The decision of the head at กรม level (ข้อ 69), once every member has given their view. */
function approveDisposal(
  disposal: Disposal,
  { disposalId, positionId, note }: OfficeBodyOf<'approve-disposal'>,
  context: OfficeContext,
): OfficeDecision {
  if (disposalStage(disposal) !== 'viewed') return refuse('disposal-stage')
  const head = headOf(positionId, disposal.unitId, context)
  if (!head.ok) return head
  const { onBehalfOf, delegationId } = head.value
  const { archivesDays } = context.directory.organisation.policy
  return recorded({
    type: 'disposal-approved',
    ...{ disposalId, positionId, onBehalfOf, delegationId, note, archivesDays },
  })
}

/** What the National Archives answered (ข้อ 69), as the unit's or the central registry's clerk records it. */
function recordArchivesAnswer(
  disposal: Disposal,
  { disposalId, wanted, note }: OfficeBodyOf<'record-archives-answer'>,
  context: OfficeContext,
): OfficeDecision {
  const registry = isClerkOf(context.directory.organisation.registryUnitId, context)
  const clerk = clerkOf(disposal.unitId, context)
  if (!registry && !clerk.ok) return clerk
  if (disposalStage(disposal) !== 'approved') return refuse('disposal-stage')
  const listed = leftOver(disposal)
  if (!wanted.every((id) => listed.includes(id))) return refuse('disposal-letter-unlisted')
  return recorded({ type: 'archives-answered', disposalId, wanted: [...new Set(wanted)], note })
}

/**
 * Carrying out (ข้อ 69–70), under the eyes of the committee: by its chair or a member, once the Archives have answered or
 * their time is over. What is no longer over, because it was taken up again meanwhile, stays. Refuses
 * archives-still-waiting and lent-already.
 */
function carryOutDisposal(
  disposal: Disposal,
  { disposalId, note }: OfficeBodyOf<'carry-out'>,
  { actor, now, letters }: OfficeContext,
): OfficeDecision {
  const { approved, wanted, carriedOut, offered, year } = disposal
  if (!membersOf(disposal).includes(actor)) return refuse('disposal-not-member')
  if (!approved || carriedOut) return refuse('disposal-stage')
  if (wanted === null && bangkokDay(now) <= approved.archivesUntil) {
    return refuse('archives-still-waiting', { until: approved.archivesUntil })
  }
  const left = leftOver(disposal).flatMap((id) => letters?.get(id) ?? [])
  const toArchives = left.filter(
    (letter) => wanted?.includes(letter.id) && letter.keeping !== null && letter.gone === null,
  )
  const toDestroy = left.filter(
    (letter) => !wanted?.includes(letter.id) && !offered.includes(letter.id) && hasExpired(letter, year),
  )
  if ([...toArchives, ...toDestroy].some(isLent)) return refuse('lent-already')
  return recorded({
    type: 'disposal-carried-out',
    ...{ disposalId, note },
    destroyed: toDestroy.map(({ id }) => id),
    handedOver: toArchives.map(({ id }) => id),
  })
}

const isLent = ({ loans }: Letter): boolean => loans.some(({ state }) => state === 'granted')

/**
 * With what right the actor decides as the head of the agency (หัวหน้าส่วนราชการระดับกรม): as for letters, under a
 * delegation only where it is not limited to kinds of letters and takes the unit in. Refuses disposal-needs-head.
 */
function headOf(positionId: string, unitId: string, context: OfficeContext): Outcome<Authority> {
  if (context.directory.position(positionId)?.rank !== 'agency') return refuse('disposal-needs-head')
  const authority = authorityBy(
    positionId,
    ({ scope }) => scope.kinds === null && (scope.unitIds === null || scope.unitIds.includes(unitId)),
    context,
  )
  return authority.ok ? accept(authority.value) : authority
}
