/** A file's name as a terminal may show it: characters that steer the terminal or turn the text around become `?`. */
export const shownName = (name: string): string =>
  name.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '?')

/** How many columns of a terminal a text takes: marks above and below a Thai letter take none. */
export const columnsOf = (text: string): number => [...text.replace(/\p{M}/gu, '')].length

/** The end of a text that fits into so many columns, with `…` before it when something was left out. */
export function lastColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let kept = ''
  for (const letter of [...new Intl.Segmenter('th').segment(text)].reverse()) {
    if (columnsOf(letter.segment + kept) > columns - 1) break
    kept = letter.segment + kept
  }
  return columns < 1 ? '' : `…${kept}`
}
