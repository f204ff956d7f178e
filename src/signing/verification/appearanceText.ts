import { DamagedFile } from '../../pdf/damaged.ts'
import type { PdfFile } from '../../pdf/document.ts'
import { decodeStream } from '../../pdf/filters.ts'
import { SyntaxReader } from '../../pdf/syntax.ts'
import {
  isArray,
  isName,
  isStream,
  isString,
  type PdfDictionary,
  type PdfStream,
  type PdfValue,
} from '../../pdf/values.ts'

/** Operators of plain text with a frame and a ground (ISO 32000-2, annex A); pictures and curves could be letters. */
const plain = new Set([
  ...['q', 'Q', 'cm', 'w', 'J', 'j', 'M', 'd', 'ri', 'i', 'gs', 'BMC', 'BDC', 'EMC', 'MP', 'DP', 'BX', 'EX'],
  ...['g', 'G', 'rg', 'RG', 'k', 'K', 'cs', 'CS', 'sc', 'SC', 'scn', 'SCN', 'm', 'l', 're', 'h', 'S', 's'],
  ...['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'n', 'W', 'W*', 'BT', 'ET', 'Tc', 'Tw', 'Tz', 'TL', 'Tf', 'Ts'],
  ...['Tr', 'Td', 'TD', 'Tm', 'T*', 'Tj', 'TJ', "'", '"'],
])
const mostLines = 200
const longestContent = 1 << 20

/**
 * The text that an appearance shows, in the order in which it is shown. Undefined when it shows anything but plain
 * text with frame and ground, or text that cannot be read.
 */
export function textOfAppearance(file: PdfFile, form: PdfStream): string | undefined {
  const content = contentOf(form)
  if (content === undefined) return undefined
  file.step(content.length)
  const fonts = file.dictionary(file.dictionary(form.dictionary.get('Resources'))?.get('Font'))
  let decode: ((bytes: Uint8Array) => string | undefined) | undefined
  let text = ''
  let lines = 0
  for (const { operator, operands } of operations(content)) {
    if (!plain.has(operator)) return undefined
    if (operator === 'l' && ++lines > mostLines) return undefined
    if (operator === 'Tr' && operands[0] !== 0) return undefined
    const [name] = operands
    if (operator === 'Tf') decode = isName(name) ? decoderOf(file, fonts?.get(name.name)) : undefined
    if (!['Tj', 'TJ', "'", '"'].includes(operator)) continue
    const last = operands.at(-1)
    for (const part of isArray(last) ? last : [last]) {
      if (!isString(part)) continue
      const read = decode?.(part.bytes)
      if (read === undefined) return undefined
      text += read
    }
  }
  return text
}

function contentOf(form: PdfStream): Uint8Array | undefined {
  try {
    const content = decodeStream(form)
    return content.length > longestContent ? undefined : content
  } catch (error) {
    if (error instanceof DamagedFile) return undefined
    throw error
  }
}

/** The operators of a content stream with what stands before them. What is no syntax ends it with a nameless one. */
function* operations(content: Uint8Array): Generator<{ operator: string; operands: readonly PdfValue[] }> {
  const reader = new SyntaxReader(content, 0, false)
  let operands: PdfValue[] = []
  for (;;) {
    reader.skipSpace()
    const byte = reader.byteAt(reader.position)
    if (byte === undefined) return
    if (/[A-Za-z'"*]/.test(String.fromCharCode(byte))) {
      const operator = reader.word()
      if (operator === 'true' || operator === 'false' || operator === 'null') continue
      yield { operator, operands }
      operands = []
      continue
    }
    try {
      operands.push(reader.value())
    } catch (error) {
      if (!(error instanceof DamagedFile)) throw error
      yield { operator: '', operands }
      return
    }
  }
}

/** How a font's codes are read: by its /ToUnicode, or as Latin letters in a font that is not embedded otherwise. */
function decoderOf(
  file: PdfFile,
  value: PdfValue | undefined,
): ((bytes: Uint8Array) => string | undefined) | undefined {
  const font = file.dictionary(value)
  if (font === undefined) return latin
  const map = file.resolve(font.get('ToUnicode'))
  if (isStream(map)) {
    const content = contentOf(map)
    return content === undefined ? undefined : mapped(readMap(Buffer.from(content).toString('latin1')))
  }
  return isComposite(file, font) ? undefined : latin
}

const isComposite = (file: PdfFile, font: PdfDictionary): boolean =>
  file.array(font.get('DescendantFonts')) !== undefined

const latin = (bytes: Uint8Array): string => new TextDecoder('windows-1252').decode(bytes)

/** Codes in hexadecimal and their text, from bfchar and bfrange (9.10.3). */
function readMap(text: string): ReadonlyMap<string, string> {
  const codes = new Map<string, string>()
  for (const [, section = ''] of text.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code = '', to = ''] of section.matchAll(/<([\da-fA-F\s]+)>\s*<([\da-fA-F\s]*)>/g))
      codes.set(bare(code), unicode(bare(to)))
  }
  for (const [, section = ''] of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    const ranges = section.matchAll(/<([\da-fA-F]+)>\s*<([\da-fA-F]+)>\s*(?:<([\da-fA-F]*)>|\[([^\]]*)\])/g)
    for (const [, from = '', to = '', first, list] of ranges) {
      const [low, high] = [Number.parseInt(from, 16), Number.parseInt(to, 16)]
      const items = list?.match(/[\da-fA-F]+/g)
      for (let code = low; code <= high && code - low < 65_536; code++) {
        const key = code.toString(16).padStart(from.length, '0')
        if (items !== undefined && items !== null) codes.set(key, unicode(items[code - low] ?? ''))
        else if (first !== undefined) codes.set(key, following(unicode(first), code - low))
      }
    }
  }
  return codes
}

const bare = (hex: string): string => hex.replace(/\s+/g, '').toLowerCase()

const unicode = (hex: string): string =>
  (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('')

const following = (text: string, by: number): string =>
  text.slice(0, -1) + String.fromCharCode((text.charCodeAt(text.length - 1) || 0) + by)

/** Reads codes of one or two bytes, whichever the map knows. */
const mapped =
  (codes: ReadonlyMap<string, string>) =>
  (bytes: Uint8Array): string | undefined => {
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
