import type { Directory } from './organisation.ts'

/**
 * What stands under a signature (ภาคผนวก 3): the name in brackets and the position; for a delegate the own position,
 * then รักษาการแทน, ปฏิบัติการแทน or ปฏิบัติงานแทน with the position represented.
 */
export function signatureBlockLines(
  personId: string,
  positionId: string,
  delegationId: string | null,
  directory: Directory,
): string[] {
  const name = `(${directory.person(personId)?.name ?? personId})`
  const represented = directory.position(positionId)?.title ?? positionId
  const delegation = directory.organisation.delegations.find(({ id }) => id === delegationId)
  if (delegation === undefined) return [name, represented]
  const words = directory.organisation.policy.delegationWords[delegation.kind]
  const own = delegation.ownPositionId === null ? undefined : directory.position(delegation.ownPositionId)
  return [name, ...(own ? [own.title] : []), `${words}${represented}`]
}
