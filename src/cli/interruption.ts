import { discardTemporaries } from '../signing/wholeFile.ts'

/** A terminal sends Ctrl-C to all of a command's processes, and the one that started ours passes it on as well. */
const sameKeypress = 500

/** What Ctrl-C and SIGTERM mean while files are worked on. */
export interface Interruption {
  /** Aborted at the first signal; the file under way is then given up and no other begun. */
  readonly signal: AbortSignal
  /** Gives the signals back their usual meaning. */
  stop(): void
}

/** Listens for Ctrl-C and SIGTERM. A second one ends the process at once, with exit code 130 and nothing half written. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController()
  let first = 0
  const interrupt = (): void => {
    if (!controller.signal.aborted) {
      first = Date.now()
      controller.abort()
    } else if (Date.now() - first > sameKeypress) {
      discardTemporaries()
      process.exit(130)
    }
  }
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const name of signals) process.on(name, interrupt)
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of signals) process.off(name, interrupt)
    },
  }
}
