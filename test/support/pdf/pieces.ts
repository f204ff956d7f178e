/** A file put together piece by piece, for structure as odd as programs write it; text is Latin-1, one byte each. */
export class Pieces {
  /** Where each object begins. */
  readonly offsets = new Map<number, number>()
  #text: string

  constructor(header = '%PDF-1.6\n%\u00e2\u00e3\u00cf\u00d3\n') {
    this.#text = header
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#text.length
  }

  write(text: string): this {
    this.#text += text
    return this
  }

  object(number: number, body: string, generation = 0): this {
    this.offsets.set(number, this.length)
    return this.write(`${number} ${generation} obj\n${body}\nendobj\n`)
  }

  /** A line of a cross-reference table for an object of this file. */
  entry(number: number, generation = 0): string {
    return `${String(this.offsets.get(number) ?? 0).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`
  }

  /** Writes `startxref` and the end; returns the file. */
  end(start: number): Uint8Array {
    return bytesOf(`${this.#text}startxref\n${start}\n%%EOF\n`)
  }
}

/** The bytes of Latin-1 text. */
export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

/** The text whose characters are the file's bytes. */
export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** The offset that the file's last `startxref` gives. */
export const startOf = (bytes: Uint8Array): number =>
  Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(textOf(bytes.subarray(-200)))?.[1])
