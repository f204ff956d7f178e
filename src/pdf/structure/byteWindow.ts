import type { ByteSource } from './byteSource.ts'

/** What is read of a source at first, and at most, when a byte is asked for that is not at hand. */
const firstReach = 1 << 12
const greatestReach = 1 << 18
/** What is kept at hand before that byte: readers go back to where a word began. */
const behind = 256
const nothing: Buffer = Buffer.alloc(0)

/** The part of a source that is at hand, for reading it byte by byte; it moves and grows with what is asked for. */
export class ByteWindow {
  readonly #source: ByteSource
  #bytes = nothing
  #start = 0
  #reach = firstReach

  constructor(source: ByteSource) {
    this.#source = source
  }

  /** The byte at an offset of the source; undefined where there is none. */
  at(offset: number): number | undefined {
    return this.#bytes[offset - this.#start] ?? this.#beyond(offset)
  }

  #beyond(offset: number): number | undefined {
    if (offset < 0 || offset >= this.#source.length) return undefined
    this.#start = Math.max(0, offset - behind)
    this.#bytes = bufferOf(this.#source.read(this.#start, offset + this.#reach))
    this.#reach = Math.min(2 * this.#reach, greatestReach)
    return this.#bytes[offset - this.#start]
  }

  /** The bytes from `from` to `to` as characters; those past the end are not there. */
  latin1(from: number, to: number): string {
    const start = from - this.#start
    const end = to - this.#start
    if (start >= 0 && end <= this.#bytes.length) return this.#bytes.toString('latin1', start, end)
    return bufferOf(this.#source.read(from, to)).toString('latin1')
  }
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
