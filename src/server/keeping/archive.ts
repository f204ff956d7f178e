import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Encrypter } from 'age-encryption'
import { type Pack, pack } from 'tar-stream'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'

/** An archive that is being written, part by part. */
export interface ArchiveWriter {
  /** Adds a part; resolves when it was taken, so that no more than a part waits in memory. */
  add(name: string, bytes: Uint8Array): Promise<void>
  /** Adds a part of exactly `size` bytes from a stream. */
  addStream(name: string, size: number, content: Readable): Promise<void>
}

/** Checks the public keys (age1…) that can open an archive. Refuses backup-key-malformed. */
export function encrypterFor(recipients: readonly string[]): Outcome<Encrypter> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient)
    } catch {
      return refuse('backup-key-malformed', { key: recipient.slice(0, 70) })
    }
  }
  return accept(encrypter)
}

/**
 * Writes an archive to `output`, encrypted unless `encrypter` is undefined, while `fill` adds its parts. Nothing is
 * held but what is under way.
 */
export async function writeArchive(
  output: Writable,
  encrypter: Encrypter | undefined,
  fill: (archive: ArchiveWriter) => Promise<void>,
): Promise<void> {
  const tar = pack()
  const filled = fill(writerOf(tar)).then(
    () => tar.finalize(),
    (error: Error) => {
      tar.destroy(error)
      throw error
    },
  )
  const written = encrypted(tar, encrypter).then((source) => pipeline(source, output))
  // Whichever breaks first is the reason; the other breaks because of it.
  written.catch((error: Error) => tar.destroy(error))
  await Promise.all([filled, written])
}

async function encrypted(tar: Pack, encrypter: Encrypter | undefined): Promise<Readable> {
  const plain = Readable.from(tar, { objectMode: false, highWaterMark: 1 << 18 })
  if (!encrypter) return plain
  const hidden = await encrypter.encrypt(Readable.toWeb(plain) as ReadableStream<Uint8Array>)
  return Readable.fromWeb(hidden as Parameters<typeof Readable.fromWeb>[0])
}

function writerOf(tar: Pack): ArchiveWriter {
  const addStream = (name: string, size: number, content: Readable): Promise<void> =>
    new Promise((done, failed) => {
      const entry = tar.entry({ name, size, mode: 0o600 }, (error) => (error ? failed(error) : done()))
      pipeline(content, entry).catch(failed)
    })
  return {
    addStream,
    add: (name, bytes) => addStream(name, bytes.length, Readable.from([bytes], { objectMode: false })),
  }
}
