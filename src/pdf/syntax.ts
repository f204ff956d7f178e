import { DamagedFile } from './damaged.ts'
import { nameOf, type PdfDictionary, type PdfStream, type PdfString, type PdfValue } from './values.ts'

const deepestNesting = 100
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

/** Reads PDF syntax (ISO 32000-2, 7.2 and 7.3) from `bytes`, moving `position`. Throws DamagedFile. */
export class SyntaxReader {
  readonly bytes: Uint8Array
  position: number
  /** Whether offsets in `bytes` are offsets in the file; not so inside an object stream. */
  readonly inFile: boolean

  constructor(bytes: Uint8Array, position: number, inFile = true) {
    this.bytes = bytes
    this.position = position
    this.inFile = inFile
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.position]
      if (byte === 0x25) {
        while (this.position < this.bytes.length && !isLineEnd(this.bytes[this.position])) this.position++
      } else if (byte !== undefined && classes[byte] === whitespace) this.position++
      else return
    }
  }

  /** The next run of regular characters, or '' at a delimiter or the end. */
  word(): string {
    this.skipSpace()
    const start = this.position
    while (isRegular(this.bytes[this.position]) && this.position - start < 128) this.position++
    return latin1(this.bytes, start, this.position)
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
    const byte = this.bytes[this.position]
    if (byte === undefined) throw new DamagedFile('the file ends inside an object')
    if (byte === 0x2f) return nameOf(this.nameText())
    if (byte === 0x28) return this.literalString()
    if (byte === 0x5b) return this.array(depth)
    if (byte === 0x3c)
      return this.bytes[this.position + 1] === 0x3c ? this.dictionary(depth) : this.hexString()
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
    if (at === this.position || at - this.position > 10 || isRegular(this.bytes[at])) return undefined
    this.position = at
    return value
  }

  private digitAt(at: number): number | undefined {
    const byte = this.bytes[at]
    return byte !== undefined && byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : undefined
  }

  /** After an object number: the rest of `12 0 R`, or undefined with the position where it was. */
  private reference(number: number): PdfValue | undefined {
    const back = this.position
    this.skipSpace()
    const generation = this.digits()
    if (generation !== undefined && generation <= 65_535) {
      this.skipSpace()
      if (this.bytes[this.position] === 0x52 && !isRegular(this.bytes[this.position + 1])) {
        this.position++
        return { kind: 'reference', number, generation }
      }
    }
    this.position = back
    return undefined
  }

  private nameText(): string {
    const start = ++this.position
    while (isRegular(this.bytes[this.position])) this.position++
    const raw = latin1(this.bytes, start, this.position)
    return raw.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }

  private array(depth: number): PdfValue[] {
    this.position++
    const items: PdfValue[] = []
    for (;;) {
      this.skipSpace()
      if (this.bytes[this.position] === 0x5d) break
      items.push(this.value(depth + 1))
    }
    this.position++
    return items
  }

  dictionary(depth = 0): PdfDictionary {
    this.skipSpace()
    if (this.bytes[this.position] !== 0x3c || this.bytes[this.position + 1] !== 0x3c)
      throw new DamagedFile(`a dictionary was expected at ${this.position}`)
    this.position += 2
    const entries: PdfDictionary = new Map()
    for (;;) {
      this.skipSpace()
      const byte = this.bytes[this.position]
      if (byte === 0x3e && this.bytes[this.position + 1] === 0x3e) break
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
    const end = this.bytes.indexOf(0x3e, from)
    if (end < 0) throw new DamagedFile('a hexadecimal string has no end')
    this.position = end + 1
    const digits = latin1(this.bytes, from + 1, end).replace(/[\0\t\n\f\r ]+/g, '')
    if (/[^0-9a-fA-F]/.test(digits)) throw new DamagedFile('a hexadecimal string holds other characters')
    return this.string(Buffer.from(digits.length % 2 === 1 ? `${digits}0` : digits, 'hex'), from)
  }

  private literalString(): PdfString {
    const from = this.position++
    const out: number[] = []
    for (let open = 1; ; ) {
      const byte = this.bytes[this.position++]
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
    const byte = this.bytes[this.position++]
    if (byte === undefined) throw new DamagedFile('a string has no end')
    if (byte === 0x0d && this.bytes[this.position] === 0x0a) this.position++
    if (isLineEnd(byte)) return
    if (byte < 0x30 || byte > 0x37) {
      out.push(escapes.get(byte) ?? byte)
      return
    }
    let code = byte - 0x30
    for (let more = 0; more < 2; more++) {
      const digit = this.bytes[this.position]
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
    if (this.bytes[this.position] === 0x0d) this.position++
    if (this.bytes[this.position] === 0x0a) this.position++
    const start = this.position
    const length = lengthOf(dictionary.get('Length'))
    if (length !== undefined && start + length <= this.bytes.length) {
      this.position = start + length
      if (this.accepts('endstream'))
        return { kind: 'stream', dictionary, encoded: this.bytes.subarray(start, start + length) }
    }
    const end = Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length).indexOf(
      'endstream',
      start,
    )
    if (end < 0) throw new DamagedFile('a stream has no end')
    this.position = end + 9
    return { kind: 'stream', dictionary, encoded: this.bytes.subarray(start, end) }
  }
}

const isLineEnd = (byte: number | undefined): boolean => byte === 0x0a || byte === 0x0d

const isRegular = (byte: number | undefined): boolean => byte !== undefined && classes[byte] === regular

/** The bytes from `from` to `to` as characters; those past the end are not there. */
function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to)
}

/** Some writers print `--5` or `1.2-3`; other readers take the sign once and drop what follows a later one. */
function lenientNumber(word: string): number {
  const match = /^([+-]*)(\d*\.?\d*)/.exec(word)
  const magnitude = Number(match?.[2] || 0)
  return match?.[1]?.includes('-') ? -magnitude : magnitude
}
