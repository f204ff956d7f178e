import type { Sender } from '../../shared/contract/shapes.ts'
import { canonicalThai } from '../../shared/thai/canonical.ts'

/**
 * By what a letter from outside is known again: sender, number and date, however they were typed. Null where it has no
 * number, since then two letters of one day may be different ones.
 */
export function senderKey({ from, number, date }: Sender): string | null {
  const plain = (text: string) => canonicalThai(text).replace(/\s+/g, '')
  return number === '' ? null : [plain(from), plain(number), date ?? ''].join('|')
}
