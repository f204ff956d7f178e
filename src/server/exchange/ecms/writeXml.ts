import type { ExchangeFile } from '../message.ts'

/** A file whose place in the message is filled with its bytes in base64. */
interface FilePart {
  readonly file: ExchangeFile
}

/** XML as it will be sent: text, and files between it. */
export type XmlPart = string | FilePart

/** Characters that XML 1.0 cannot hold at all (section 2.2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NO_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text as character data or as an attribute's value. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(NO_XML, '')
    .replace(/[&<>"']/g, (character) => REFERENCES[character] ?? character)

/** An element that holds text. */
export const textElement = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`

/** An element that holds others, with its attributes. */
export const element = (
  name: string,
  children: readonly XmlPart[],
  attributes: Readonly<Record<string, string>> = {},
): XmlPart[] => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
  const start = `<${name}${written.join('')}`
  return children.length === 0 ? [`${start}/>`] : [`${start}>`, ...children, `</${name}>`]
}

/** How many characters base64 needs for `bytes` bytes. */
export const base64Length = (bytes: number): number => Math.ceil(bytes / 3) * 4
