import { createReadStream } from 'node:fs'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { FSDriver } from 'flydrive/drivers/fs'

/**
 * A folder as flydrive's storage, with two things that its own driver does not promise: a moved file is on the disk
 * whole before it has its new name, and a part of a file can be read.
 */
export class FileFolder extends FSDriver {
  readonly location: string

  constructor(location: string) {
    super({ location, visibility: 'private' })
    this.location = location
  }

  /** Moves a file so that it appears under `destination` at once and stays there after a power cut. */
  override async move(source: string, destination: string): Promise<void> {
    const target = join(this.location, destination)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await flush(join(this.location, source))
    await rename(join(this.location, source), target)
    if (process.platform !== 'win32') await flush(dirname(target))
  }

  /** The bytes from `start` to `end`, both counted. */
  readRange(key: string, start: number, end: number): Readable {
    return createReadStream(join(this.location, key), { start, end })
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
