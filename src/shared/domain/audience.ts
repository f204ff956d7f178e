import type { Letter } from './letter.ts'
import type { Directory } from './organisation.ts'

/**
 * Who may see something, as tokens: `person:ID` or `position:ID`. A position's token is carried by its holder and
 * by the secretaries who serve it.
 */
export type AudienceToken = `person:${string}` | `position:${string}`

/** Who may see a letter: its author, every position it has been with, and those copied in. */
export function audienceOf(letter: Letter): AudienceToken[] {
  const tokens = new Set<AudienceToken>([`person:${letter.authorId}`])
  for (const leg of letter.legs) tokens.add(`position:${leg.to}`)
  for (const personId of letter.copies) tokens.add(`person:${personId}`)
  return [...tokens].sort()
}

/** The tokens that a person carries at `at` (ISO instant). */
export function tokensOf(personId: string, directory: Directory, at: string): AudienceToken[] {
  const positions = [...directory.held(personId, at), ...directory.served(personId, at)]
  return [`person:${personId}`, ...positions.map((position): AudienceToken => `position:${position.id}`)]
}

/** Whether someone who carries `tokens` may see `letter`. */
export const maySee = (letter: Letter, tokens: readonly AudienceToken[]): boolean =>
  audienceOf(letter).some((token) => tokens.includes(token))
