import { DamagedFile } from '../../pdf/structure/damaged.ts'
import type { PdfFile } from '../../pdf/structure/document.ts'
import { SyntaxReader } from '../../pdf/structure/syntax.ts'
import { isArray, isName, isString, type PdfStream, type PdfValue } from '../../pdf/structure/values.ts'
import { decodedOrUndefined, fontReader } from './fontReader.ts'

/** Operators of plain text with a frame and a ground (ISO 32000-2, annex A); pictures and curves could be letters. */
const plain = new Set([
  ...['q', 'Q', 'cm', 'w', 'J', 'j', 'M', 'd', 'ri', 'i', 'gs', 'BMC', 'BDC', 'EMC', 'MP', 'DP', 'BX', 'EX'],
  ...['g', 'G', 'rg', 'RG', 'k', 'K', 'cs', 'CS', 'sc', 'SC', 'scn', 'SCN', 'm', 'l', 're', 'h', 'S', 's'],
  ...['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'n', 'W', 'W*', 'BT', 'ET', 'Tc', 'Tw', 'Tz', 'TL', 'Tf', 'Ts'],
  ...['Tr', 'Td', 'TD', 'Tm', 'T*', 'Tj', 'TJ', "'", '"'],
])
const mostLines = 200

/**
 * The text that an appearance shows, in the order in which it is shown. Undefined when it shows anything but plain
 * text with frame and ground, or text that cannot be read.
 */
export function textOfAppearance(file: PdfFile, form: PdfStream): string | undefined {
  const content = decodedOrUndefined(file, form)
  if (content === undefined) return undefined
  const fonts = file.dictionary(file.dictionary(form.dictionary.get('Resources'))?.get('Font'))
  let decode: ((bytes: Uint8Array) => string | undefined) | undefined
  let text = ''
  let lines = 0
  for (const { operator, operands } of operations(content)) {
    if (!plain.has(operator)) return undefined
    if (operator === 'l' && ++lines > mostLines) return undefined
    if (operator === 'Tr' && operands[0] !== 0) return undefined
    const [name] = operands
    if (operator === 'Tf') decode = isName(name) ? fontReader(file, fonts?.get(name.name)) : undefined
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
