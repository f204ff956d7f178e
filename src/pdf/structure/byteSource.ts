/**
 * Bytes that can be read in parts: in memory, in a file on disk, or an earlier source with more behind it. What is
 * read is only to be looked at: it may be a view of what others read as well.
 */
export interface ByteSource {
  readonly length: number
  /** The bytes from `from` up to `to`, both cut to where the source begins and ends. */
  read(from: number, to: number): Uint8Array
  /** The same bytes one part after the other. A part is good until the next is asked for. */
  parts(from: number, to: number): Iterable<Uint8Array>
}

/** What public functions take: all bytes in memory, or a source of them. */
export type BytesOrSource = Uint8Array | ByteSource

/** The source of bytes in memory: its parts are views of them. A source stays as it is. */
export function sourceOf(bytes: BytesOrSource): ByteSource {
  if (!(bytes instanceof Uint8Array)) return bytes
  const read = (from: number, to: number): Uint8Array => bytes.subarray(Math.max(0, from), Math.max(0, to))
  return { length: bytes.length, read, parts: (from, to) => [read(from, to)] }
}

/** The source with `appended` behind it. */
export function joined(earlier: ByteSource, appended: Uint8Array): ByteSource {
  const border = earlier.length
  const behind = (from: number, to: number): Uint8Array =>
    appended.subarray(Math.max(0, from - border), Math.max(0, to - border))
  return {
    length: border + appended.length,
    read: (from, to) => {
      if (to <= border) return earlier.read(from, to)
      return from >= border ? behind(from, to) : Buffer.concat([earlier.read(from, border), behind(from, to)])
    },
    *parts(from, to) {
      yield* earlier.parts(from, Math.min(to, border))
      yield behind(from, to)
    },
  }
}

/** The first `length` bytes of a source: an earlier revision of a file. */
export function firstPart(source: ByteSource, length: number): ByteSource {
  const end = Math.min(length, source.length)
  return {
    length: end,
    read: (from, to) => source.read(from, Math.min(to, end)),
    parts: (from, to) => source.parts(from, Math.min(to, end)),
  }
}

/** All bytes of a source, for what cannot work on parts of them. */
export const wholeOf = (bytes: BytesOrSource): Uint8Array =>
  bytes instanceof Uint8Array ? bytes : bytes.read(0, bytes.length)

/** What `find` reads at once. */
const stretch = 1 << 16

/** Where `wanted` comes next at or after `from`; -1 when it does not. */
export function find(source: ByteSource, wanted: Uint8Array, from: number): number {
  for (let at = from; at < source.length; at += stretch) {
    const part = source.read(at, at + stretch + wanted.length - 1)
    const found = Buffer.from(part.buffer, part.byteOffset, part.length).indexOf(wanted)
    if (found >= 0) return at + found
  }
  return -1
}
