import type { OfficeBodyOf } from '../../contract/office.ts'
import { refuse } from '../../outcome.ts'
import { allKnown, asAsked, type OfficeContext, type OfficeDecision } from './asked.ts'
import { mayBegin, mayEnd, overlap } from './periods.ts'

/**
 * Puts an order on record by which somebody acts in another's place (รักษาการแทน, ปฏิบัติการแทน, ปฏิบัติงานแทน). Not the
 * holder, who acts already; and only one at a time is รักษาการแทน, since nobody else acts meanwhile. Refuses
 * delegation-to-holder, position-acted-by-other and id-taken.
 */
export function delegate(body: OfficeBodyOf<'delegate'>, { directory, now }: OfficeContext): OfficeDecision {
  const { delegation } = body
  const { positionId, personId, ownPositionId, scope } = delegation
  const known = allKnown([
    [positionId, directory.position],
    [personId, directory.person],
    [ownPositionId, directory.position],
    ...(scope.unitIds ?? []).map((unitId) => [unitId, directory.unit] as const),
  ])
  if (!known.ok) return known
  const begins = mayBegin(delegation, now)
  if (!begins.ok) return begins
  const { assignments, delegations } = directory.organisation
  if (delegations.some(({ id }) => id === delegation.id)) return refuse('id-taken', { id: delegation.id })
  const holds = assignments.some(
    (other) =>
      other.role === 'holder' &&
      other.positionId === positionId &&
      other.personId === personId &&
      overlap(other, delegation),
  )
  if (holds) return refuse('delegation-to-holder')
  const acting = delegations.find(
    (other) => other.kind === 'acting' && other.positionId === positionId && overlap(other, delegation),
  )
  if (delegation.kind === 'acting' && acting) {
    return refuse('position-acted-by-other', { who: directory.person(acting.personId)?.name ?? '' })
  }
  return asAsked(body)
}

/** The last day of a delegation, before the one that its order names. */
export function endDelegation(
  body: OfficeBodyOf<'end-delegation'>,
  { directory, now }: OfficeContext,
): OfficeDecision {
  const delegation = directory.organisation.delegations.find(({ id }) => id === body.delegationId)
  if (!delegation) return refuse('organisation-unknown-id', { id: body.delegationId })
  const ends = mayEnd(delegation, body.to, now)
  return ends.ok ? asAsked(body) : ends
}
