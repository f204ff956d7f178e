import { join } from 'node:path'
import { utilityProcess } from 'electron'
import type { Processes } from '../client/processes/childPort.ts'

/** Child processes as Electron's utility processes, from the compiled entries beside the main one. */
export const utilityProcesses = (folder: string): Processes => ({
  fork: (name) => {
    const child = utilityProcess.fork(join(folder, `${name}.cjs`), [], {
      serviceName: `saraban-${name}`,
      stdio: 'ignore',
    })
    return {
      postMessage: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.on('exit', listener),
      kill: () => void child.kill(),
    }
  },
})
