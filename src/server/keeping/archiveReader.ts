import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Decrypter } from 'age-encryption'
import { extract } from 'tar-stream'
import { accept, type Outcome, type Refusal, refuse } from '../../shared/outcome.ts'

/** An archive that is not whole, or not a backup of ours. */
export class DamagedArchive extends Error {
  readonly refusal: Refusal

  constructor(part: string) {
    super('damaged archive')
    this.refusal = { code: 'backup-damaged', detail: { part } }
  }
}

/** A part of an archive; its content has to be read before the next part comes. */
export interface ArchivePart {
  readonly name: string
  readonly size: number
  readonly content: AsyncIterable<Uint8Array>
}

const AGE_BEGINS = 'age-encryption.org/'

/**
 * Opens an archive for reading from its beginning to its end, decrypted with the secret keys in `identities` where it
 * is encrypted. Refuses file-unreadable, backup-key-malformed and backup-key-wrong; the parts throw DamagedArchive.
 */
export async function openArchive(
  path: string,
  identities: readonly string[],
): Promise<Outcome<AsyncGenerator<ArchivePart>>> {
  const beginning = await beginningOf(path)
  if (beginning === undefined) return refuse('file-unreadable', { file: path })
  const file = createReadStream(path, { highWaterMark: 1 << 18 })
  if (beginning !== AGE_BEGINS) return accept(partsOf(file))
  const decrypter = new Decrypter()
  try {
    for (const identity of identities) decrypter.addIdentity(identity)
  } catch {
    return refuse('backup-key-malformed', { key: '--identity' })
  }
  try {
    const plain = await decrypter.decrypt(Readable.toWeb(file) as ReadableStream<Uint8Array>)
    return accept(partsOf(Readable.fromWeb(plain as Parameters<typeof Readable.fromWeb>[0])))
  } catch {
    file.destroy()
    return refuse('backup-key-wrong')
  }
}

async function* partsOf(source: Readable): AsyncGenerator<ArchivePart> {
  const tar = extract()
  // A key that fits the header but not what follows, a cut, or a file that is no archive.
  source.on('error', () => tar.destroy(new DamagedArchive('archive')))
  source.pipe(tar)
  try {
    for await (const entry of tar) {
      const { name, size = 0 } = entry.header
      yield { name, size, content: contentOf(entry as AsyncIterable<Uint8Array>) }
      // What the reader left of it.
      entry.resume()
    }
  } catch (error) {
    throw isReadFault(error) ? new DamagedArchive('archive') : error
  } finally {
    source.destroy()
  }
}

async function* contentOf(entry: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* entry
  } catch (error) {
    throw isReadFault(error) ? new DamagedArchive('archive') : error
  }
}

/** tar-stream tells what is wrong with an archive in plain errors without a code. */
const isReadFault = (error: unknown): boolean =>
  error instanceof Error && error.constructor === Error && !('code' in error)

async function beginningOf(path: string): Promise<string | undefined> {
  try {
    const handle = await open(path, 'r')
    try {
      const { buffer } = await handle.read(Buffer.alloc(AGE_BEGINS.length), 0, AGE_BEGINS.length, 0)
      return buffer.toString('latin1')
    } finally {
      await handle.close()
    }
  } catch {
    return undefined
  }
}
