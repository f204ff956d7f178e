import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { refuseUnknownOfClass } from './unimplemented.ts'

type Implemented = Pick<Electron.Notification, 'title' | 'body' | 'silent' | 'show' | 'close'>

/** Electron's `Notification`. Nothing can be shown, and it says so; `show` reports a failure. */
class Notification extends EventEmitter implements Implemented {
  title: string
  body: string
  silent: boolean

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super()
    this.title = options.title ?? ''
    this.body = options.body ?? ''
    this.silent = options.silent ?? false
  }

  static isSupported(): boolean {
    return false
  }

  show(): void {
    this.emit('failed', {}, 'notifications cannot be shown')
  }

  close(): void {
    this.emit('close', {})
  }
}

refuseUnknownOfClass('Notification', Notification)

export { Notification }
