import type { Account } from '../../../shared/contract/views.ts'
import type { Directory } from '../../../shared/domain/organisation.ts'

/** The signed-in person with the places that they act for today. */
export function accountView(personId: string, directory: Directory, offline: boolean): Account {
  const now = new Date().toISOString()
  const person = directory.person(personId)
  const unitId = person?.unitId ?? ''
  return {
    personId,
    name: person?.name ?? personId,
    unitId,
    unitName: directory.unit(unitId)?.name ?? '',
    held: directory
      .actsFor(personId, now)
      .map(({ id, title, executive }) => ({ positionId: id, title, executive })),
    served: directory.served(personId, now).map(({ id, title }) => ({ positionId: id, title })),
    offline,
  }
}
