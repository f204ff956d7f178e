/** Windows fonts keep ฐ and ญ without their lower parts, and shifted marks, in the private use area. */
const lowerPartLost = new Map([
  ['\uf700', 'ฐ'],
  ['\uf70f', 'ญ'],
])
/** Vowels and tones above and below their consonant, which take no room in the line. */
const marks = /[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\uf701-\uf71a]/g
const unseen = /[\0\u200b-\u200d\u2060\ufeff\u00ad]/g

/** The characters of extracted text that take room in the line. */
export const withRoom = (text: string): string =>
  text
    .replace(/[\uf700\uf70f]/g, (character) => lowerPartLost.get(character) ?? '')
    .replace(marks, '')
    .replace(unseen, '')

/**
 * What survives in text extracted from a PDF, whatever wrote it: consonants, leading vowels, digits and punctuation.
 * Word puts marks after their spaces or into the private use area, and some writers lose marks and า.
 */
export const skeleton = (text: string): string => withRoom(text).replace(/[\u0e32\u0e33\s\u00a0]/g, '')
