import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { type FileHandle, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing, writeDurably } from '../account/durableFile.ts'

/**
 * Files at rest: one for each SHA-256, in chunks of 256 KiB, each AES-256-GCM under the account's file key with its
 * own nonce. A chunk's place and the file's name and size are authenticated with it, so chunks cannot be swapped.
 * Layout: size (8 bytes, big endian), then nonce (12), text and tag (16) of each chunk.
 */
export interface FileStore {
  /** Keeps the bytes durably under their SHA-256, which it returns; kept whole already, nothing is written. */
  keep(bytes: Uint8Array): Promise<string>
  has(sha256: string): Promise<boolean>
  /** Size in bytes, or undefined when the file is not here. */
  size(sha256: string): Promise<number | undefined>
  /** The whole file, its hash checked; undefined when it is not here or is damaged. */
  read(sha256: string): Promise<Uint8Array | undefined>
  /** The bytes from `start` to `end` (exclusive), each chunk authenticated; undefined as with `read`. */
  readPart(sha256: string, start: number, end: number): Promise<Uint8Array | undefined>
  remove(sha256: string): Promise<void>
  /** Removes what a crash left half written. */
  tidy(): Promise<void>
}

const CHUNK = 256 * 1024
const HEADER = 8
const NONCE = 12
const TAG = 16
const SEALED_CHUNK = NONCE + CHUNK + TAG

/** The files in `folder` under `key` (32 bytes). */
export function fileStore(folder: string, key: Uint8Array): FileStore {
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a SHA-256')
    return join(folder, `${sha256}.sealed`)
  }
  const opened = async <Result>(
    sha256: string,
    act: (handle: FileHandle, size: number) => Promise<Result>,
  ) => {
    let handle: FileHandle
    try {
      handle = await open(pathOf(sha256), 'r')
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
    try {
      const header = Buffer.alloc(HEADER)
      const { bytesRead } = await handle.read(header, 0, HEADER, 0)
      return bytesRead === HEADER ? await act(handle, Number(header.readBigUInt64BE())) : undefined
    } finally {
      await handle.close()
    }
  }
  const size = (sha256: string) => opened(sha256, async (_, bytes) => bytes)
  const readPart = (sha256: string, start: number, end: number) =>
    opened(sha256, async (handle, bytes) => {
      const last = Math.min(end, bytes)
      if (!Number.isSafeInteger(bytes) || start > last) return undefined
      const part = new Uint8Array(last - start)
      for (let index = Math.floor(start / CHUNK); index * CHUNK < last; index += 1) {
        const chunk = await readChunk(handle, key, sha256, index, bytes)
        if (chunk === undefined) return undefined
        const from = Math.max(start - index * CHUNK, 0)
        part.set(chunk.subarray(from, last - index * CHUNK), index * CHUNK + from - start)
      }
      return part
    })

  const read = async (sha256: string) => {
    const bytes = await size(sha256)
    const whole = bytes === undefined ? undefined : await readPart(sha256, 0, bytes)
    const intact = whole && createHash('sha256').update(whole).digest('hex') === sha256
    return intact ? whole : undefined
  }

  return {
    keep: async (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if ((await read(sha256)) !== undefined) return sha256
      await writeDurably(pathOf(sha256), sealedParts(bytes, key, sha256))
      return sha256
    },
    has: async (sha256) => (await size(sha256)) !== undefined,
    size,
    read,
    readPart,
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
    tidy: async () => {
      for (const name of await readdir(folder)) {
        if (name.endsWith('.tmp')) await rm(join(folder, name), { force: true })
      }
    },
  }
}

const boundTo = (sha256: string, index: number, bytes: number) =>
  Buffer.from(`saraban file ${sha256} ${index} ${bytes}`)

function* sealedParts(bytes: Uint8Array, key: Uint8Array, sha256: string): Generator<Uint8Array> {
  const header = Buffer.alloc(HEADER)
  header.writeBigUInt64BE(BigInt(bytes.length))
  yield header
  for (let index = 0; index * CHUNK < bytes.length; index += 1) {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(boundTo(sha256, index, bytes.length))
    const text = cipher.update(bytes.subarray(index * CHUNK, (index + 1) * CHUNK))
    yield Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()])
  }
}

async function readChunk(
  handle: FileHandle,
  key: Uint8Array,
  sha256: string,
  index: number,
  bytes: number,
): Promise<Uint8Array | undefined> {
  const length = Math.min(CHUNK, bytes - index * CHUNK)
  const sealed = Buffer.alloc(NONCE + length + TAG)
  const { bytesRead } = await handle.read(sealed, 0, sealed.length, HEADER + index * SEALED_CHUNK)
  if (bytesRead !== sealed.length) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE))
  decipher.setAAD(boundTo(sha256, index, bytes))
  decipher.setAuthTag(sealed.subarray(NONCE + length))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE, NONCE + length)), decipher.final()])
  } catch {
    return undefined
  }
}
