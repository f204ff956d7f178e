import { type ByteSource, type BytesOrSource, find, sourceOf } from './byteSource.ts'
import { ByteWindow } from './byteWindow.ts'
import { DamagedFile } from './damaged.ts'
import { StoredStream } from './storedStream.ts'
import { nameOf, type PdfDictionary, type PdfStream, type PdfString, type PdfValue } from './values.ts'

const deepestNesting = 100
/** Names of up to 127 bytes are what every reader takes (ISO 32000-1, annex C). */
const longestName = 4096
const regular = 0
const whitespace = 1
const delimiter = 2
/** What each byte is (7.2.3). */
const classes = new Uint8Array(256).fill(regular)
for (const byte of [0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]) classes[byte] = whitespace
for (const character of '()<>[]{}/%') classes[character.charCodeAt(0)] = delimiter
const escapes = new Map([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
])

const greaterThan = Buffer.from('>')
const endOfStream = Buffer.from('endstream')

/** Reads PDF syntax (ISO 32000-2, 7.2 and 7.3) from a source, moving `position`. Throws DamagedFile. */
export class SyntaxReader {
  readonly source: ByteSource
  position: number
  /** Whether offsets in `source` are offsets in the file; not so inside an object stream. */
  readonly inFile: boolean
  private readonly window: ByteWindow

  constructor(bytes: BytesOrSource, position: number, inFile = true) {
    this.source = sourceOf(bytes)
    this.position = position
    this.inFile = inFile
    this.window = new ByteWindow(this.source)
  }

  /** The byte at an offset of the source; undefined where there is none. */
  byteAt(at: number): number | undefined {
    return this.window.at(at)
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.byteAt(this.position)
      if (byte === 0x25) {
        while (this.position < this.source.length && !isLineEnd(this.byteAt(this.position))) this.position++
      } else if (byte !== undefined && classes[byte] === whitespace) this.position++
      else return
    }
  }

  /** The next run of regular characters, or '' at a delimiter or the end. */
  word(): string {
    this.skipSpace()
    const start = this.position
    while (isRegular(this.byteAt(this.position)) && this.position - start < 128) this.position++
    return this.window.latin1(start, this.position)
  }

  /** Moves past `keyword` when it comes next. */
  accepts(keyword: string): boolean {
    const start = this.position
    if (this.word() === keyword) return true
    this.position = start
    return false
  }

  /** A whole number that is not negative. */
  count(): number {
    const word = this.word()
    if (!/^\+?\d{1,15}$/.test(word)) throw new DamagedFile(`a number was expected at ${this.position}`)
    return Number(word)
  }

  value(depth = 0): PdfValue {
    if (depth > deepestNesting) throw new DamagedFile('nested too deeply')
    this.skipSpace()
    const byte = this.byteAt(this.position)
    if (byte === undefined) throw new DamagedFile('the file ends inside an object')
    if (byte === 0x2f) return nameOf(this.nameText())
    if (byte === 0x28) return this.literalString()
    if (byte === 0x5b) return this.array(depth)
    if (byte === 0x3c)
      return this.byteAt(this.position + 1) === 0x3c ? this.dictionary(depth) : this.hexString()
    return this.numberOrKeyword()
  }

  private numberOrKeyword(): PdfValue {
    const whole = this.digits()
    if (whole !== undefined) return this.reference(whole) ?? whole
    const word = this.word()
    if (word === 'true') return true
    if (word === 'false') return false
    if (word === 'null') return null
    if (!/^[+-]*\d*\.?\d*(-\d*)?$/.test(word) || !/\d/.test(word))
      throw new DamagedFile(`not PDF syntax at ${this.position}`)
    return lenientNumber(word)
  }

  /** A run of one to ten digits and nothing else, or undefined; the position moves only past such a run. */
  private digits(): number | undefined {
    let at = this.position
    let value = 0
    for (let digit = this.digitAt(at); digit !== undefined; digit = this.digitAt(++at))
      value = value * 10 + digit
    if (at === this.position || at - this.position > 10 || isRegular(this.byteAt(at))) return undefined
    this.position = at
    return value
  }

  private digitAt(at: number): number | undefined {
    const byte = this.byteAt(at)
    return byte !== undefined && byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : undefined
  }

  /** After an object number: the rest of `12 0 R`, or undefined with the position where it was. */
  private reference(number: number): PdfValue | undefined {
    const back = this.position
    this.skipSpace()
    const generation = this.digits()
    if (generation !== undefined && generation <= 65_535) {
      this.skipSpace()
      if (this.byteAt(this.position) === 0x52 && !isRegular(this.byteAt(this.position + 1))) {
        this.position++
        return { kind: 'reference', number, generation }
      }
    }
    this.position = back
    return undefined
  }

  private nameText(): string {
    const start = ++this.position
    while (isRegular(this.byteAt(this.position))) this.position++
    if (this.position - start > longestName) throw new DamagedFile('a name is too long')
    const raw = this.window.latin1(start, this.position)
    return raw.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }

  private array(depth: number): PdfValue[] {
    this.position++
    const items: PdfValue[] = []
    for (;;) {
      this.skipSpace()
      if (this.byteAt(this.position) === 0x5d) break
      items.push(this.value(depth + 1))
    }
    this.position++
    return items
  }

  dictionary(depth = 0): PdfDictionary {
    this.skipSpace()
    if (this.byteAt(this.position) !== 0x3c || this.byteAt(this.position + 1) !== 0x3c)
      throw new DamagedFile(`a dictionary was expected at ${this.position}`)
    this.position += 2
    const entries: PdfDictionary = new Map()
    for (;;) {
      this.skipSpace()
      const byte = this.byteAt(this.position)
      if (byte === 0x3e && this.byteAt(this.position + 1) === 0x3e) break
      if (byte !== 0x2f) throw new DamagedFile(`a key was expected at ${this.position}`)
      const key = this.nameText()
      entries.set(key, this.value(depth + 1))
    }
    this.position += 2
    return entries
  }

  private string(bytes: Uint8Array, from: number): PdfString {
    return this.inFile ? { kind: 'string', bytes, from, to: this.position } : { kind: 'string', bytes }
  }

  private hexString(): PdfString {
    const from = this.position
    const end = find(this.source, greaterThan, from)
    if (end < 0) throw new DamagedFile('a hexadecimal string has no end')
    this.position = end + 1
    const digits = this.window.latin1(from + 1, end).replace(/[\0\t\n\f\r ]+/g, '')
    if (/[^0-9a-fA-F]/.test(digits)) throw new DamagedFile('a hexadecimal string holds other characters')
    return this.string(Buffer.from(digits.length % 2 === 1 ? `${digits}0` : digits, 'hex'), from)
  }

  private literalString(): PdfString {
    const from = this.position++
    const out: number[] = []
    for (let open = 1; ; ) {
      const byte = this.byteAt(this.position++)
      if (byte === undefined) throw new DamagedFile('a string has no end')
      if (byte === 0x5c) this.escaped(out)
      else {
        if (byte === 0x28) open++
        if (byte === 0x29 && --open === 0) break
        out.push(byte)
      }
    }
    return this.string(Uint8Array.from(out), from)
  }

  private escaped(out: number[]): void {
    const byte = this.byteAt(this.position++)
    if (byte === undefined) throw new DamagedFile('a string has no end')
    if (byte === 0x0d && this.byteAt(this.position) === 0x0a) this.position++
    if (isLineEnd(byte)) return
    if (byte < 0x30 || byte > 0x37) {
      out.push(escapes.get(byte) ?? byte)
      return
    }
    let code = byte - 0x30
    for (let more = 0; more < 2; more++) {
      const digit = this.byteAt(this.position)
      if (digit === undefined || digit < 0x30 || digit > 0x37) break
      code = code * 8 + digit - 0x30
      this.position++
    }
    out.push(code & 0xff)
  }

  /** After a dictionary: the stream that it opens, or undefined. `lengthOf` resolves an indirect /Length. */
  stream(
    dictionary: PdfDictionary,
    lengthOf: (value: PdfValue | undefined) => number | undefined,
  ): PdfStream | undefined {
    if (!this.accepts('stream')) return undefined
    if (this.byteAt(this.position) === 0x0d) this.position++
    if (this.byteAt(this.position) === 0x0a) this.position++
    const start = this.position
    const length = lengthOf(dictionary.get('Length'))
    if (length !== undefined && start + length <= this.source.length) {
      this.position = start + length
      if (this.accepts('endstream')) return new StoredStream(dictionary, this.source, start, start + length)
    }
    const end = find(this.source, endOfStream, start)
    if (end < 0) throw new DamagedFile('a stream has no end')
    this.position = end + endOfStream.length
    return new StoredStream(dictionary, this.source, start, end)
  }
}

const isLineEnd = (byte: number | undefined): boolean => byte === 0x0a || byte === 0x0d

const isRegular = (byte: number | undefined): boolean => byte !== undefined && classes[byte] === regular

/** Some writers print `--5` or `1.2-3`; other readers take the sign once and drop what follows a later one. */
function lenientNumber(word: string): number {
  const match = /^([+-]*)(\d*\.?\d*)/.exec(word)
  const magnitude = Number(match?.[2] || 0)
  return match?.[1]?.includes('-') ? -magnitude : magnitude
}
