import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { constants } from 'node:os'
import type { Readable } from 'node:stream'
import type * as Electron from 'electron'
import { refuseUnknown, refuseUnknownOfClass } from './unimplemented.ts'

type Implemented = Pick<Electron.UtilityProcess, 'kill' | 'pid' | 'postMessage' | 'stderr' | 'stdout'>
type Output = 'pipe' | 'ignore' | 'inherit'

const PARENT_PORT = new URL('../utility/parentPort.ts', import.meta.url).href

/** What standard output and error go to; Electron's default is inherit. */
function outputs(stdio: Electron.ForkOptions['stdio']): readonly [Output, Output] {
  if (Array.isArray(stdio)) return [stdio[1] ?? 'inherit', stdio[2] ?? 'inherit']
  const both = (stdio ?? 'inherit') as Output
  return [both, both]
}

/** A child process of the app, over Node's own fork. A crash in it leaves the app alone. */
class UtilityProcess extends EventEmitter implements Implemented {
  pid: number | undefined
  readonly stdout: Readable | null
  readonly stderr: Readable | null
  private readonly child: ChildProcess

  constructor(modulePath: string, args: string[] = [], options: Electron.ForkOptions = {}) {
    super()
    this.child = fork(modulePath, args, {
      cwd: options.cwd,
      env: options.env as NodeJS.ProcessEnv | undefined,
      execArgv: [...(options.execArgv ?? []), '--import', PARENT_PORT],
      serialization: 'advanced',
      stdio: ['ignore', ...outputs(options.stdio), 'ipc'],
    })
    this.pid = this.child.pid
    this.stdout = this.child.stdout
    this.stderr = this.child.stderr
    this.child.on('spawn', () => this.emit('spawn'))
    this.child.on('message', (message) => this.emit('message', message))
    this.child.on('error', () => undefined)
    this.child.on('exit', (code, signal) => this.exited(code, signal))
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error('the Electron stand-in does not implement transferred ports')
    if (this.child.connected) this.child.send(message as object)
  }

  kill(): boolean {
    return this.pid !== undefined && this.child.kill('SIGTERM')
  }

  private exited(code: number | null, signal: NodeJS.Signals | null): void {
    this.pid = undefined
    this.emit('exit', signal === null ? (code ?? 0) : constants.signals[signal])
  }
}

refuseUnknownOfClass('UtilityProcess', UtilityProcess)

/** Electron's `utilityProcess`. */
export const utilityProcess = refuseUnknown('utilityProcess', {
  fork: (modulePath: string, args?: string[], options?: Electron.ForkOptions) =>
    new UtilityProcess(modulePath, args, options),
})
