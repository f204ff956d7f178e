import type { Letter } from '../../../shared/domain/letter.ts'
import { bangkokDay } from '../../../shared/thai/dates.ts'

/**
 * Whether the first signature would come on a later day than the date that it writes: the number was bound on an
 * earlier day, before the letter was returned or a signing failed. The number and its date stay, as the register
 * says, but the signature shows its own time, so the signer is told before.
 */
export const isDatedEarlier = (
  { signatures, number }: Pick<Letter, 'signatures' | 'number'>,
  now: string,
): boolean => signatures.length === 0 && number !== null && number.date < bangkokDay(now)
