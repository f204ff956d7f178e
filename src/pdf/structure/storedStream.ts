import type { ByteSource } from './byteSource.ts'
import type { PdfDictionary, PdfStream } from './values.ts'

/** A stream of a file. Its bytes are read when they are asked for, so that no picture is loaded in passing. */
export class StoredStream implements PdfStream {
  readonly kind = 'stream'
  readonly dictionary: PdfDictionary
  readonly #source: ByteSource
  readonly #from: number
  readonly #to: number

  constructor(dictionary: PdfDictionary, source: ByteSource, from: number, to: number) {
    this.dictionary = dictionary
    this.#source = source
    this.#from = from
    this.#to = to
  }

  get encoded(): Uint8Array {
    return this.#source.read(this.#from, this.#to)
  }
}
