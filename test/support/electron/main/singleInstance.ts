import { createHash } from 'node:crypto'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** What a second start tells the first. */
export interface SecondStart {
  readonly argv: readonly string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

let server: Server | undefined
let announced: Promise<void> = Promise.resolve()

/** A socket name for each profile. The kernel frees Linux's abstract names however the holder ends. */
function socketName(userData: string): string {
  const name = `saraban-stand-in-${createHash('sha256').update(userData).digest('hex').slice(0, 24)}`
  if (process.platform === 'linux') return `\0${name}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name)
}

function announce(path: string, start: SecondStart): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.on('error', () => resolve())
    socket.on('close', () => resolve())
    socket.end(JSON.stringify(start))
  })
}

/** Whether this process holds the lock of the profile at `userData`. */
export const holdsLock = (): boolean => server !== undefined

/** Takes the lock of the profile, or tells its holder about this start and returns false. */
export function takeLock(
  userData: string,
  start: SecondStart,
  onSecond: (start: SecondStart) => void,
): boolean {
  if (server) return true
  const path = socketName(userData)
  const candidate = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined)
    void text(socket).then((message) => {
      socket.end()
      onSecond(JSON.parse(message) as SecondStart)
    })
  })
  candidate.on('error', () => undefined)
  // A pipe is bound within listen(), so that the answer is there at once.
  candidate.listen(path)
  if (candidate.listening) {
    candidate.unref()
    server = candidate
    return true
  }
  announced = announce(path, start)
  return false
}

/** Gives the lock back. */
export function releaseLock(): void {
  server?.close()
  server = undefined
}

/** Resolves when the lock's holder has been told about this start, where there was something to tell. */
export const startAnnounced = (): Promise<void> => announced
