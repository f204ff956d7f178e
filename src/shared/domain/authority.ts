import type { Delegation } from '../contract/organisation.ts'
import { accept, type Outcome, refuse } from '../outcome.ts'
import type { Authority, DecisionContext } from './asked.ts'
import type { Letter } from './letter.ts'

/**
 * With what right the actor acts for a position on a letter: as its holder, or under a delegation that covers the
 * letter. While somebody is รักษาการแทน, nobody else acts: only one at a time. Refuses position-not-held,
 * position-acted-by-other, secretary-cannot-sign and delegation-out-of-scope.
 */
export const authorityFor = (
  positionId: string | null,
  letter: Letter,
  context: DecisionContext,
): Outcome<Authority> => authorityBy(positionId, (delegation) => covers(delegation, letter), context)

/** The same for anything: `isCovered` says whether it lies within a delegation. */
export function authorityBy(
  positionId: string | null,
  isCovered: (delegation: Delegation) => boolean,
  { directory, actor, now }: Pick<DecisionContext, 'directory' | 'actor' | 'now'>,
): Outcome<Authority> {
  if (positionId === null) return refuse('position-not-held')
  const holder = directory.holder(positionId, now)
  const delegations = directory.delegationsOf(positionId, now)
  const acting = delegations.find(({ kind }) => kind === 'acting')
  const own = delegations.filter(({ personId }) => personId === actor)
  const covering = own.find(isCovered)
  if (acting && acting.personId !== actor && (own.length > 0 || holder?.id === actor)) {
    return refuse('position-acted-by-other', { who: directory.person(acting.personId)?.name ?? '' })
  }
  if (covering) {
    return accept({ positionId, onBehalfOf: holder?.id ?? null, delegationId: covering.id })
  }
  if (own.length > 0) return refuse('delegation-out-of-scope')
  if (holder?.id === actor) return accept({ positionId, onBehalfOf: null, delegationId: null })
  const serves = directory.secretaries(positionId, now).some(({ id }) => id === actor)
  return refuse(serves ? 'secretary-cannot-sign' : 'position-not-held')
}

/** Whether a delegation's scope takes in a letter: its kind, the unit that wrote it, and the money. */
export function covers({ scope }: Delegation, letter: Letter): boolean {
  if (scope.kinds && !scope.kinds.includes(letter.kind)) return false
  if (scope.unitIds && !scope.unitIds.includes(letter.unitId)) return false
  return scope.ceiling === null || (letter.amount ?? 0) <= scope.ceiling
}

/**
 * With what right the actor runs a position's tray: who acts for it, or its secretary on behalf of the holder. Refuses
 * position-not-held.
 */
export function trayAuthority(
  positionId: string,
  letter: Letter,
  context: DecisionContext,
): Outcome<Authority> {
  const authority = authorityFor(positionId, letter, context)
  if (authority.ok) return authority
  const { directory, actor, now } = context
  const serves = directory.secretaries(positionId, now).some(({ id }) => id === actor)
  if (!serves) return refuse('position-not-held')
  return accept({
    positionId,
    onBehalfOf: directory.holder(positionId, now)?.id ?? null,
    delegationId: null,
  })
}

/** Whether somebody acts for a position now, so that a letter can be sent there. */
export const isStaffed = (positionId: string, { directory, now }: DecisionContext): boolean =>
  directory.holder(positionId, now) !== undefined ||
  directory.delegationsOf(positionId, now).some(({ kind }) => kind === 'acting')

/** Whether the actor keeps the registers of a unit. */
export const isClerkOf = (
  unitId: string,
  { directory, actor, now }: Pick<DecisionContext, 'directory' | 'actor' | 'now'>,
): boolean => directory.clerkOf(actor, now).some(({ id }) => id === unitId)

/** The actor as a unit's clerk. Refuses clerk-only. */
export const clerkOf = (
  unitId: string,
  context: Pick<DecisionContext, 'directory' | 'actor' | 'now'>,
): Outcome<null> =>
  isClerkOf(unitId, context)
    ? accept(null)
    : refuse('clerk-only', { unit: context.directory.unit(unitId)?.name ?? unitId })
