import type { Secrecy } from '../../../shared/contract/facts.ts'
import type { Unit } from '../../../shared/contract/organisation.ts'
import { covers, isStaffed } from '../../../shared/domain/authority.ts'
import type { Letter } from '../../../shared/domain/letter.ts'
import { receiveRegisterFor, sendRegisterFor } from '../../../shared/domain/registers.ts'
import { isCleared } from '../../../shared/domain/secrecy.ts'
import type { Office } from './office.ts'

/** How often a delegate acts although the holder is there. */
const BY_DELEGATE = 0.3

/** Whoever acts for a position on a letter now: who is รักษาการแทน, a delegate at times, the holder. */
export function actorFor(office: Office, positionId: string, letter: Letter): string {
  const { directory, random } = office
  const delegations = directory.delegationsOf(positionId, office.now())
  const acting = delegations.find(({ kind }) => kind === 'acting')
  if (acting) return acting.personId
  const delegate = delegations.find((delegation) => covers(delegation, letter))
  if (delegate && random.chance(BY_DELEGATE)) return delegate.personId
  const holder = directory.holder(positionId, office.now())
  if (!holder) throw new Error(`nobody acts for ${positionId}`)
  return holder.id
}

/** Who opens a position's letters: its secretary mostly, or who acts for it. */
export function openerFor(office: Office, positionId: string, letter: Letter): string {
  const secretaries = office.directory
    .secretaries(positionId, office.now())
    .filter(({ id }) => isCleared(id, letter.secrecy, office.directory))
  return secretaries.length > 0 && office.random.chance(0.8)
    ? office.random.pick(secretaries).id
    : actorFor(office, positionId, letter)
}

/** A clerk of a unit who may see letters of `secrecy`. Throws where the unit has none. */
export function clerkOf(office: Office, unitId: string, secrecy: Secrecy = 'none'): string {
  const clerks = office.directory
    .clerks(unitId, office.now())
    .filter(({ id }) => isCleared(id, secrecy, office.directory))
  return office.random.pick(clerks).id
}

/** The position that heads a unit, or the unit above where its own orders nobody. */
export function headOf(office: Office, unitId: string): string {
  for (const unit of office.directory.line(unitId)) {
    const head = office.directory.organisation.positions.find(
      (position) =>
        position.unitId === unit.id && position.rank === 'bureau' && isStaffedNow(office, position.id),
    )
    if (head) return head.id
  }
  return 'deputy'
}

/** The group within a unit that its head would have deal with something; undefined where it has none. */
export const groupOf = (office: Office, unitId: string): string | undefined =>
  office.directory.organisation.units.find(({ parentId }) => parentId === unitId)?.id

/** The executive above the head of a unit. */
export function superiorOf(office: Office, unitId: string): string {
  const head = headOf(office, unitId)
  const superior = office.directory.position(head)?.superiorId ?? 'secretary-general'
  return isStaffedNow(office, superior) ? superior : 'secretary-general'
}

const isStaffedNow = (office: Office, positionId: string): boolean =>
  isStaffed(positionId, { directory: office.directory, actor: '', now: office.now() })

/** Who drafts in a unit: its people who neither decide nor keep its registers; the others where there are none. */
export function drafterOf(office: Office, unitId: string): string {
  const { directory, random } = office
  const now = office.now()
  const own = directory.organisation.people.filter((person) => person.unitId === unitId)
  const staff = own.filter(({ id }) => !directory.actsFor(id, now).some(({ executive }) => executive))
  const drafters = staff.filter(({ id }) => directory.clerkOf(id, now).length === 0)
  return random.pick([drafters, staff, own].find((some) => some.length > 0) ?? own).id
}

/** People who check a draft of a unit: colleagues, and the lawyers where it speaks of the law. */
export function reviewersOf(office: Office, unitId: string, authorId: string): string[] {
  const near = new Set([unitId, ...office.directory.organisation.units.flatMap(childOf(unitId))])
  const fit = office.directory.organisation.people.filter(
    ({ id, unitId: own }) => id !== authorId && (near.has(own) || own === 'legal'),
  )
  return office.random.some(fit, office.random.between(1, 2)).map(({ id }) => id)
}

const childOf = (parentId: string) => (unit: Unit) => (unit.parentId === parentId ? [unit.id] : [])

/** The id of the register that numbers what a unit sends. */
export function sendRegister(
  office: Office,
  filing: Parameters<typeof sendRegisterFor>[0],
  unitId: string,
): string {
  const register = sendRegisterFor(filing, unitId, office.directory)
  if (!register) throw new Error(`${unitId} numbers nothing of the kind`)
  return register.id
}

/** The id of the register in which a unit enters what it receives. */
export function receiveRegister(office: Office, unitId: string, secrecy: Secrecy): string {
  const register = receiveRegisterFor(unitId, secrecy !== 'none', office.directory)
  if (!register) throw new Error(`${unitId} receives nothing of the kind`)
  return register.id
}
