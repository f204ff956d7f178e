import type { LetterDetail } from '../../shared/contract/views.ts'

/**
 * The most likely action of those that are allowed: the one button that is filled. A return never is, and neither is
 * proposing a signed letter once more.
 */
export function mainAction({
  may,
  stage,
}: Pick<LetterDetail, 'may' | 'stage'>): 'sign' | 'propose' | 'forward' | null {
  if (may.sign) return 'sign'
  if (may.propose && stage !== 'signed') return 'propose'
  return may.forward ? 'forward' : null
}
