import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { refuseUnknown } from './unimplemented.ts'

type Handler = Parameters<Electron.IpcMain['handle']>[1]
type Implemented = Pick<Electron.IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>

class IpcMain extends EventEmitter implements Implemented {
  private readonly handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    }
    this.handlers.set(channel, handler)
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel)
      return handler(event, ...args)
    })
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel)
  }

  /** Answers a page's `invoke`. */
  async invoke(channel: string, event: Electron.IpcMainInvokeEvent, args: unknown[]): Promise<unknown> {
    const handler = this.handlers.get(channel)
    if (!handler) throw new Error(`No handler registered for '${channel}'`)
    return handler(event, ...args)
  }
}

refuseUnknown('ipcMain', IpcMain.prototype)

/** Electron's `ipcMain`. */
export const ipcMain = new IpcMain().setMaxListeners(0)
