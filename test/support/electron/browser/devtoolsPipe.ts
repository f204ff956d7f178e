import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { Protocol } from '../../../../node_modules/playwright-core/types/protocol.d.ts'

export type { Protocol }

type Commands = Protocol.CommandParameters
type Answers = Protocol.CommandReturnValues
type Events = Protocol.Events
type EventPayload<Name extends keyof Events> = Events[Name] extends undefined ? undefined : Events[Name]

interface Waiting {
  readonly method: string
  readonly answer: (result: unknown) => void
  readonly fail: (error: Error) => void
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly sessionId?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

/** One attached target, or with an empty id the browser itself. */
export interface DevToolsSession {
  readonly id: string
  /** Sends a command; rejects with the browser's message, or when the browser is gone. */
  send<Name extends keyof Commands>(method: Name, parameters?: Commands[Name]): Promise<Answers[Name]>
  on<Name extends keyof Events>(event: Name, listener: (payload: EventPayload<Name>) => void): void
}

/** A DevTools client over `--remote-debugging-pipe`: JSON messages that end in NUL, no TCP port. */
export class DevToolsPipe {
  private readonly writable: Writable
  private readonly waiting = new Map<number, Waiting>()
  private readonly events = new EventEmitter().setMaxListeners(0)
  private parts: Buffer[] = []
  private lastId = 0
  private closed = false

  constructor(writable: Writable, readable: Readable) {
    this.writable = writable
    readable.on('data', (bytes: Buffer) => this.receive(bytes))
    readable.on('close', () => this.end())
    readable.on('error', () => this.end())
    writable.on('error', () => this.end())
  }

  /** Calls `listener` once, when the browser has gone. */
  onClosed(listener: () => void): void {
    this.events.once('closed', listener)
  }

  /** The session with this id, or the browser's own. */
  session(id = ''): DevToolsSession {
    return {
      id,
      send: (method, parameters) => this.send(method, parameters ?? {}, id) as Promise<never>,
      on: (event, listener) => void this.events.on(`${id}:${event}`, listener),
    }
  }

  private send(method: string, params: object, sessionId: string): Promise<unknown> {
    if (this.closed) return Promise.reject(new Error(`${method}: the browser is closed`))
    this.lastId += 1
    const id = this.lastId
    return new Promise((answer, fail) => {
      this.waiting.set(id, { method, answer, fail })
      const message = sessionId === '' ? { id, method, params } : { id, method, params, sessionId }
      this.writable.write(`${JSON.stringify(message)}\0`)
    })
  }

  /** Cuts the stream at NULs; parts of a long message are joined once, so its cost stays linear. */
  private receive(bytes: Buffer): void {
    let start = 0
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
      this.parts.push(bytes.subarray(start, end))
      const text = (this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts)).toString('utf8')
      this.parts = []
      start = end + 1
      this.dispatch(JSON.parse(text) as Message)
    }
    if (start < bytes.length) this.parts.push(bytes.subarray(start))
  }

  private dispatch(message: Message): void {
    if (message.id === undefined) {
      this.events.emit(`${message.sessionId ?? ''}:${message.method}`, message.params)
      return
    }
    const waiting = this.waiting.get(message.id)
    this.waiting.delete(message.id)
    if (message.error) waiting?.fail(new Error(`${waiting.method}: ${message.error.message}`))
    else waiting?.answer(message.result)
  }

  private end(): void {
    if (this.closed) return
    this.closed = true
    for (const { method, fail } of this.waiting.values()) fail(new Error(`${method}: the browser closed`))
    this.waiting.clear()
    this.events.emit('closed')
  }
}
