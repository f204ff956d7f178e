import { constants } from 'node:fs'
import { appendFile, chmod, copyFile, type FileHandle, open } from 'node:fs/promises'
import type { ByteSource } from '../pdf/byteSource.ts'
import { openFileSource } from '../pdf/fileSource.ts'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import { beginWhole, isSystemError, putOnDisk, refusingToWrite, type UnfinishedFile } from './wholeFile.ts'

/** A file that was written, in bytes. */
export interface ExtendedFile {
  readonly length: number
  /** How many of them were appended. */
  readonly appended: number
}

/** A copy of a file that waits for what is to be appended to it. */
export interface FileToExtend {
  /** What the copy holds. */
  readonly source: ByteSource
  /**
   * Appends to the copy and gives it its name. Refuses disk-full, output-folder-missing, output-unwritable, and
   * file-changing when somebody found the copy and wrote to it.
   */
  extend(appended: Uint8Array): Promise<Outcome<ExtendedFile>>
  /** Lets go of the copy, which is removed unless it got its name. Call it in the end, whatever happens. */
  discard(): Promise<void>
}

/**
 * Copies the file `from`, to become `to` once something is appended to it. Only the copy is read, so that nobody can
 * change it meanwhile, and it is never in memory as a whole. Refuses file-unreadable, file-changing when another
 * program writes to the file while it is copied, disk-full, output-folder-missing and output-unwritable.
 */
export function copyToExtend(from: string, to: string): Promise<Outcome<FileToExtend>> {
  return refusingToWrite(to, async () => {
    const copy = await beginWhole(to)
    let waiting: FileToExtend | undefined
    try {
      const copied = await copySteadily(from, copy.path)
      if (!copied.ok) return copied
      waiting = waitingCopy(copy, from, to)
      return accept(waiting)
    } finally {
      if (waiting === undefined) await copy.discard()
    }
  })
}

function waitingCopy(copy: UnfinishedFile, from: string, to: string): FileToExtend {
  const source = openFileSource(copy.path)
  // It goes to the disk while it is read.
  const early = putOnDisk(copy.path).catch(() => undefined)
  return {
    source,
    extend: (appended) =>
      refusingToWrite(to, async () => {
        if (!source.isUnchanged()) return refuse('file-changing', { file: from })
        await appendFile(copy.path, appended)
        await early
        await copy.keep()
        return accept({ length: source.length + appended.length, appended: appended.length })
      }),
    discard: async () => {
      source.close()
      await early
      await copy.discard()
    },
  }
}

/** Copies a regular file: a pipe could keep us waiting for ever. Where the disk can, both share their blocks. */
async function copySteadily(from: string, to: string): Promise<Outcome<undefined>> {
  const original = await opened(from)
  if (original === undefined) return refuse('file-unreadable', { file: from })
  try {
    const before = await original.stat()
    if (!before.isFile()) return refuse('file-unreadable', { file: from })
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    await chmod(to, before.mode | ownerMayWrite)
    const after = await original.stat()
    const isSteady = after.size === before.size && after.mtimeMs === before.mtimeMs
    return isSteady ? accept(undefined) : refuse('file-changing', { file: from })
  } finally {
    await original.close()
  }
}

const ownerMayWrite = 0o200

async function opened(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    if (isSystemError(error)) return undefined
    throw error
  }
}
