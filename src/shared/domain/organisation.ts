import type { Organisation, Person, Position, Register, Unit } from '../contract/organisation.ts'
import { bangkokDay } from '../thai/dates.ts'

/** Looks people and places up in an organisation, as of a moment. */
export interface Directory {
  readonly organisation: Organisation
  unit(id: string): Unit | undefined
  position(id: string): Position | undefined
  person(id: string): Person | undefined
  register(id: string): Register | undefined
  /** The holder of a position at `at` (ISO instant), if it is not vacant. */
  holder(positionId: string, at: string): Person | undefined
  /** The secretaries (หน้าห้อง) who serve a position at `at`. */
  secretaries(positionId: string, at: string): Person[]
  /** Positions that a person holds at `at`. */
  held(personId: string, at: string): Position[]
  /** Positions that a person serves as secretary at `at`. */
  served(personId: string, at: string): Position[]
}

/** Makes a directory over `organisation`; lookups by id are constant time. */
export function directoryOf(organisation: Organisation): Directory {
  const units = new Map(organisation.units.map((unit) => [unit.id, unit]))
  const positions = new Map(organisation.positions.map((position) => [position.id, position]))
  const people = new Map(organisation.people.map((person) => [person.id, person]))
  const registers = new Map(organisation.registers.map((register) => [register.id, register]))

  const current = (role: 'holder' | 'secretary', at: string) => {
    const day = bangkokDay(at)
    return organisation.assignments.filter(
      (assignment) =>
        assignment.role === role &&
        assignment.from <= day &&
        (assignment.to === null || assignment.to >= day),
    )
  }
  const positionsOf = (role: 'holder' | 'secretary', personId: string, at: string) =>
    current(role, at)
      .filter((assignment) => assignment.personId === personId)
      .flatMap((assignment) => positions.get(assignment.positionId) ?? [])

  return {
    organisation,
    unit: (id) => units.get(id),
    position: (id) => positions.get(id),
    person: (id) => people.get(id),
    register: (id) => registers.get(id),
    holder: (positionId, at) => {
      const held = current('holder', at).find((assignment) => assignment.positionId === positionId)
      return held && people.get(held.personId)
    },
    secretaries: (positionId, at) =>
      current('secretary', at)
        .filter((assignment) => assignment.positionId === positionId)
        .flatMap((assignment) => people.get(assignment.personId) ?? []),
    held: (personId, at) => positionsOf('holder', personId, at),
    served: (personId, at) => positionsOf('secretary', personId, at),
  }
}
