import { chmodSync, closeSync, constants, fstatSync, fsync, openSync, type Stats, writeSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { ByteSource } from '../pdf/structure/byteSource.ts'
import { fileSource } from '../pdf/structure/fileSource.ts'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import { isSystemError, makeWhole } from './wholeFile.ts'

/** A file that was written, in bytes. */
export interface ExtendedFile {
  readonly length: number
  /** How many of them were appended. */
  readonly appended: number
}

/** From here on, in bytes, a file is copied by the system and not read into memory. */
const large = 4 << 20
const ownerMayWrite = 0o200
const putOnDisk = promisify(fsync)

/**
 * Writes to `to` the file `from` with something appended, which `append` makes from what it reads of the file. Only a
 * copy is read, so that nobody can change it meanwhile; a large file is copied first and never in memory as a whole.
 * Refuses what `append` and makeWhole refuse, file-unreadable, and file-changing when another program writes to the
 * file or to the copy meanwhile.
 */
export function extendFile(
  from: string,
  to: string,
  append: (source: ByteSource) => Promise<Outcome<Uint8Array>>,
): Promise<Outcome<ExtendedFile>> {
  return makeWhole(to, async (copy) => {
    const original = opened(from)
    if (original === undefined) return refuse('file-unreadable', { file: from })
    try {
      const before = fstatSync(original)
      if (!before.isFile()) return refuse('file-unreadable', { file: from })
      const isLarge = before.size >= large
      const source = isLarge ? undefined : fileSource(original)
      if (isLarge) await copyFile(from, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
      if (!isSame(before, fstatSync(original))) return refuse('file-changing', { file: from })
      const mode = before.mode | ownerMayWrite
      return await (source === undefined
        ? extendCopy(copy, mode, from, append)
        : writeExtended(copy, mode, source, append))
    } finally {
      closeSync(original)
    }
  })
}

/** A pipe could keep us waiting for ever. */
function opened(file: string): number | undefined {
  try {
    return openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    if (isSystemError(error)) return undefined
    throw error
  }
}

const isSame = (before: Stats, after: Stats): boolean =>
  after.size === before.size && after.mtimeMs === before.mtimeMs

type Append = Parameters<typeof extendFile>[2]

async function writeExtended(
  file: string,
  mode: number,
  source: ByteSource,
  append: Append,
): Promise<Outcome<ExtendedFile>> {
  const appended = await append(source)
  if (!appended.ok) return appended
  const descriptor = openSync(file, 'wx', mode)
  try {
    writeAll(descriptor, source.read(0, source.length), 0)
    writeAll(descriptor, appended.value, source.length)
    await putOnDisk(descriptor)
    return accept(lengths(source, appended.value))
  } finally {
    closeSync(descriptor)
  }
}

async function extendCopy(
  copy: string,
  mode: number,
  from: string,
  append: Append,
): Promise<Outcome<ExtendedFile>> {
  chmodSync(copy, mode)
  const descriptor = openSync(copy, 'r+')
  // It goes to the disk while it is read.
  const early = putOnDisk(descriptor).catch(() => undefined)
  try {
    const source = fileSource(descriptor)
    const appended = await append(source)
    if (!appended.ok) return appended
    if (fstatSync(descriptor).size !== source.length) return refuse('file-changing', { file: from })
    writeAll(descriptor, appended.value, source.length)
    await putOnDisk(descriptor)
    return accept(lengths(source, appended.value))
  } finally {
    await early
    closeSync(descriptor)
  }
}

const lengths = (source: ByteSource, appended: Uint8Array): ExtendedFile => ({
  length: source.length + appended.length,
  appended: appended.length,
})

function writeAll(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length; ) {
    at += writeSync(descriptor, bytes, at, bytes.length - at, position + at)
  }
}
