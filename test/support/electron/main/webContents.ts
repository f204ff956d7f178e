import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import type { DevToolsSession, Protocol } from '../browser/devtoolsPipe.ts'
import { app } from './app.ts'
import { messageFolder, runningBrowser } from './browserProcess.ts'
import { cancellable } from './cancellable.ts'
import { serveIpc } from './ipcAnswers.ts'
import { MainFrame } from './mainFrame.ts'
import { nativeTheme } from './nativeTheme.ts'
import { PageChannel } from './pageChannel.ts'
import { relayPageEvents } from './pageEvents.ts'
import { answerRequests } from './pageRequests.ts'
import { openPage, type PageOptions, type PageTarget } from './pageTarget.ts'
import { decidePermissions } from './permissions.ts'
import { printParameters } from './print.ts'
import { toAppAddress, toBrowserAddress } from './protocol.ts'
import { session } from './session.ts'
import { followTarget } from './targetEvents.ts'
import { refuseUnknownOfClass } from './unimplemented.ts'
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
  /** The page has gone without the app's doing. */
  closedByPerson(): void
}

const all = new Set<WebContents>()
let lastId = 0

/** Electron's `webContents`: one page and the ways to it. */
export class WebContents extends EventEmitter implements Implemented {
  readonly id: number
  readonly session = session.defaultSession
  readonly owner: PageOwner
  readonly mainFrame = new MainFrame()
  targetId = ''
  private readonly page: Promise<PageTarget>
  private channel: PageChannel | undefined
  private openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | undefined
  private destroyed = false
  private loading = false
  private title = ''
  private zoom = 1
  private appliedZoom = 1
  /** The address that the app itself is loading: no will-navigate for that. */
  private expected: string | undefined

  constructor(owner: PageOwner, options: PageOptions) {
    super()
    lastId += 1
    this.id = lastId
    this.owner = owner
    all.add(this)
    this.page = this.open(options)
    this.page.catch((error) => console.error('[window]', error))
    this.on('did-navigate', () => this.documentStarted())
    this.on('dom-ready', () => this.readTitle())
    this.on('did-finish-load', () => {
      this.loading = false
    })
    nativeTheme.on('updated', this.followTheme)
  }

  static getAllWebContents(): WebContents[] {
    return [...all]
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
    const loaded = this.nextLoad(address)
    loaded.catch(() => undefined)
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
    const fitted = this.page.then(async ({ session: devTools }) => {
      const applied = this.appliedZoom
      this.appliedZoom = this.zoom
      await applyZoom(devTools, this.zoom, applied)
    })
    fitted.catch(() => undefined)
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
    all.delete(this)
    nativeTheme.off('updated', this.followTheme)
    this.mainFrame.destroy()
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
    if (nativeTheme.themeSource !== 'system') this.followTheme()
    return page
  }

  private listen(devTools: DevToolsSession, targetId: string): void {
    this.targetId = targetId
    const folder = messageFolder(app.getPath('userData'))
    const channel = new PageChannel(devTools, targetId, folder, (request, args) => {
      if (request.kind === 'open') this.windowOpened(toAppAddress(request.url))
      else serveIpc(channel, this, request, args)
    })
    this.channel = channel
    answerRequests(devTools, (paused, address) => this.mayNavigate(paused, address))
    relayPageEvents(devTools, this)
    devTools.on('Page.windowOpen', ({ url }) => this.windowOpened(toAppAddress(url)))
    followTarget(targetId, {
      changed: () => this.readTitle(),
      crashed: (exitCode) => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode }),
      closed: () => this.owner.closedByPerson(),
    })
  }

  /** Resolves when a document has loaded; rejects when the window is closed before that. */
  private nextLoad(address: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.once('did-finish-load', () => resolve())
      this.once('destroyed', () => reject(new Error(`ERR_ABORTED (-3) loading '${address}'`)))
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

  private documentStarted(): void {
    this.loading = true
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

  private readonly followTheme = (): void => {
    const { themeSource } = nativeTheme
    const features = themeSource === 'system' ? [] : [{ name: 'prefers-color-scheme', value: themeSource }]
    this.run('Emulation.setEmulatedMedia', { features })
  }
}

refuseUnknownOfClass('webContents', WebContents)
