import { mkdirSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DevToolsSession } from '../browser/devtoolsPipe.ts'
import { createCodec, type Wire } from '../page/codec.ts'
import {
  APART_THRESHOLD,
  type FromPage,
  type PageRequest,
  type ToPage,
  type WithFile,
} from '../page/messages.ts'
import { BINDING, INBOX, PRELOAD_WORLD } from '../page/scripts.ts'

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(text, 'base64')
  // Views other than bytes need a buffer of their own, at offset 0; small Buffers share a pool.
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes)
}

const codec = createCodec(
  (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  fromBase64,
)

function partsOf(bytes: readonly Uint8Array[]): Array<readonly [number, number]> {
  let start = 0
  return bytes.map(({ byteLength }) => {
    const part = [start, byteLength] as const
    start += byteLength
    return part
  })
}

/** Gets what a page asks, and its arguments. */
export type MessageListener = (message: PageRequest, args: unknown[]) => void

/** The way between the main process and one page's preload world. */
export class PageChannel {
  private readonly session: DevToolsSession
  private readonly folder: string
  private readonly onMessage: MessageListener
  private readonly files = new Map<number, string>()
  private context: number | undefined
  /** Counts the documents that the page has shown: an answer is for the one that asked. */
  private document = 0
  private turn: Promise<unknown> = Promise.resolve()
  private lastFile = 0
  /** Bytes that have come ahead of the request which they belong to. */
  private ahead: Uint8Array[] = []

  /**
   * Of the main frame `frameId`. `folder` holds large messages until the page has read them; `onMessage` gets
   * what the page says.
   */
  constructor(session: DevToolsSession, frameId: string, folder: string, onMessage: MessageListener) {
    this.session = session
    this.folder = folder
    this.onMessage = onMessage
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name !== PRELOAD_WORLD || context.auxData?.frameId !== frameId) return
      this.context = context.id
      this.document += 1
    })
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.context) this.forgetPage()
    })
    session.on('Runtime.executionContextsCleared', () => this.forgetPage())
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== BINDING || executionContextId !== this.context) return
      this.receive(JSON.parse(payload) as FromPage)
    })
  }

  /** The document that is shown now. */
  currentDocument(): number {
    return this.document
  }

  /**
   * Sends `value` in the message that `wrap` makes, in order and never awaited; throws when it cannot be cloned.
   * As in Electron, what is sent to a document that is not there any more is lost.
   */
  send(value: unknown, wrap: (encoded: Wire) => ToPage, document = this.document): void {
    const bytes: Uint8Array[] = []
    const encoded = codec.encode(value, bytes)
    const size = bytes.reduce((sum, { byteLength }) => sum + byteLength, 0)
    if (size > APART_THRESHOLD) {
      this.inTurn(document, () => this.sendFile(wrap(encoded), bytes))
      return
    }
    const message = JSON.stringify(wrap(bytes.length > 0 ? codec.encode(value) : encoded))
    this.inTurn(document, () => this.call('receive', message))
  }

  /** Drops the files that no page will read any more. */
  forgetPage(): void {
    this.context = undefined
    this.ahead = []
    for (const file of [...this.files.keys()]) this.removeFile(file)
  }

  private receive(message: FromPage): void {
    if (message.kind === 'received') this.removeFile(message.file)
    else if (message.kind === 'bytes') this.ahead.push(Buffer.from(message.base64, 'base64'))
    else this.dispatch(message)
  }

  private dispatch(message: Exclude<FromPage, { kind: 'received' | 'bytes' }>): void {
    const { buffer } = Buffer.concat(this.ahead)
    this.ahead = []
    const apart = (index: number): ArrayBuffer => {
      const [start, length] = message.parts![index]!
      return length === buffer.byteLength ? buffer : buffer.slice(start, start + length)
    }
    const args = message.kind === 'open' ? [] : codec.decode(message.args, message.parts && apart)
    this.onMessage(message, args as unknown[])
  }

  private inTurn(document: number, work: () => Promise<unknown>): void {
    const isShown = (): boolean => this.context !== undefined && document === this.document
    this.turn = this.turn.then(() => (isShown() ? work() : undefined)).catch(() => undefined)
  }

  private call(member: 'receive' | 'receiveFile', json: string): Promise<unknown> {
    if (this.context === undefined) return Promise.resolve()
    return this.session.send('Runtime.callFunctionOn', {
      executionContextId: this.context,
      functionDeclaration: `function (json) { globalThis.${INBOX}.${member}(json) }`,
      arguments: [{ value: json }],
      silent: true,
    })
  }

  private async sendFile(message: ToPage, bytes: readonly Uint8Array[]): Promise<void> {
    this.lastFile += 1
    const file = this.lastFile
    const path = join(this.folder, `${process.pid}-${this.session.id}-${file}`)
    mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    this.files.set(file, path)
    await writeFile(path, bytes, { mode: 0o600 })
    const expression = `globalThis.${INBOX}.fileInput()`
    const { result } = await this.session.send('Runtime.evaluate', { expression, contextId: this.context! })
    await this.session.send('DOM.setFileInputFiles', { files: [path], objectId: result.objectId! })
    const withFile: WithFile = { message, file, parts: partsOf(bytes) }
    await this.call('receiveFile', JSON.stringify(withFile))
  }

  private removeFile(file: number): void {
    const path = this.files.get(file)
    this.files.delete(file)
    if (path !== undefined) void rm(path, { force: true })
  }
}
