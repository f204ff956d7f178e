import type { LetterRow } from '../../shared/contract/views.ts'

/**
 * The letter after (1) or before (-1) the one named, undefined at the ends. When the one named is not in the list: the
 * neighbours of its place `leftAt`, from where it went; without one, the first letter.
 */
export function neighbour(
  rows: readonly LetterRow[],
  letterId: string | null,
  step: 1 | -1,
  leftAt?: number,
): LetterRow | undefined {
  const index = rows.findIndex((row) => row.letterId === letterId)
  if (index !== -1) return rows[index + step]
  if (leftAt === undefined) return rows[0]
  return rows[step === 1 ? leftAt : leftAt - 1]
}

/** Rows of several lists, each letter once, latest change first. */
export function mergedByChange(lists: readonly (readonly LetterRow[])[]): LetterRow[] {
  const byId = new Map(lists.flat().map((row) => [row.letterId, row]))
  return [...byId.values()].sort((a, b) => b.changedAt.localeCompare(a.changedAt))
}
