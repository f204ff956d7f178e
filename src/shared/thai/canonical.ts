import { toArabicDigits } from './digits.ts'

const MARK_ABOVE_OR_BELOW = '\u0E31\u0E34-\u0E3A\u0E47'
const TONE = '\u0E48-\u0E4C'
const TONE_BEFORE_VOWEL = new RegExp(`([${TONE}])([${MARK_ABOVE_OR_BELOW}])`, 'g')
const DOUBLED_MARK = new RegExp(`([${MARK_ABOVE_OR_BELOW}${TONE}\u0E4D\u0E4E])\\1+`, 'g')

/**
 * The one form in which Thai text is compared and searched: NFC (never NFKC, which breaks ำ), no zero-width or
 * soft-hyphen characters, single spaces, เเ as แ, ํา as ำ, vowel before tone mark, doubled marks once, Arabic
 * digits, lower case.
 */
export function canonicalThai(text: string): string {
  return toArabicDigits(
    text
      .normalize('NFC')
      .replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '')
      .replace(/[\u00A0\s]+/g, ' ')
      .replace(/\u0E40\u0E40/g, '\u0E41')
      .replace(/\u0E4D([\u0E48-\u0E4B]?)\u0E32/g, '$1\u0E33')
      .replace(/([\u0E48-\u0E4B])\u0E4D\u0E32/g, '$1\u0E33')
      .replace(TONE_BEFORE_VOWEL, '$2$1')
      .replace(DOUBLED_MARK, '$1'),
  ).toLowerCase()
}
