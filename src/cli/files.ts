import { readFile, stat, writeFile } from 'node:fs/promises'
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

/** Writes a file as makeWhole does. Refuses what it refuses. */
export const writeWhole = (file: string, bytes: Uint8Array): Promise<Outcome<void>> =>
  makeWhole(file, async (temporary) => accept(await writeFile(temporary, bytes, { flag: 'wx' })))
