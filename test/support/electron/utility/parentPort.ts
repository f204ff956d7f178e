import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'

type Implemented = Pick<Electron.ParentPort, 'postMessage'>

/** `process.parentPort` of a utility process, loaded before its own module. */
class ParentPort extends EventEmitter implements Implemented {
  private started = false

  postMessage(message: unknown): void {
    if (process.connected) process.send?.(message)
  }

  start(): void {
    if (this.started) return
    this.started = true
    process.on('message', (data) => this.emit('message', { data, ports: [] }))
  }
}

const parentPort = new ParentPort()
// As Electron's port, it opens with the first listener, so that no message is lost before.
parentPort.on('newListener', (event) => event === 'message' && parentPort.start())
Object.assign(process, { type: 'utility', parentPort })
// A utility process lives until it is killed or exits, and never longer than the app.
process.channel?.ref()
process.on('disconnect', () => process.exit())
