import type {
  Agency,
  Delegation,
  Organisation,
  Person,
  Position,
  Register,
  Unit,
} from '../contract/organisation.ts'
import { bangkokDay } from '../thai/dates.ts'

/** Looks people and places up in an organisation, as of a moment (`at`, an ISO instant). */
export interface Directory {
  readonly organisation: Organisation
  unit(id: string): Unit | undefined
  position(id: string): Position | undefined
  person(id: string): Person | undefined
  register(id: string): Register | undefined
  agency(id: string): Agency | undefined
  /** The holder of a position, if it is not vacant. */
  holder(positionId: string, at: string): Person | undefined
  /** The secretaries (หน้าห้อง) who serve a position. */
  secretaries(positionId: string, at: string): Person[]
  /** Positions that a person holds. */
  held(personId: string, at: string): Position[]
  /** Positions that a person acts for: those held, and those delegated to them. */
  actsFor(personId: string, at: string): Position[]
  /** Positions that a person serves as secretary. */
  served(personId: string, at: string): Position[]
  /** Delegations of a position that are in force. */
  delegationsOf(positionId: string, at: string): Delegation[]
  /** Delegations to a person that are in force. */
  delegationsTo(personId: string, at: string): Delegation[]
  /** The people who keep the registers of a unit (ธุรการ, สารบรรณ). */
  clerks(unitId: string, at: string): Person[]
  /**
   * The units whose registers a person keeps: with those below that have no clerk of their own, since a group shares the
   * books of its bureau then.
   */
  clerkOf(personId: string, at: string): Unit[]
  isAdministrator(personId: string, at: string): boolean
  /** The unit and those above it, nearest first. */
  line(unitId: string): Unit[]
}

/** Makes a directory over `organisation`; lookups by id are constant time. */
export function directoryOf(organisation: Organisation): Directory {
  const units = byId(organisation.units)
  const positions = byId(organisation.positions)
  const people = byId(organisation.people)
  const registers = byId(organisation.registers)
  const agencies = byId(organisation.agencies)
  const assignmentsOfPosition = Map.groupBy(organisation.assignments, ({ positionId }) => positionId)
  const assignmentsOfPerson = Map.groupBy(organisation.assignments, ({ personId }) => personId)
  const delegationsOfPosition = Map.groupBy(organisation.delegations, ({ positionId }) => positionId)
  const delegationsOfPerson = Map.groupBy(organisation.delegations, ({ personId }) => personId)
  const dutiesOfPerson = Map.groupBy(organisation.duties, ({ personId }) => personId)
  const dutiesOfUnit = Map.groupBy(organisation.duties, ({ unitId }) => unitId)
  const unitsBelow = Map.groupBy(organisation.units, ({ parentId }) => parentId)

  const peopleOf = (role: 'holder' | 'secretary', positionId: string, at: string) =>
    inForce(assignmentsOfPosition.get(positionId), at)
      .filter((assignment) => assignment.role === role)
      .flatMap(({ personId }) => people.get(personId) ?? [])
  const positionsOf = (role: 'holder' | 'secretary', personId: string, at: string) =>
    inForce(assignmentsOfPerson.get(personId), at)
      .filter((assignment) => assignment.role === role)
      .flatMap(({ positionId }) => positions.get(positionId) ?? [])

  const clerksOf = (unitId: string, at: string) =>
    inForce(dutiesOfUnit.get(unitId), at)
      .filter(({ role }) => role === 'clerk')
      .flatMap(({ personId }) => people.get(personId) ?? [])

  return {
    organisation,
    unit: (id) => units.get(id),
    position: (id) => positions.get(id),
    person: (id) => people.get(id),
    register: (id) => registers.get(id),
    agency: (id) => agencies.get(id),
    holder: (positionId, at) => peopleOf('holder', positionId, at)[0],
    secretaries: (positionId, at) => peopleOf('secretary', positionId, at),
    held: (personId, at) => positionsOf('holder', personId, at),
    actsFor: (personId, at) => {
      const delegated = inForce(delegationsOfPerson.get(personId), at)
      return [
        ...new Set([
          ...positionsOf('holder', personId, at),
          ...delegated.flatMap(({ positionId }) => positions.get(positionId) ?? []),
        ]),
      ]
    },
    served: (personId, at) => positionsOf('secretary', personId, at),
    delegationsOf: (positionId, at) => inForce(delegationsOfPosition.get(positionId), at),
    delegationsTo: (personId, at) => inForce(delegationsOfPerson.get(personId), at),
    clerks: clerksOf,
    clerkOf: (personId, at) => {
      const kept = new Set(
        inForce(dutiesOfPerson.get(personId), at)
          .filter(({ role }) => role === 'clerk')
          .flatMap(({ unitId }) => units.get(unitId) ?? []),
      )
      // A set goes on with what is added to it on the way.
      for (const { id } of kept)
        for (const below of unitsBelow.get(id) ?? []) if (clerksOf(below.id, at).length === 0) kept.add(below)
      return [...kept]
    },
    isAdministrator: (personId, at) =>
      inForce(dutiesOfPerson.get(personId), at).some(({ role }) => role === 'administrator'),
    line: (unitId) => {
      const line: Unit[] = []
      for (let unit = units.get(unitId); unit && !line.includes(unit); ) {
        line.push(unit)
        unit = unit.parentId === null ? undefined : units.get(unit.parentId)
      }
      return line
    },
  }
}

const byId = <Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item> =>
  new Map(items.map((item) => [item.id, item]))

/** Those of `dated` whose days take in the day in Bangkok at `at`. */
function inForce<Item extends { readonly from: string; readonly to: string | null }>(
  dated: readonly Item[] | undefined,
  at: string,
): Item[] {
  const day = bangkokDay(at)
  return (dated ?? []).filter(({ from, to }) => from <= day && (to === null || to >= day))
}
