import type { LetterRow } from '../../shared/contract/views.ts'

/** The letter after (1) or before (-1) the one named; the first when none is, undefined at the ends. */
export function neighbour(
  rows: readonly LetterRow[],
  letterId: string | null,
  step: 1 | -1,
): LetterRow | undefined {
  const index = rows.findIndex((row) => row.letterId === letterId)
  return index === -1 ? rows[0] : rows[index + step]
}

/** Rows of several lists, each letter once, latest change first. */
export function mergedByChange(lists: readonly (readonly LetterRow[])[]): LetterRow[] {
  const byId = new Map(lists.flat().map((row) => [row.letterId, row]))
  return [...byId.values()].sort((a, b) => b.changedAt.localeCompare(a.changedAt))
}
