/** Characters that are no text: controls but tab and line feed, and marks that turn the direction of what follows. */
const NO_TEXT = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/**
 * What a person typed or pasted, as paragraphs: line ends as LF, without invisible characters that would make it read
 * other than it is written (Unicode TR 36, bidirectional text spoofing) or that a database cannot keep.
 */
export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(NO_TEXT, (character) => (character === '\n' || character === '\t' ? character : ''))

/** The same on one line: a subject, an addressee, a name. */
export const plainLine = (text: string): string => plainText(text).replace(/[\n\t]+/g, ' ')

/** A file's name that every system can write and that names no folder: no separators, no dots to begin with. */
export const plainFileName = (name: string): string =>
  plainLine(name)
    .replace(/[\\/:*?"<>|]/g, ' ')
    .replace(/^[\s.]+/, '')
    .trim()
