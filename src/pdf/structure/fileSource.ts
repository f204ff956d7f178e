import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { type ByteSource, sourceOf } from './byteSource.ts'
import { DamagedFile } from './damaged.ts'

const blockLength = 1 << 14
const mostBlocks = 256
const partLength = 1 << 20

/**
 * An open file as a source; whoever opened it closes it. A small file is read whole, of a larger one the blocks that
 * are asked for, and few are kept.
 */
export function fileSource(descriptor: number): ByteSource {
  const length = fstatSync(descriptor).size
  const fill = (bytes: Uint8Array, from: number): Uint8Array => {
    for (let at = 0; at < bytes.length; ) {
      const count = readSync(descriptor, bytes, at, bytes.length - at, from + at)
      if (count === 0) throw new DamagedFile('the file became shorter while it was read')
      at += count
    }
    return bytes
  }
  const readAt = (from: number, to: number): Uint8Array => fill(Buffer.allocUnsafeSlow(to - from), from)
  if (length <= mostBlocks * blockLength) return sourceOf(readAt(0, length))

  const blocks = new Map<number, Uint8Array>()
  /** The block with this number; the one that was not asked for the longest makes room. */
  const block = (number: number): Uint8Array => {
    const known = blocks.get(number)
    const bytes = known ?? readAt(number * blockLength, Math.min((number + 1) * blockLength, length))
    blocks.delete(number)
    blocks.set(number, bytes)
    const [oldest] = blocks.size > mostBlocks ? blocks.keys() : []
    if (oldest !== undefined) blocks.delete(oldest)
    return bytes
  }
  return {
    length,
    read: (wantedFrom, wantedTo) => {
      const from = Math.max(0, wantedFrom)
      const to = Math.min(wantedTo, length)
      if (from >= to) return new Uint8Array()
      const number = Math.floor(from / blockLength)
      if (number !== Math.floor((to - 1) / blockLength)) return readAt(from, to)
      return block(number).subarray(from - number * blockLength, to - number * blockLength)
    },
    *parts(wantedFrom, wantedTo) {
      const to = Math.min(wantedTo, length)
      const part = new Uint8Array(Math.min(partLength, Math.max(0, to - wantedFrom)))
      for (let at = Math.max(0, wantedFrom); at < to; at += part.length) {
        yield fill(part.subarray(0, Math.min(part.length, to - at)), at)
      }
    },
  }
}

/** A file that was opened to be read. */
export interface FileSource extends ByteSource {
  /** Whether the file has the size and the time of change that it had when it was opened. */
  isUnchanged(): boolean
  close(): void
}

/** Opens a file to be read in parts; close it after use. Throws what node:fs throws. */
export function openFileSource(path: string): FileSource {
  const descriptor = openSync(path, 'r')
  const opened = fstatSync(descriptor)
  return {
    ...fileSource(descriptor),
    isUnchanged: () => {
      const now = fstatSync(descriptor)
      return now.size === opened.size && now.mtimeMs === opened.mtimeMs
    },
    close: () => closeSync(descriptor),
  }
}
