import type { OfficeBodyOf } from '../../contract/office.ts'
import type { Assignment, Duty } from '../../contract/organisation.ts'
import { refuse } from '../../outcome.ts'
import { allKnown, asAsked, type OfficeContext, type OfficeDecision } from './asked.ts'
import { daysAfter, mayBegin, mayEnd, overlap } from './periods.ts'

/**
 * Puts somebody into a position, as its holder or secretary. A position has one holder at a time: the one before has
 * to have a last day. Refuses position-held-already, assigned-already and delegation-to-holder.
 */
export function assign(body: OfficeBodyOf<'assign'>, { directory, now }: OfficeContext): OfficeDecision {
  const { assignment } = body
  const { positionId, personId, role } = assignment
  const known = allKnown([
    [positionId, directory.position],
    [personId, directory.person],
  ])
  if (!known.ok) return known
  const begins = mayBegin(assignment, now)
  if (!begins.ok) return begins
  const { assignments, delegations } = directory.organisation
  const meanwhile = assignments.filter(
    (other) => other.positionId === positionId && overlap(other, assignment),
  )
  if (role === 'holder' && meanwhile.some((other) => other.role === 'holder')) {
    return refuse('position-held-already')
  }
  if (meanwhile.some((other) => other.role === role && other.personId === personId)) {
    return refuse('assigned-already')
  }
  const delegate = delegations.some(
    (other) => other.positionId === positionId && other.personId === personId && overlap(other, assignment),
  )
  return role === 'holder' && delegate ? refuse('delegation-to-holder') : asAsked(body)
}

/** The last day of a holder or secretary. */
export function endAssignment(
  body: OfficeBodyOf<'end-assignment'>,
  { directory, now }: OfficeContext,
): OfficeDecision {
  const assignment = directory.organisation.assignments.find((other) => isSameAssignment(other, body))
  if (!assignment) return refuse('organisation-unknown-id', { id: body.positionId })
  const ends = mayEnd(assignment, body.to, now)
  return ends.ok ? asAsked(body) : ends
}

/** Appoints a clerk of a unit, or an administrator. */
export function appoint(body: OfficeBodyOf<'appoint'>, { directory, now }: OfficeContext): OfficeDecision {
  const { duty } = body
  const known = allKnown([
    [duty.personId, directory.person],
    [duty.unitId, directory.unit],
  ])
  if (!known.ok) return known
  const begins = mayBegin(duty, now)
  if (!begins.ok) return begins
  const already = directory.organisation.duties.some(
    (other) =>
      other.role === duty.role &&
      other.personId === duty.personId &&
      other.unitId === duty.unitId &&
      overlap(other, duty),
  )
  return already ? refuse('assigned-already') : asAsked(body)
}

/**
 * The last day of a duty. At least one administrator stays, who has no last day and has begun when the other goes:
 * nobody else could appoint one. Refuses last-administrator.
 */
export function endDuty(body: OfficeBodyOf<'end-duty'>, { directory, now }: OfficeContext): OfficeDecision {
  const { duties } = directory.organisation
  const duty = duties.find((other) => isSameDuty(other, body))
  if (!duty) return refuse('organisation-unknown-id', { id: body.personId })
  const ends = mayEnd(duty, body.to, now)
  if (!ends.ok) return ends
  const others = duties.filter((other) => other !== duty && other.role === 'administrator')
  const stays = others.some(({ from, to }) => to === null && from <= daysAfter(body.to, 1))
  return duty.role === 'administrator' && !stays ? refuse('last-administrator') : asAsked(body)
}

/** What tells one assignment from another. */
export const isSameAssignment = (one: Omit<Assignment, 'to'>, other: Omit<Assignment, 'to'>): boolean =>
  one.positionId === other.positionId &&
  one.personId === other.personId &&
  one.role === other.role &&
  one.from === other.from

/** What tells one duty from another. */
export const isSameDuty = (one: Omit<Duty, 'to'>, other: Omit<Duty, 'to'>): boolean =>
  one.role === other.role &&
  one.personId === other.personId &&
  one.unitId === other.unitId &&
  one.from === other.from
