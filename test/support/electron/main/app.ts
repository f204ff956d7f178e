import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import type { AppEntry } from '../launch/appEntry.ts'
import { getPath, setPath } from './appPaths.ts'
import { closeBrowser, startBrowser } from './browserProcess.ts'
import { cancellable } from './cancellable.ts'
import { commandLine } from './commandLine.ts'
import { holdsLock, releaseLock, startAnnounced, takeLock } from './singleInstance.ts'
import { refuseUnknown } from './unimplemented.ts'
import { openWindows } from './windowList.ts'

type Implemented = Pick<
  Electron.App,
  | 'commandLine'
  | 'disableHardwareAcceleration'
  | 'enableSandbox'
  | 'exit'
  | 'focus'
  | 'getAppPath'
  | 'getLocale'
  | 'getName'
  | 'getPath'
  | 'getPreferredSystemLanguages'
  | 'getVersion'
  | 'hasSingleInstanceLock'
  | 'isPackaged'
  | 'isReady'
  | 'name'
  | 'quit'
  | 'releaseSingleInstanceLock'
  | 'requestSingleInstanceLock'
  | 'setAboutPanelOptions'
  | 'setAppUserModelId'
  | 'setName'
  | 'setPath'
  | 'whenReady'
>

/** The language of `--lang`, else of the environment, else en-US. */
function locale(): string {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  const fromEnvironment = (LC_ALL || LC_MESSAGES || LANG || '').split('.')[0]!.replace('_', '-')
  return commandLine.getSwitchValue('lang') || (/^[a-z]{2}/.test(fromEnvironment) ? fromEnvironment : 'en-US')
}

class App extends EventEmitter implements Implemented {
  readonly commandLine = commandLine as Electron.CommandLine
  readonly isPackaged = false
  name = 'Electron'
  private entry: AppEntry | undefined
  private ready = false
  private quitting = false
  private leaving = false
  private readonly becomesReady = Promise.withResolvers<void>()

  /** Starts the browser and says `ready`, unless the app has quit while it was evaluated. */
  start(): void {
    if (this.quitting || this.leaving) return
    startBrowser(this.getPath('userData'))
    this.ready = true
    this.becomesReady.resolve()
    this.emit('ready', {}, {})
  }

  /** Says which app this is. */
  load(entry: AppEntry): void {
    this.entry = entry
    if (this.name === 'Electron') this.name = entry.name
  }

  isReady(): boolean {
    return this.ready
  }

  whenReady(): Promise<void> {
    return this.becomesReady.promise
  }

  getName(): string {
    return this.name
  }

  setName(name: string): void {
    this.name = name
  }

  getVersion(): string {
    return this.entry?.version ?? '0.0.0'
  }

  getAppPath(): string {
    return this.entry?.folder ?? process.cwd()
  }

  getLocale(): string {
    return locale()
  }

  getPreferredSystemLanguages(): string[] {
    return [locale()]
  }

  getPath(name: string): string {
    return getPath(name, this.name)
  }

  setPath(name: string, path: string): void {
    setPath(name, path)
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    const start = { argv: process.argv, workingDirectory: process.cwd(), additionalData }
    return takeLock(this.getPath('userData'), start, (second) => {
      this.emit('second-instance', {}, second.argv, second.workingDirectory, second.additionalData)
    })
  }

  hasSingleInstanceLock(): boolean {
    return holdsLock()
  }

  releaseSingleInstanceLock(): void {
    releaseLock()
  }

  /** Closes the windows and then the app, unless a listener of before-quit, close or will-quit prevents it. */
  quit(): void {
    if (this.quitting) return
    this.quitting = true
    this.quitting = this.closeEverything()
    if (this.quitting) this.exit(0)
  }

  exit(code = 0): void {
    if (this.leaving) return
    this.leaving = true
    for (const window of [...openWindows]) window.destroy()
    this.emit('quit', {}, code)
    void Promise.all([startAnnounced(), closeBrowser()]).finally(() => process.exit(code))
  }

  /** Called when the last window has closed. */
  lastWindowClosed(): void {
    if (this.quitting || this.leaving) return
    if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }

  // Every page is sandboxed already; the rest has no counterpart without a desktop.
  enableSandbox(): void {}
  focus(): void {}
  setAppUserModelId(): void {}
  setAboutPanelOptions(): void {}

  disableHardwareAcceleration(): void {
    commandLine.appendSwitch('disable-gpu')
  }

  private closeEverything(): boolean {
    const beforeQuit = cancellable()
    this.emit('before-quit', beforeQuit)
    if (beforeQuit.defaultPrevented) return false
    for (const window of [...openWindows]) window.close()
    if (openWindows.size > 0) return false
    const willQuit = cancellable()
    this.emit('will-quit', willQuit)
    return !willQuit.defaultPrevented
  }
}

refuseUnknown('app', App.prototype)

/** Electron's `app`. */
export const app = new App()
