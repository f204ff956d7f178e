import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { Case, Settled } from './settled.ts'

/** What every file may cost at most, whatever it is. */
const mostMilliseconds = 5000
const mostMegabytes = 512
/** The most that a process ever had is what is known of it: one that had much gives way to another. */
const enoughMegabytes = 250
/** A reader that is held is ended: other tests may keep the processor from it. */
const patience = 40_000
/** Of the heap; what is not in the heap is counted with the rest. */
const heapMegabytes = 256

/** Reads files in a process with little memory. */
export interface BoundedReader {
  /** Expects that the file is read within the bounds and without contradiction, and returns what became of it. */
  settle(order: Case): Promise<Settled>
  close(): void
}

/** Starts the process; close it after use. */
export function startBoundedReader(): BoundedReader {
  const entry = fileURLToPath(new URL('./readerProcess.ts', import.meta.url))
  let child: ChildProcess | undefined
  const start = (): ChildProcess => {
    const started = fork(entry, [], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${heapMegabytes}`],
    })
    started.on('exit', () => {
      if (child === started) child = undefined
    })
    return started
  }
  return {
    settle: async (order) => {
      child ??= start()
      const settled = await answerOf(child, order)
      if (settled.megabytes > enoughMegabytes) {
        child.kill()
        child = undefined
      }
      expect(settled.broken).toEqual([])
      expect(settled.milliseconds).toBeLessThan(mostMilliseconds)
      expect(settled.megabytes).toBeLessThan(mostMegabytes)
      return settled
    },
    close: () => child?.kill(),
  }
}

const answerOf = (child: ChildProcess, order: Case): Promise<Settled> =>
  new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(late)
      child.off('message', answered).off('exit', ended)
    }
    const answered = (message: unknown): void => {
      leave()
      resolve(message as Settled)
    }
    const ended = (code: number | null, signal: string | null): void => {
      leave()
      reject(new Error(`the reader ended with ${signal ?? code}`))
    }
    const late = setTimeout(() => child.kill('SIGKILL'), patience)
    child.on('message', answered).on('exit', ended)
    child.send(order)
  })
