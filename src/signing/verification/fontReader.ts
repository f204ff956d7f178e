import { DamagedFile } from '../../pdf/structure/damaged.ts'
import type { PdfFile } from '../../pdf/structure/document.ts'
import { isStream, type PdfDictionary, type PdfStream, type PdfValue } from '../../pdf/structure/values.ts'

const longestContent = 1 << 20
const mostCodes = 131_072

/** A stream's bytes; undefined when they cannot be decoded or are too many to be judged. */
export function decodedOrUndefined(file: PdfFile, stream: PdfStream): Uint8Array | undefined {
  try {
    const content = file.decoded(stream)
    return content.length > longestContent ? undefined : content
  } catch (error) {
    if (error instanceof DamagedFile) return undefined
    throw error
  }
}

/** Reads the codes of a text that is shown; undefined for codes that stand for nothing known. */
export type FontReader = (bytes: Uint8Array) => string | undefined

/** How a font's codes are read: by its /ToUnicode, or as Latin letters in a simple font without one. */
export function fontReader(file: PdfFile, value: PdfValue | undefined): FontReader | undefined {
  const font = file.dictionary(value)
  if (font === undefined) return latin
  const map = file.resolve(font.get('ToUnicode'))
  if (!isStream(map)) return isComposite(file, font) ? undefined : latin
  const content = decodedOrUndefined(file, map)
  return content === undefined ? undefined : mapped(readMap(Buffer.from(content).toString('latin1')))
}

const isComposite = (file: PdfFile, font: PdfDictionary): boolean =>
  file.array(font.get('DescendantFonts')) !== undefined

const latin = (bytes: Uint8Array): string => new TextDecoder('windows-1252').decode(bytes)

/** Codes in hexadecimal and their text, from bfchar and bfrange (ISO 32000-2, 9.10.3). */
function readMap(text: string): ReadonlyMap<string, string> {
  const codes = new Map<string, string>()
  for (const section of sections(text, 'bfchar')) {
    for (const [, code = '', to = ''] of section.matchAll(/<([\da-fA-F\s]+)>\s*<([\da-fA-F\s]*)>/g))
      codes.set(bare(code), unicode(bare(to)))
  }
  for (const section of sections(text, 'bfrange')) addRanges(codes, section)
  return codes
}

const sections = (text: string, kind: string): string[] =>
  text
    .split(`begin${kind}`)
    .slice(1)
    .map((part) => part.split(`end${kind}`, 1)[0] ?? '')

function addRanges(codes: Map<string, string>, section: string): void {
  const ranges = section.matchAll(/<([\da-fA-F]+)>\s*<([\da-fA-F]+)>\s*(?:<([\da-fA-F]*)>|\[([^\][]*)\])/g)
  for (const [, from = '', to = '', first, list] of ranges) {
    const [low, high] = [Number.parseInt(from, 16), Number.parseInt(to, 16)]
    const items = list?.match(/[\da-fA-F]+/g) ?? undefined
    for (let code = low; code <= high && codes.size < mostCodes; code++) {
      const key = code.toString(16).padStart(from.length, '0')
      if (items !== undefined) codes.set(key, unicode(items[code - low] ?? ''))
      else if (first !== undefined) codes.set(key, following(unicode(first), code - low))
      if (code - low >= 65_536) break
    }
  }
}

const bare = (hex: string): string => hex.replace(/\s+/g, '').toLowerCase()

const unicode = (hex: string): string =>
  (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('')

const following = (text: string, by: number): string =>
  text.slice(0, -1) + String.fromCharCode((text.charCodeAt(text.length - 1) || 0) + by)

/** Reads codes of one or two bytes, whichever the map knows. */
const mapped =
  (codes: ReadonlyMap<string, string>): FontReader =>
  (bytes) => {
    const hex = Buffer.from(bytes).toString('hex')
    let text = ''
    for (let at = 0; at < hex.length; ) {
      const width = codes.has(hex.slice(at, at + 4)) ? 4 : 2
      const found = codes.get(hex.slice(at, at + width))
      if (found === undefined) return undefined
      text += found
      at += width
    }
    return text
  }
