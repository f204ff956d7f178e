import type { Directory } from '../../shared/domain/organisation.ts'
import { canonicalThai } from '../../shared/thai/canonical.ts'

/** A position as one chooses it: who holds it and who serves it now. */
export interface PositionChoice {
  readonly positionId: string
  readonly title: string
  readonly unitName: string
  /** The holder's name, or null when the position is vacant and cannot be addressed. */
  readonly holderName: string | null
  readonly secretaryNames: readonly string[]
}

/** Every position of the organisation as a choice, but not those in `without`, at `at` (ISO instant). */
export const positionChoices = (
  directory: Directory,
  at: string,
  without: readonly string[] = [],
): PositionChoice[] =>
  directory.organisation.positions
    .filter((position) => !without.includes(position.id))
    .map((position) => ({
      positionId: position.id,
      title: position.title,
      unitName: directory.unit(position.unitId)?.name ?? '',
      holderName: directory.holder(position.id, at)?.name ?? null,
      secretaryNames: directory.secretaries(position.id, at).map((person) => person.name),
    }))

/** The choices in which every word of `typed` occurs, in title, unit or holder; Thai text is compared canonically. */
export function matchingChoices(choices: readonly PositionChoice[], typed: string): PositionChoice[] {
  const words = canonicalThai(typed).split(' ').filter(Boolean)
  return choices.filter((choice) => {
    const text = canonicalThai(`${choice.title} ${choice.unitName} ${choice.holderName ?? ''}`)
    return words.every((word) => text.includes(word))
  })
}
