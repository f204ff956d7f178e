import { createHash, randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** A file that came in and is on the disk, under no name of its own yet. */
export interface ReceivedFile {
  /** Its name among unfinished uploads: made here, never taken from what came. */
  readonly name: string
  readonly sha256: string
  readonly bytes: number
}

/** A file that is coming in. */
export interface IncomingFile {
  write(bytes: Uint8Array): Promise<void>
  finish(): Promise<ReceivedFile>
}

/** Where an adapter puts what it receives before anyone has looked at it. */
export interface Intake {
  open(): Promise<IncomingFile>
  /** Removes what nobody took. */
  clear(): Promise<void>
}

/** An intake into the folder `uploads`. */
export function intakeInto(uploads: string): Intake {
  const names: string[] = []
  const closing: (() => Promise<void>)[] = []
  return {
    open: async () => {
      const name = `exchange.${randomUUID()}`
      names.push(name)
      const handle = await open(join(uploads, name), 'wx', 0o600)
      const hash = createHash('sha256')
      let bytes = 0
      let isOpen = true
      const close = async () => {
        if (isOpen) await handle.close()
        isOpen = false
      }
      closing.push(close)
      return {
        write: async (part) => {
          hash.update(part)
          bytes += part.length
          await handle.writeFile(part)
        },
        finish: async () => {
          await close()
          return { name, sha256: hash.digest('hex'), bytes }
        },
      }
    },
    clear: async () => {
      for (const close of closing) await close()
      for (const name of names) await rm(join(uploads, name), { force: true })
    },
  }
}
