import type { Codec, Wire } from './codec.ts'
import type { FromPage, PageInbox, PageRequest, ToPage, WithFile } from './messages.ts'
import type { WorldBridge } from './worldBridge.ts'

/**
 * Makes what a sandboxed preload gets from `require('electron')`, and the inbox through which the main process
 * answers. Runs in pages as its own source text, so it refers to nothing outside itself.
 */
export function createPreloadWorld(
  bridge: WorldBridge,
  codec: Codec,
  post: (json: string) => void,
  toBase64: (bytes: Uint8Array) => string,
  threshold: number,
) {
  type Listener = (event: object, ...args: unknown[]) => void
  type Subscription = { readonly listener: Listener; readonly once: boolean }
  type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }

  const waiting = new Map<number, Waiting>()
  const subscriptions = new Map<string, Subscription[]>()
  let lastId = 0
  let input: HTMLInputElement | undefined
  // Messages are delivered in the order in which they were sent, also behind one that waits for its file.
  let delivered: Promise<unknown> = Promise.resolve()

  const say = (message: FromPage): void => post(JSON.stringify(message))

  /** Sends bytes ahead of their message, in pieces that page, browser and app work on at the same time. */
  function sendAhead(bytes: Uint8Array<ArrayBuffer>): void {
    const piece = 192 * 1024
    for (let start = 0; start < bytes.length; start += piece) {
      say({ kind: 'bytes', base64: toBase64(bytes.subarray(start, start + piece)) })
    }
  }

  /** Asks something of the app; throws when the arguments cannot be cloned. */
  function ask(args: unknown[], wrap: (encoded: Wire) => PageRequest): void {
    const bytes: Uint8Array<ArrayBuffer>[] = []
    const encoded = codec.encode(args, bytes)
    let size = 0
    const parts = bytes.map(({ byteLength }) => {
      size += byteLength
      return [size - byteLength, byteLength] as const
    })
    if (size <= threshold) {
      say(wrap(bytes.length > 0 ? codec.encode(args) : encoded))
      return
    }
    for (const each of bytes) sendAhead(each)
    say({ ...wrap(encoded), parts })
  }

  function subscribe(channel: string, listener: Listener, once: boolean) {
    subscriptions.set(channel, [...(subscriptions.get(channel) ?? []), { listener, once }])
    return ipcRenderer
  }

  function unsubscribe(channel: string, listener: Listener) {
    const present = subscriptions.get(channel) ?? []
    const last = present.findLastIndex((each) => each.listener === listener)
    subscriptions.set(
      channel,
      present.filter((_, index) => index !== last),
    )
    return ipcRenderer
  }

  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise<unknown>((resolve, reject) => {
        lastId += 1
        const id = lastId
        ask(args, (encoded) => ({ kind: 'invoke', id, channel, args: encoded }))
        waiting.set(id, { resolve, reject })
      }),
    send: (channel: string, ...args: unknown[]) =>
      ask(args, (encoded) => ({ kind: 'send', channel, args: encoded })),
    on: (channel: string, listener: Listener) => subscribe(channel, listener, false),
    addListener: (channel: string, listener: Listener) => subscribe(channel, listener, false),
    once: (channel: string, listener: Listener) => subscribe(channel, listener, true),
    off: unsubscribe,
    removeListener: unsubscribe,
    removeAllListeners: (channel: string) => {
      subscriptions.delete(channel)
      return ipcRenderer
    },
  }

  const contextBridge = { exposeInMainWorld: (key: string, value: unknown) => bridge.expose(key, value) }

  function throwing<Target extends object>(name: string, target: Target): Target {
    return new Proxy(target, {
      get(object, key, receiver) {
        if (typeof key === 'symbol' || key in object || key === 'then')
          return Reflect.get(object, key, receiver)
        throw new Error(`the Electron stand-in does not implement ${name}.${key}`)
      },
    })
  }

  const electron = throwing('electron', {
    ipcRenderer: throwing('ipcRenderer', ipcRenderer),
    contextBridge: throwing('contextBridge', contextBridge),
  })

  function deliver(message: ToPage, apart?: (index: number) => ArrayBuffer): void {
    if (message.kind === 'event') {
      const args = codec.decode(message.args, apart) as unknown[]
      for (const { listener, once } of subscriptions.get(message.channel) ?? []) {
        if (once) unsubscribe(message.channel, listener)
        listener({ sender: ipcRenderer, ports: [] }, ...args)
      }
      return
    }
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.kind === 'failure') call?.reject(new Error(message.message))
    else call?.resolve(codec.decode(message.value as Wire, apart))
  }

  /** Queues work; what a listener throws is reported as uncaught and does not stop later messages. */
  function inTurn(work: () => void | Promise<void>): void {
    delivered = delivered.then(work).catch((error) => reportError(error))
  }

  async function deliverFile(file: File, { message, parts, file: number }: WithFile): Promise<void> {
    const bytes = await file.arrayBuffer()
    say({ kind: 'received', file: number })
    deliver(message, (index) => {
      const [start, length] = parts[index]!
      return bytes.slice(start, start + length)
    })
  }

  const inbox: PageInbox = {
    receive: (json) => inTurn(() => deliver(JSON.parse(json) as ToPage)),
    fileInput: () => {
      input = Object.assign(document.createElement('input'), { type: 'file' })
      return input
    },
    receiveFile: (json) => {
      const file = input!.files![0]!
      inTurn(() => deliverFile(file, JSON.parse(json) as WithFile))
    },
  }

  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron
    throw new Error(`module not found: ${name}`)
  }
  const reportOpen = (url: string): void => say({ kind: 'open', url })
  return { require, inbox, reportOpen }
}
