import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type * as Electron from 'electron'
import type { DevToolsSession, Protocol } from '../browser/devtools-pipe.ts'
import type { PageRequest } from '../page/messages.ts'
import { app } from './app.ts'
import { runningBrowser } from './browser-process.ts'
import { cancellable } from './cancellable.ts'
import { ipcMain } from './ipc-main.ts'
import { nativeTheme } from './native-theme.ts'
import { PageChannel } from './page-channel.ts'
import { answerRequests } from './page-requests.ts'
import { openPage, type PageOptions, type PageTarget } from './page-target.ts'
import { decidePermissions } from './permissions.ts'
import { printParameters } from './print.ts'
import { toAppAddress, toBrowserAddress } from './protocol.ts'
import { session } from './session.ts'
import { refuseUnknown, refuseUnknownOfClass } from './unimplemented.ts'
import { applyZoom } from './zoom.ts'

type Implemented = Pick<
  Electron.WebContents,
  | 'close'
  | 'closeDevTools'
  | 'executeJavaScript'
  | 'focus'
  | 'forcefullyCrashRenderer'
  | 'getTitle'
  | 'getURL'
  | 'getZoomFactor'
  | 'id'
  | 'isDestroyed'
  | 'isDevToolsOpened'
  | 'isLoading'
  | 'loadURL'
  | 'openDevTools'
  | 'printToPDF'
  | 'reload'
  | 'send'
  | 'setWindowOpenHandler'
  | 'setZoomFactor'
>

/** The window that shows the page. */
export interface PageOwner {
  destroy(): void
}

const CONSOLE_LEVELS: Readonly<Record<string, 'info' | 'warning' | 'error' | 'debug'>> = {
  warning: 'warning',
  error: 'error',
  assert: 'error',
  debug: 'debug',
}

const all: WebContents[] = []

/** Electron's `webContents`: one page and the ways to it. */
export class WebContents extends EventEmitter implements Implemented {
  readonly id = all.length + 1
  readonly session = session.defaultSession
  readonly owner: PageOwner
  readonly mainFrame = refuseUnknown('WebFrameMain', {
    url: '',
    origin: 'null',
    name: '',
    parent: null,
    frameTreeNodeId: 1,
    processId: 1,
    routingId: 1,
    detached: false,
    isDestroyed: () => this.destroyed,
  })
  targetId = ''
  private readonly page: Promise<PageTarget>
  private channel: PageChannel | undefined
  private openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | undefined
  private destroyed = false
  private loading = false
  private title = ''
  private zoom = 1
  /** The address that the app itself is loading: no will-navigate for that. */
  private expected: string | undefined

  constructor(owner: PageOwner, options: PageOptions) {
    super()
    this.owner = owner
    all.push(this)
    this.page = this.open(options)
    this.page.catch((error) => console.error('[window]', error))
    nativeTheme.on('updated', () => this.followTheme())
  }

  static getAllWebContents(): WebContents[] {
    return all.filter((each) => !each.destroyed)
  }

  static fromId(id: number): WebContents | undefined {
    return WebContents.getAllWebContents().find((each) => each.id === id)
  }

  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return WebContents.getAllWebContents().find((each) => each.targetId === targetId)
  }

  /** Sends a DevTools command to the page once it is there; what a closed page would answer is dropped. */
  async command<Name extends keyof Protocol.CommandParameters>(
    method: Name,
    parameters?: Protocol.CommandParameters[Name],
  ): Promise<Protocol.CommandReturnValues[Name]> {
    const { session: devTools } = await this.page
    return devTools.send(method, parameters)
  }

  /** The page's DevTools session, once it is attached. */
  async attached(): Promise<PageTarget> {
    return this.page
  }

  async loadURL(address: string): Promise<void> {
    const { session: devTools } = await this.page
    const url = toBrowserAddress(address)
    await decidePermissions(runningBrowser().root, this as unknown as Electron.WebContents, address, url)
    this.expected = url
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', () => resolve()))
    const { errorText } = await devTools.send('Page.navigate', { url })
    this.expected = undefined
    if (errorText) {
      this.emit('did-fail-load', {}, -2, errorText, address, true)
      throw new Error(`${errorText} loading '${address}'`)
    }
    await loaded
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed')
    this.channel?.send(args, (encoded) => ({ kind: 'event', channel, args: encoded }))
  }

  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.openHandler = handler
  }

  setZoomFactor(factor: number): void {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0")
    this.zoom = factor
    this.fitZoom()
  }

  getZoomFactor(): number {
    return this.zoom
  }

  /** Fits the zoom to the window's size, which has changed. */
  fitZoom(): void {
    void this.page.then(({ session: devTools }) => applyZoom(devTools, this.zoom)).catch(() => undefined)
  }

  async printToPDF(options: Electron.PrintToPDFOptions): Promise<Buffer<ArrayBuffer>> {
    const { data } = await this.command('Page.printToPDF', printParameters(options))
    return Buffer.from(data, 'base64')
  }

  async executeJavaScript(expression: string): Promise<unknown> {
    const options = { expression, awaitPromise: true, returnByValue: true }
    const { result, exceptionDetails } = await this.command('Runtime.evaluate', options)
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  reload(): void {
    this.expected = toBrowserAddress(this.getURL())
    this.run('Page.reload')
  }

  focus(): void {
    this.run('Page.bringToFront')
  }

  forcefullyCrashRenderer(): void {
    this.run('Page.crash')
  }

  close(): void {
    this.owner.destroy()
  }

  getURL(): string {
    return this.mainFrame.url
  }

  getTitle(): string {
    return this.title
  }

  isLoading(): boolean {
    return this.loading
  }

  isDestroyed(): boolean {
    return this.destroyed
  }

  isDevToolsOpened(): boolean {
    return false
  }

  // The developer tools would need a window of their own.
  openDevTools(): void {}
  closeDevTools(): void {}

  /** Ends the page with its window. */
  discard(): void {
    if (this.destroyed) return
    this.destroyed = true
    this.channel?.forgetPage()
    void this.page
      .then(({ targetId }) => runningBrowser().root.send('Target.closeTarget', { targetId }))
      .catch(() => undefined)
    this.emit('destroyed')
  }

  /** Sends a command whose answer nobody waits for. */
  run<Name extends keyof Protocol.CommandParameters>(
    method: Name,
    parameters?: Protocol.CommandParameters[Name],
  ): void {
    this.command(method, parameters).catch(() => undefined)
  }

  private async open(options: PageOptions): Promise<PageTarget> {
    const page = await openPage(
      options,
      (devTools, targetId) => this.listen(devTools, targetId),
      (child) => {
        answerRequests(child, () => true)
        return child.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
      },
    )
    this.followTheme()
    return page
  }

  private listen(devTools: DevToolsSession, targetId: string): void {
    this.targetId = targetId
    this.followBrowser(targetId)
    const folder = join(app.getPath('userData'), 'messages')
    this.channel = new PageChannel(
      devTools,
      targetId,
      folder,
      (message, args) => void this.fromPage(message, args),
    )
    answerRequests(devTools, (paused, address) => this.mayNavigate(paused, address))
    devTools.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.navigated(toAppAddress(frame.url))
    })
    devTools.on('Page.domContentEventFired', () => {
      this.readTitle()
      this.emit('dom-ready', {})
    })
    devTools.on('Page.loadEventFired', () => {
      this.loading = false
      this.emit('did-finish-load', {})
    })
    devTools.on('Page.windowOpen', ({ url }) => this.windowOpened(toAppAddress(url)))
    devTools.on('Runtime.consoleAPICalled', (event) => this.consoleMessage(event))
    devTools.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
      const message = exceptionDetails.exception?.description ?? exceptionDetails.text
      const { lineNumber } = exceptionDetails
      const details = { level: 'error', message, lineNumber, sourceId: exceptionDetails.url ?? '' }
      this.emit('console-message', { ...details, frame: this.mainFrame })
    })
  }

  private followBrowser(targetId: string): void {
    const { root } = runningBrowser()
    root.on('Target.targetInfoChanged', ({ targetInfo }) => {
      if (targetInfo.targetId === targetId) this.readTitle()
    })
    root.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.openerId !== targetId) return
      root.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined)
    })
    root.on('Target.targetCrashed', (crash) => {
      if (crash.targetId !== targetId) return
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: crash.errorCode })
    })
    root.on('Target.targetDestroyed', (gone) => {
      if (gone.targetId === targetId) this.owner.destroy()
    })
  }

  /** Target information names the address until the title is known, so the document itself is asked. */
  private readTitle(): void {
    const asked = this.executeJavaScript('document.title').then((title) => {
      if (typeof title !== 'string' || title === '' || title === this.title) return
      this.title = title
      this.emit('page-title-updated', cancellable(), title, true)
    })
    asked.catch(() => undefined)
  }

  private navigated(url: string): void {
    this.loading = true
    this.mainFrame.url = url
    const { protocol, host, origin } = new URL(url)
    this.mainFrame.origin = origin === 'null' && host ? `${protocol}//${host}` : origin
    this.emit('did-navigate', {}, url, 200, 'OK')
    this.fitZoom()
  }

  private mayNavigate({ frameId, request }: Protocol.Fetch.requestPausedPayload, url: string): boolean {
    const expected = this.expected === request.url
    this.expected = undefined
    if (expected) return true
    const isMainFrame = frameId === this.targetId
    const event = cancellable({ url, isMainFrame, isSameDocument: false, frame: this.mainFrame })
    if (isMainFrame) this.emit('will-navigate', event, url)
    else this.emit('will-frame-navigate', event)
    return !event.defaultPrevented
  }

  private windowOpened(url: string): void {
    const details = { url, frameName: '', features: '', disposition: 'foreground-tab', referrer: { url: '' } }
    const answer = this.openHandler?.(details as Electron.HandlerDetails)
    if (answer?.action === 'allow') console.error('[window] the Electron stand-in opens no further windows')
  }

  private consoleMessage(event: Protocol.Runtime.consoleAPICalledPayload): void {
    const message = event.args.map(({ value, description }) => String(value ?? description)).join(' ')
    const at = event.stackTrace?.callFrames[0]
    this.emit('console-message', {
      level: CONSOLE_LEVELS[event.type] ?? 'info',
      message,
      lineNumber: at?.lineNumber ?? 0,
      sourceId: toAppAddress(at?.url ?? ''),
      frame: this.mainFrame,
    })
  }

  private async fromPage(message: PageRequest, args: unknown[]): Promise<void> {
    if (message.kind === 'open') {
      this.windowOpened(toAppAddress(message.url))
      return
    }
    const event = { sender: this, senderFrame: this.mainFrame, frameId: 1, processId: 1, type: 'frame' }
    const reply = (channel: string, ...values: unknown[]): void => this.send(channel, ...values)
    if (message.kind === 'send') {
      ipcMain.emit(message.channel, { ...event, ports: [], reply, returnValue: undefined }, ...args)
      return
    }
    const { id, channel } = message
    try {
      const value = await ipcMain.invoke(channel, event as unknown as Electron.IpcMainInvokeEvent, args)
      this.channel?.send(value, (encoded) => ({ kind: 'result', id, value: encoded }))
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error)
      const text = `Error invoking remote method '${channel}': ${error}`
      this.channel?.send(undefined, () => ({ kind: 'failure', id, message: text }))
    }
  }

  private followTheme(): void {
    const { themeSource } = nativeTheme
    const value = themeSource === 'system' ? '' : themeSource
    this.run('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] })
  }
}

refuseUnknownOfClass('webContents', WebContents)
