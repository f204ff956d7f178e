import { DamagedFile } from '../structure/damaged.ts'
import type { PdfFile } from '../structure/document.ts'
import { decodeStream } from '../structure/filters.ts'
import type { Page } from '../structure/pages.ts'
import { SyntaxReader } from '../structure/syntax.ts'
import {
  isArray,
  isDictionary,
  isName,
  isNamed,
  isReference,
  isStream,
  isString,
  type PdfDictionary,
  type PdfStream,
  type PdfValue,
  readText,
} from '../structure/values.ts'

/** Codes that a page shows in one font, and the text that its writer says they are (/ActualText, 14.9.4). */
export interface ContentSpan {
  /** The object number of the font. */
  readonly font: number
  /** Of two bytes each. */
  readonly codes: readonly number[]
  readonly text: string
}

/** Spans tell about single syllables; a longer one tells nothing about its codes. */
const mostInSpan = 64
const deepestForm = 12
const deepestTree = 64

/** The different spans of the pages and of the forms that they draw. Content that cannot be read has none. */
export function contentSpans(file: PdfFile, pages: readonly Page[]): ContentSpan[] {
  const spans = new Map<string, ContentSpan>()
  const visited = new Set<PdfStream>()
  const visit = (data: Uint8Array, resources: PdfDictionary | undefined, depth: number): void => {
    file.step(data.length)
    for (const form of readContent(file, data, resources, spans)) {
      if (depth >= deepestForm || visited.has(form)) continue
      visited.add(form)
      visit(decoded(form), file.dictionary(form.dictionary.get('Resources')) ?? resources, depth + 1)
    }
  }
  for (const page of pages) visit(pageContent(file, page), resourcesOf(file, page), 0)
  return [...spans.values()]
}

/** The page's own /Resources or those of the nodes above it (7.7.3.4). */
function resourcesOf(file: PdfFile, page: Page): PdfDictionary | undefined {
  let node: PdfDictionary | undefined = page.dictionary
  for (let height = 0; node !== undefined && height < deepestTree; height++) {
    const resources = file.dictionary(node.get('Resources'))
    if (resources !== undefined) return resources
    node = file.dictionary(node.get('Parent'))
  }
  return undefined
}

function pageContent(file: PdfFile, page: Page): Uint8Array {
  const contents = file.resolve(page.dictionary.get('Contents'))
  const parts = isArray(contents) ? contents.map((part) => file.resolve(part)) : [contents]
  return Buffer.concat(parts.flatMap((part) => (isStream(part) ? [decoded(part), Buffer.from('\n')] : [])))
}

/** The bytes of a stream, or none when they are packed in a way that content of ours is not. */
function decoded(stream: PdfStream): Uint8Array {
  try {
    return decodeStream(stream)
  } catch (error) {
    if (error instanceof DamagedFile) return new Uint8Array()
    throw error
  }
}

/** Adds the spans of one stream and returns the forms that it draws. */
function readContent(
  file: PdfFile,
  data: Uint8Array,
  resources: PdfDictionary | undefined,
  spans: Map<string, ContentSpan>,
): PdfStream[] {
  const resource = (kind: string, name: PdfValue | undefined): PdfValue | undefined =>
    isName(name) ? file.dictionary(resources?.get(kind))?.get(name.name) : undefined
  const forms: PdfStream[] = []
  const fonts: (number | undefined)[] = [undefined]
  const marked: (string | undefined)[] = []
  /** How many of the marked parts that are open have a text. */
  let told = 0
  let codes: { font: number | undefined; code: number }[] = []
  const show = (string: PdfValue | undefined): void => {
    if (!isString(string) || told === 0) return
    for (let at = 0; at + 1 < string.bytes.length; at += 2)
      codes.push({ font: fonts.at(-1), code: ((string.bytes[at] ?? 0) << 8) | (string.bytes[at + 1] ?? 0) })
  }
  const begin = (text: string | undefined): void => {
    marked.push(text)
    if (text !== undefined) told++
  }
  const end = (text: string | undefined): void => {
    if (text !== undefined) told--
    if (text === undefined || told > 0) return
    const [first] = codes
    const isCluster = codes.length <= mostInSpan && text.length <= mostInSpan
    if (isCluster && first?.font !== undefined && codes.every(({ font }) => font === first.font)) {
      const span = { font: first.font, codes: codes.map(({ code }) => code), text }
      spans.set(`${span.font} ${span.codes.join(' ')} ${text}`, span)
    }
    codes = []
  }
  for (const { operator, operands } of operations(data)) {
    const last = operands.at(-1)
    if (operator === 'q') fonts.push(fonts.at(-1))
    else if (operator === 'Q' && fonts.length > 1) fonts.pop()
    else if (operator === 'Tf') {
      const font = resource('Font', operands[0])
      fonts[fonts.length - 1] = isReference(font) ? font.number : undefined
    } else if (operator === 'Tj' || operator === "'" || operator === '"') show(last)
    else if (operator === 'TJ' && isArray(last)) last.forEach(show)
    else if (operator === 'BDC') {
      const properties = isDictionary(last) ? last : file.dictionary(resource('Properties', last))
      begin(readText(file.resolve(properties?.get('ActualText'))))
    } else if (operator === 'BMC') begin(undefined)
    else if (operator === 'EMC') end(marked.pop())
    else if (operator === 'Do') {
      const form = file.resolve(resource('XObject', last))
      if (isStream(form) && isNamed(file.resolve(form.dictionary.get('Subtype')), 'Form')) forms.push(form)
    }
  }
  return forms
}

interface Operation {
  readonly operator: string
  readonly operands: readonly PdfValue[]
}

const startsOperand = /[-+.\d/<([]/

/** The operators of a content stream with their operands (7.8.2); stops where it is no content any more. */
function* operations(data: Uint8Array): Generator<Operation, void> {
  const reader = new SyntaxReader(data, 0, false)
  let operands: PdfValue[] = []
  for (;;) {
    reader.skipSpace()
    const byte = reader.byteAt(reader.position)
    if (byte === undefined) return
    try {
      if (startsOperand.test(String.fromCharCode(byte))) {
        operands.push(reader.value())
        continue
      }
    } catch (error) {
      if (error instanceof DamagedFile) return
      throw error
    }
    const operator = reader.word()
    if (operator === '') reader.position++
    else if (operator === 'ID') skipImage(reader, data)
    else yield { operator, operands }
    operands = []
  }
}

/** Past the pixels of an inline image (8.9.7). */
function skipImage(reader: SyntaxReader, data: Uint8Array): void {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.length)
  let at = bytes.indexOf('EI', reader.position)
  while (at >= 0 && !(isSpace(bytes[at - 1]) && isSpace(bytes[at + 2] ?? 0x20)))
    at = bytes.indexOf('EI', at + 1)
  reader.position = at < 0 ? bytes.length : at + 2
}

const isSpace = (byte: number | undefined): boolean =>
  byte === 0 || byte === 0x20 || (byte !== undefined && byte >= 9 && byte <= 13)
