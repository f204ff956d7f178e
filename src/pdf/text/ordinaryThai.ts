/** What the private use area of Windows' Thai fonts holds: letters without lower parts, and shifted marks. */
const SHIFTED = new Map(
  Object.entries({
    '\uf700': 'ฐ',
    '\uf70f': 'ญ',
    '\uf710': '\u0e31',
    '\uf711': '\u0e4d',
    '\uf712': '\u0e47',
  }),
)
const runs = [
  [0xf701, 0xf704, 0x0e34],
  [0xf705, 0xf709, 0x0e48],
  [0xf70a, 0xf70e, 0x0e48],
  [0xf713, 0xf717, 0x0e48],
  [0xf718, 0xf71a, 0x0e38],
] as const
for (const [first, last, thai] of runs) {
  for (let code = first; code <= last; code += 1)
    SHIFTED.set(String.fromCharCode(code), String.fromCharCode(thai + code - first))
}

/**
 * Extracted text as people write it: shifted marks as ordinary ones, and marks that were put after the space or the
 * leading vowel that follows them (`ผูใ้ ช้`, as Word writes) back with their consonant.
 */
export const ordinaryThai = (text: string): string =>
  text
    .replace(/[\uf700-\uf71a]/g, (character) => SHIFTED.get(character) ?? '')
    .replace(/([เ-ไ])([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+)/g, '$2$1')
    .replace(/(?<=[ก-ฮ])( +)([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+)/g, '$2$1')
