import type * as Electron from 'electron'
import { refuseUnknown } from './unimplemented.ts'

type Implemented = Pick<
  Electron.WebFrameMain,
  | 'detached'
  | 'frameTreeNodeId'
  | 'isDestroyed'
  | 'name'
  | 'origin'
  | 'parent'
  | 'processId'
  | 'routingId'
  | 'url'
>

/** A page's main frame, as `webContents.mainFrame` and `event.senderFrame`. */
export class MainFrame implements Implemented {
  readonly name = ''
  readonly parent = null
  readonly frameTreeNodeId = 1
  readonly processId = 1
  readonly routingId = 1
  readonly detached = false
  url = ''
  origin = 'null'
  private destroyed = false

  isDestroyed(): boolean {
    return this.destroyed
  }

  /** Notes that the frame shows another document now. */
  moveTo(url: string): void {
    const { protocol, host, origin } = new URL(url)
    this.url = url
    this.origin = origin === 'null' && host ? `${protocol}//${host}` : origin
  }

  destroy(): void {
    this.destroyed = true
  }
}

refuseUnknown('WebFrameMain', MainFrame.prototype)
