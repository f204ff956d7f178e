/**
 * Characters that are no text: controls but tab and line feed, marks that turn the direction of what follows, and
 * letters that nothing shows (Unicode tags), in which words can be hidden.
 */
const NO_TEXT = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/gu

/**
 * What a person typed or pasted, as paragraphs: line ends as LF, without invisible characters that would make it read
 * other than it is written (Unicode TR 36, bidirectional text spoofing) or that a database cannot keep.
 */
export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(NO_TEXT, (character) => (character === '\n' || character === '\t' ? character : ''))

/** The same on one line: a subject, an addressee, a name. */
export const plainLine = (text: string): string => plainText(text).replace(/[\n\t]+/g, ' ')

/** Names of devices, which Windows opens in the place of a file whatever comes after a dot. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(?=$|\.)/i

/**
 * A file's name that every system can write and that names no folder and no device: no separators, no dots to begin
 * or end with.
 */
export const plainFileName = (name: string): string =>
  plainLine(name)
    .replace(/[\\/:*?"<>|]/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
    .replace(DEVICE, '$1_')
