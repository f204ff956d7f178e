import { describe, expect, test } from 'vitest'
import { inspect } from '../inspect.ts'
import { type ByteSource, sourceOf } from './byteSource.ts'
import { DamagedFile } from './damaged.ts'
import { openFile, type PdfFile } from './document.ts'
import { mayMention } from './mentions.ts'
import { SyntaxReader } from './syntax.ts'
import { isStream, referenceTo } from './values.ts'

/** A source as a file is, of which we know what was read. */
function watched(bytes: Uint8Array): ByteSource & { readonly bytesRead: () => number } {
  let count = 0
  const source = sourceOf(bytes)
  return {
    length: source.length,
    read: (from, to) => {
      const part = source.read(from, to)
      count += part.length
      return part
    },
    parts: source.parts,
    bytesRead: () => count,
  }
}

/** Writes a file object by object. */
class Writer {
  text = '%PDF-1.7\n'
  readonly #offsets: number[] = []

  object(number: number, body: string): this {
    this.#offsets[number] = this.text.length
    this.text += `${number} 0 obj\n${body}\nendobj\n`
    return this
  }

  /** Fills up to an offset with a comment. */
  upTo(offset: number): this {
    this.text += `%${'x'.repeat(offset - this.text.length - 2)}\n`
    return this
  }

  bytes(end = '\n'): Uint8Array {
    const start = this.text.length
    const rows = this.#offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
    this.text += `xref\n0 ${rows.length + 1}\n0000000000 65535 f \n${rows.join('')}`
    this.text += `trailer\n<</Size ${rows.length + 1} /Root 1 0 R>>\nstartxref\n${start}\n%%EOF${end}`
    return Buffer.from(this.text, 'latin1')
  }
}

const page = '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>'

function withStream(length: string, content: string, last = ''): Writer {
  return new Writer()
    .object(1, '<</Type /Catalog /Pages 2 0 R>>')
    .object(2, '<</Type /Pages /Kids [3 0 R] /Count 1>>')
    .object(3, page)
    .object(4, `<</Length ${length}>>\nstream\n${content}\nendstream`)
    .object(5, last || String(content.length))
}

function opened(bytes: Uint8Array | ByteSource): PdfFile {
  const file = openFile(bytes)
  if (!file.ok) throw new Error(file.refusal.code)
  return file.value
}

const contentOf = (file: PdfFile): string => {
  const stream = file.resolve(referenceTo(4))
  return isStream(stream) ? Buffer.from(stream.encoded).toString('latin1') : ''
}

describe('what lies across the end of what was read at first', () => {
  const value =
    '<</Name /A#20Name /Text (one \\(two\\) \\101) /Hex <41 42 4> /Items [1 -2.5 12 0 R true null] /In <</Deep /D>>>>'
  const whole = new SyntaxReader(Buffer.from(value), 0, false).value()

  test.each(Array.from({ length: value.length + 2 }, (_, at) => 4096 - at))(
    'a value that begins at %i',
    (at) => {
      const bytes = Buffer.from(' '.repeat(at) + value)
      const reader = new SyntaxReader(watched(bytes), 0, false)
      expect(reader.value()).toEqual(whole)
      expect(reader.position).toBe(bytes.length)
    },
  )

  test('a string that is longer than any window', () => {
    const text = 'ก(ข)'.repeat(200_000)
    const bytes = Buffer.from(`(${text}) /Next`)
    const reader = new SyntaxReader(watched(bytes), 0, false)
    expect(reader.value()).toMatchObject({ bytes: new Uint8Array(Buffer.from(text)) })
    expect(reader.value()).toEqual({ kind: 'name', name: 'Next' })
  })

  test('a table of cross-references that is longer than what is read at once, with an odd entry in it', () => {
    const writer = new Writer()
      .object(1, '<</Type /Catalog /Pages 2 0 R>>')
      .object(2, '<</Type /Pages /Kids [3 0 R] /Count 1>>')
      .object(3, page)
    for (let number = 4; number < 9000; number++) writer.object(number, String(number))
    const bytes = writer.bytes()
    const odd = Buffer.from(
      Buffer.from(bytes)
        .toString('latin1')
        .replace(/ 00000 n \n(?=.{10} 00000 n \ntrailer)/, ' 00000 n\n'),
      'latin1',
    )
    for (const file of [opened(watched(bytes)), opened(watched(odd))]) {
      for (const number of [4, 5000, 8998, 8999]) expect(file.object(number)).toBe(number)
      expect(file.crossReference.size).toBe(9000)
    }
  })
})

describe('a stream', () => {
  const content = 'q 1 0 0 1 0 0 cm Q '.repeat(20_000)

  test('has the length that an object behind it states', () => {
    expect(contentOf(opened(watched(withStream('5 0 R', content).bytes())))).toBe(content)
  })

  test('ends at endstream when the length is a lie', () => {
    for (const length of ['12', '99999999', '5 0 R'])
      expect(contentOf(opened(watched(withStream(length, content, '(no number)').bytes())))).toBe(
        `${content}\n`,
      )
  })

  test('is not read unless it is asked for', async () => {
    const source = watched(withStream(String(content.length), content).bytes())
    expect(await inspect(source)).toMatchObject({ ok: true, value: { pages: [{ width: 595 }] } })
    expect(source.bytesRead()).toBeLessThan(content.length / 4)
  })
})

test('startxref may be the very end of the file', () => {
  const bytes = withStream('5 0 R', 'q Q').bytes('')
  for (const cut of [bytes, bytes.subarray(0, bytes.length - 6)])
    expect(contentOf(opened(watched(cut)))).toBe('q Q')
})

test('a file that was cut off anywhere is damaged, and read no further', () => {
  const bytes = withStream('5 0 R', 'q Q'.repeat(3000)).bytes()
  for (let end = 20; end < bytes.length - 15; end += 997)
    expect(() => openFile(watched(bytes.subarray(0, end)))).toThrow(DamagedFile)
})

describe('what the text of a file may mention', () => {
  const file = (body: string): PdfFile =>
    opened(
      watched(
        withStream('3', 'q Q', body)
          .upTo((1 << 20) + 3)
          .object(6, '[4711 0 R]')
          .bytes(),
      ),
    )

  test('is found wherever it stands, however it is spaced', () => {
    for (const body of ['[12001 0 R]', '[12001\n0\r\nR]', '[0012001 0 R]', '(12001 0 R)'])
      expect(mayMention(file(body), new Set([12_000, 12_001]))).toBe(true)
    expect(mayMention(file('null'), new Set([4711]))).toBe(true)
  })

  test('is no number that is none of a reference', () => {
    for (const body of ['[12001 0]', '12001', '[120010 0 R]', '[12009 0 R]'])
      expect(mayMention(file(body), new Set([12_000, 12_001]))).toBe(false)
  })

  test('may be any object with a small number', () => {
    expect(mayMention(file('null'), new Set([7]))).toBe(true)
  })
})
