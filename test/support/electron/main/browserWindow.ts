import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { isHeadless } from '../browser/switches.ts'
import { app } from './app.ts'
import { runningBrowser, whenBrowserGone } from './browserProcess.ts'
import { cancellable } from './cancellable.ts'
import { refuseUnknownOfClass } from './unimplemented.ts'
import { WebContents } from './webContents.ts'
import { openWindows } from './windowList.ts'

type Implemented = Pick<
  Electron.BrowserWindow,
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getBounds'
  | 'getContentSize'
  | 'getSize'
  | 'getTitle'
  | 'hide'
  | 'id'
  | 'isDestroyed'
  | 'isFocused'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'minimize'
  | 'removeMenu'
  | 'restore'
  | 'setBounds'
  | 'setContentSize'
  | 'setMenuBarVisibility'
  | 'setSize'
  | 'setTitle'
  | 'show'
  | 'unmaximize'
>
type State = 'normal' | 'minimized' | 'maximized'

/** How long an app may go on that prevents a window's closing after a person has closed it. */
const FINISHING_MS = 10_000

const all: BrowserWindow[] = []
let focused: BrowserWindow | null = null

/** `#rrggbb` as DevTools wants it; other forms of colour leave the browser's white. */
function colour(value: string | undefined) {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(value ?? '')
  if (!digits) return undefined
  const [r, g, b] = digits.slice(1).map((each) => Number.parseInt(each, 16)) as [number, number, number]
  return { r, g, b, a: 1 }
}

/** Electron's `BrowserWindow`: an app window of the system's browser, or a headless one. */
class BrowserWindow extends EventEmitter implements Implemented {
  readonly webContents: Electron.WebContents
  readonly id: number
  private readonly contents: WebContents
  private readonly minimum: readonly [number, number]
  private bounds: Electron.Rectangle
  private state: State = 'normal'
  private title: string
  private visible: boolean
  private gone = false

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    const { width = 800, height = 600, show = true, webPreferences } = options
    if (webPreferences?.partition !== undefined || webPreferences?.session !== undefined) {
      throw new Error('the Electron stand-in does not implement sessions other than the default one')
    }
    this.title = options.title ?? app.getName()
    this.visible = show
    this.minimum = [options.minWidth ?? 0, options.minHeight ?? 0]
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width, height }
    this.contents = new WebContents(this, { width, height, show, preload: webPreferences?.preload })
    this.webContents = this.contents as unknown as Electron.WebContents
    this.id = this.contents.id
    all.push(this)
    openWindows.add(this)
    this.follow(options)
  }

  static getAllWindows(): BrowserWindow[] {
    return [...all]
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focused
  }

  static fromId(id: number): BrowserWindow | null {
    return all.find((each) => each.id === id) ?? null
  }

  static fromWebContents(contents: WebContents | Electron.WebContents): BrowserWindow | null {
    return all.find((each) => each.contents === contents) ?? null
  }

  loadURL(url: string): Promise<void> {
    return this.contents.loadURL(url)
  }

  getTitle(): string {
    return this.title
  }

  setTitle(title: string): void {
    this.title = title
  }

  show(): void {
    this.visible = true
    this.putIntoForce({ windowState: 'normal' })
    this.focus()
    this.emit('show')
  }

  hide(): void {
    this.visible = false
    this.putIntoForce({ windowState: 'minimized' })
    this.emit('hide')
  }

  focus(): void {
    if (focused !== this) {
      focused?.emit('blur')
      focused = this
      this.emit('focus')
    }
    this.contents.focus()
  }

  isFocused(): boolean {
    return focused === this
  }

  isVisible(): boolean {
    return this.visible
  }

  isDestroyed(): boolean {
    return this.gone
  }

  minimize(): void {
    this.changeState('minimized', 'minimize')
  }

  maximize(): void {
    this.changeState('maximized', 'maximize')
  }

  unmaximize(): void {
    if (this.state === 'maximized') this.changeState('normal', 'unmaximize')
  }

  restore(): void {
    if (this.state === 'minimized') this.changeState('normal', 'restore')
  }

  isMinimized(): boolean {
    return this.state === 'minimized'
  }

  isMaximized(): boolean {
    return this.state === 'maximized'
  }

  getBounds(): Electron.Rectangle {
    return { ...this.bounds }
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const merged = { ...this.bounds, ...bounds }
    merged.width = Math.max(merged.width, this.minimum[0])
    merged.height = Math.max(merged.height, this.minimum[1])
    this.bounds = merged
    this.putIntoForce({ left: merged.x, top: merged.y, width: merged.width, height: merged.height })
    this.emit('resize')
  }

  getSize(): number[] {
    return [this.bounds.width, this.bounds.height]
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  // A window of the stand-in has no frame of its own to count.
  getContentSize(): number[] {
    return this.getSize()
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  // Menus are not drawn.
  removeMenu(): void {}
  setMenuBarVisibility(): void {}

  close(): void {
    const event = cancellable()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    if (this.gone) return
    this.gone = true
    all.splice(all.indexOf(this), 1)
    openWindows.delete(this)
    if (focused === this) focused = null
    this.contents.discard()
    this.emit('closed')
    if (openWindows.size === 0) app.lastWindowClosed()
  }

  /** Lets the app finish its work as it would before closing; the window itself has gone already. */
  closedByPerson(): void {
    if (this.gone) return
    const event = cancellable()
    this.emit('close', event)
    if (event.defaultPrevented) setTimeout(() => this.destroy(), FINISHING_MS)
    else this.destroy()
  }

  private follow(options: Electron.BrowserWindowConstructorOptions): void {
    this.contents.once('did-finish-load', () => this.emit('ready-to-show'))
    this.contents.on('page-title-updated', (event, title) => {
      this.emit('page-title-updated', event, title, true)
      if (!event.defaultPrevented) this.title = title
    })
    const background = colour(options.backgroundColor)
    if (background) this.contents.run('Emulation.setDefaultBackgroundColorOverride', { color: background })
    this.setBounds({})
    if (this.visible) this.focus()
    // The window is announced after its creator has had it in hands, as Electron does.
    queueMicrotask(() => {
      app.emit('browser-window-created', {}, this)
      app.emit('web-contents-created', {}, this.contents)
    })
  }

  private changeState(state: State, event: string): void {
    this.state = state
    this.putIntoForce({ windowState: state })
    this.emit(event)
  }

  /** Headless windows only have a size: hidden or minimized they would stop painting. */
  private putIntoForce(bounds: {
    windowState?: State
    left?: number
    top?: number
    width?: number
    height?: number
  }) {
    if (this.gone || (isHeadless() && bounds.windowState !== undefined)) return
    const moved = this.contents.attached().then(async ({ targetId }) => {
      const { root } = runningBrowser()
      const { windowId } = await root.send('Browser.getWindowForTarget', { targetId })
      await root.send('Browser.setWindowBounds', { windowId, bounds })
      this.contents.fitZoom()
    })
    moved.catch(() => undefined)
  }
}

whenBrowserGone(() => {
  for (const window of [...all]) window.destroy()
})
refuseUnknownOfClass('BrowserWindow', BrowserWindow)

export { BrowserWindow }
