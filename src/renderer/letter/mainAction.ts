import type { LetterDetail } from '../../shared/contract/views.ts'

/** The most likely action of those that are allowed: the one button that is filled. A return never is. */
export function mainAction(may: LetterDetail['may']): 'sign' | 'propose' | 'forward' | null {
  if (may.sign) return 'sign'
  if (may.propose) return 'propose'
  return may.forward ? 'forward' : null
}
