import { goesOut } from './kinds.ts'
import { isSigned, type Letter } from './letter.ts'
import type { Directory } from './organisation.ts'
import { clearanceLevel, secrecyLevel } from './secrecy.ts'

/**
 * Who may see something, as tokens: a person, whoever acts for a position or serves it, the clerks of a unit, the
 * clerks of the central registry. `+1` and `+2` at the end is for those of them who are cleared for ลับ and ลับมาก.
 */
export type AudienceToken =
  | `person:${string}`
  | `position:${string}`
  | `clerk:${string}`
  | 'registry'
  | `registry+${string}`

/**
 * Who may see a letter: its author and reviewers, every position it has been with, those copied in, the clerks of the
 * units whose registers it stands in or to which it is on its way, the central registry where it goes out, who has it
 * on loan and who decides on that.
 */
export function audienceOf(letter: Letter): AudienceToken[] {
  const tokens = new Set<AudienceToken>([`person:${letter.authorId}`])
  // What was pulled back before it was received was never with that position.
  for (const { to, outcome } of letter.legs) if (outcome !== 'recalled') tokens.add(`position:${to}`)
  for (const personId of letter.copies) tokens.add(`person:${personId}`)
  for (const { personId } of letter.checks.flatMap(({ reviewers }) => reviewers))
    tokens.add(`person:${personId}`)
  for (const { toUnitId, state } of letter.deliveries) {
    if (state === 'sent' || state === 'received') tokens.add(`clerk:${toUnitId}`)
  }
  if (isInRegister(letter)) tokens.add(`clerk:${letter.unitId}`)
  if (goesOut(letter) && isSigned(letter)) tokens.add('registry')
  for (const { personId, askedOf, state } of letter.loans) {
    if (state === 'granted') tokens.add(`person:${personId}`)
    if (state === 'asked' || state === 'granted') for (const id of askedOf) tokens.add(`position:${id}`)
  }
  const level = secrecyLevel(letter.secrecy)
  return [...tokens].map((token) => cleared(token, level)).sort()
}

/** Letters by paper are numbered and scanned by the clerk, who has to find them before they have a number. */
const isInRegister = (letter: Letter): boolean =>
  letter.number !== null ||
  letter.cancelledNumbers.length > 0 ||
  letter.origin.kind !== 'drafted' ||
  letter.matter !== 'general' ||
  letter.secrecy !== 'none'

const cleared = (token: AudienceToken, level: number): AudienceToken =>
  level === 0 ? token : (`${token}+${level}` as AudienceToken)

/** The tokens that a person carries at `at` (ISO instant). */
export function tokensOf(personId: string, directory: Directory, at: string): AudienceToken[] {
  const positions = [...directory.actsFor(personId, at), ...directory.served(personId, at)]
  const units = directory.clerkOf(personId, at)
  const plain: AudienceToken[] = [
    `person:${personId}`,
    ...positions.map(({ id }): AudienceToken => `position:${id}`),
    ...units.map(({ id }): AudienceToken => `clerk:${id}`),
  ]
  if (units.some(({ id }) => id === directory.organisation.registryUnitId)) plain.push('registry')
  const levels = Array.from({ length: clearanceLevel(personId, directory) + 1 }, (_, level) => level)
  return [...new Set(levels.flatMap((level) => plain.map((token) => cleared(token, level))))]
}

/** Whether someone who carries `tokens` may see `letter`. */
export const maySee = (letter: Letter, tokens: readonly string[]): boolean =>
  audienceOf(letter).some((token) => tokens.includes(token))
