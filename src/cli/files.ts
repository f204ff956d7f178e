import { readFile, stat, writeFile } from 'node:fs/promises'
import type { ByteSource } from '../pdf/structure/byteSource.ts'
import { openFileSource } from '../pdf/structure/fileSource.ts'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import { isSystemError, makeWhole } from '../signing/wholeFile.ts'

/** The bytes of a regular file: a pipe or a device could keep the command waiting for ever. Refuses file-unreadable. */
export async function readBytes(file: string): Promise<Outcome<Uint8Array>> {
  try {
    if ((await stat(file)).isFile()) return accept(await readFile(file))
  } catch (error) {
    if (!isSystemError(error)) throw error
  }
  return refuse('file-unreadable', { file })
}

/** Lets `work` read a regular file in parts, whatever its size. Refuses file-unreadable, also when it changes meanwhile. */
export async function readingParts<Value>(
  file: string,
  work: (source: ByteSource) => Promise<Value>,
): Promise<Outcome<Value>> {
  try {
    if ((await stat(file)).isFile()) {
      const source = openFileSource(file)
      try {
        const value = await work(source)
        if (source.isUnchanged()) return accept(value)
      } finally {
        source.close()
      }
    }
  } catch (error) {
    if (!isSystemError(error)) throw error
  }
  return refuse('file-unreadable', { file })
}

/** Writes a file as makeWhole does. Refuses what it refuses. */
export const writeWhole = (file: string, bytes: Uint8Array): Promise<Outcome<void>> =>
  makeWhole(file, async (temporary) => accept(await writeFile(temporary, bytes, { flag: 'wx', flush: true })))
