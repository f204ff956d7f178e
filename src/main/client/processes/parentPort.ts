/** The way from a child process to the program that started it. */
export interface ParentPort {
  postMessage(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

/** The parent of this process: Electron's `process.parentPort`, or Node's channel when forked by child_process. */
export function parentPort(): ParentPort {
  const utility = (process as { parentPort?: UtilityPort }).parentPort
  if (utility !== undefined) {
    return {
      postMessage: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on('message', ({ data }) => listener(data)),
    }
  }
  // Without its parent this process has nothing to do, and must not stay behind.
  process.on('disconnect', () => process.exit())
  return {
    postMessage: (message) => process.send?.(message),
    onMessage: (listener) => process.on('message', listener),
  }
}
