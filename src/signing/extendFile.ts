import { chmodSync, closeSync, constants, fstatSync, fsync, openSync, writeSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { ByteSource } from '../pdf/byteSource.ts'
import { fileSource } from '../pdf/fileSource.ts'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import { isSystemError, makeWhole } from './wholeFile.ts'

/** A file that was written, in bytes. */
export interface ExtendedFile {
  readonly length: number
  /** How many of them were appended. */
  readonly appended: number
}

const putOnDisk = promisify(fsync)
/** From here on, in bytes, what goes to the disk takes longer than to ask for it. */
const large = 4 << 20
const ownerMayWrite = 0o200

/**
 * Writes to `to` the file `from` with something appended, which `append` makes from what it reads of the file. The
 * file is copied first and only the copy is read, so that nobody can change it meanwhile; it is never in memory as a
 * whole. Refuses what `append` and makeWhole refuse, file-unreadable, and file-changing when another program writes
 * to the file while it is copied.
 */
export function extendFile(
  from: string,
  to: string,
  append: (source: ByteSource) => Promise<Outcome<Uint8Array>>,
): Promise<Outcome<ExtendedFile>> {
  return makeWhole(to, async (copy) => {
    const copied = await copySteadily(from, copy)
    if (!copied.ok) return copied
    const descriptor = openSync(copy, 'r+')
    const source = fileSource(descriptor)
    // A large copy goes to the disk while it is read.
    const early = source.length < large ? undefined : putOnDisk(descriptor).catch(() => undefined)
    try {
      const appended = await append(source)
      if (!appended.ok) return appended
      if (fstatSync(descriptor).size !== source.length) return refuse('file-changing', { file: from })
      writeAll(descriptor, appended.value, source.length)
      await putOnDisk(descriptor)
      return accept({ length: source.length + appended.value.length, appended: appended.value.length })
    } finally {
      await early
      closeSync(descriptor)
    }
  })
}

function writeAll(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length; ) {
    at += writeSync(descriptor, bytes, at, bytes.length - at, position + at)
  }
}

/** Copies a regular file: a pipe could keep us waiting for ever. Where the disk can, both share their blocks. */
async function copySteadily(from: string, to: string): Promise<Outcome<undefined>> {
  const original = opened(from)
  if (original === undefined) return refuse('file-unreadable', { file: from })
  try {
    const before = fstatSync(original)
    if (!before.isFile()) return refuse('file-unreadable', { file: from })
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    chmodSync(to, before.mode | ownerMayWrite)
    const after = fstatSync(original)
    const isSteady = after.size === before.size && after.mtimeMs === before.mtimeMs
    return isSteady ? accept(undefined) : refuse('file-changing', { file: from })
  } finally {
    closeSync(original)
  }
}

function opened(file: string): number | undefined {
  try {
    return openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    if (isSystemError(error)) return undefined
    throw error
  }
}
