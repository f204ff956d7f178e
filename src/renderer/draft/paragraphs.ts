/**
 * The paragraphs of typed text: an empty line ends one, a single line break does not. Spaces at the ends go; empty
 * paragraphs are left out.
 */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n[ \t]*\n/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
