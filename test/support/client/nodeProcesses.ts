import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Processes, ProcessName } from '../../../src/main/client/processes/childPort.ts'

/** Child processes from the TypeScript sources, as Node's own; `running` names those that a test may kill. */
export interface NodeProcesses extends Processes {
  running(name: ProcessName): ChildProcess | undefined
}

/** Forks the program's own entries with `environment` added. */
export function nodeProcesses(environment: Readonly<Record<string, string>> = {}): NodeProcesses {
  const children = new Map<ProcessName, ChildProcess>()
  return {
    running: (name) => children.get(name),
    fork: (name) => {
      const entry = new URL(`../../../src/main/processes/${name}.ts`, import.meta.url)
      const child = fork(fileURLToPath(entry), [], {
        serialization: 'advanced',
        execArgv: [],
        env: { ...process.env, ...environment },
      })
      children.set(name, child)
      return {
        // A child that was killed a moment ago cannot be written to; its exit follows and tells so.
        postMessage: (message) => void child.send(message as object, () => undefined),
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => void child.on('exit', listener),
        kill: () => void child.kill(),
      }
    },
  }
}
