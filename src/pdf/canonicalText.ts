/** Windows fonts keep shifted Thai marks in the private use area, and Word leaves them there in the text. */
const privateMarks = new Map<string, string>(
  Object.entries({
    '\u0e10': '\uf700',
    '\u0e34': '\uf701',
    '\u0e35': '\uf702',
    '\u0e36': '\uf703',
    '\u0e37': '\uf704',
    '\u0e48': '\uf705\uf70a\uf713',
    '\u0e49': '\uf706\uf70b\uf714',
    '\u0e4a': '\uf707\uf70c\uf715',
    '\u0e4b': '\uf708\uf70d\uf716',
    '\u0e4c': '\uf709\uf70e\uf717',
    '\u0e0d': '\uf70f',
    '\u0e31': '\uf710',
    '\u0e4d': '\uf711',
    '\u0e47': '\uf712',
    '\u0e38': '\uf718',
    '\u0e39': '\uf719',
    '\u0e3a': '\uf71a',
  }).flatMap(([plain, shifted]) => [...shifted].map((character) => [character, plain] as const)),
)

/**
 * Thai text as extracted from a PDF, brought to one form: marks out of the private use area and before the spaces
 * that slipped in front of them, ำ whole, no characters that are not seen.
 */
export function canonicalExtracted(text: string): string {
  return text
    .replace(/[\uf700-\uf71a]/g, (character) => privateMarks.get(character) ?? character)
    .replace(/[\0\u200b-\u200d\u2060\ufeff\u00ad]/g, '')
    .replace(/\u00a0/g, ' ')
    .replace(/ +([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])/g, '$1')
    .replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, '$1\u0e33')
    .replace(/([\u0e48-\u0e4b])\u0e4d\u0e32/g, '$1\u0e33')
}

/**
 * What survives the bad /ToUnicode tables of common writers: consonants, leading vowels, digits and punctuation,
 * without า and without spaces.
 */
export function skeleton(text: string): string {
  return canonicalExtracted(text)
    .replace(/\u0e40\u0e40/g, '\u0e41')
    .replace(/[\u0e31-\u0e3a\u0e47-\u0e4e\s]/g, '')
}
