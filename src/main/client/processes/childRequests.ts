import type { ChildPort } from './childPort.ts'

/** Answered when the process ended before it replied. */
export const stopped = Symbol('stopped')

/** Requests to a child process that is started at the first need, and again after it has ended. */
export interface ChildRequests<Request, Reply> {
  /** The reply to `request`, or `stopped` when the process ended first. Nothing is tried again by itself. */
  ask(request: Request): Promise<Reply | typeof stopped>
  /** Ends the process; what is asked after that starts it anew. */
  end(): void
}

/** Pairs requests and replies by `id`; what carries no known id goes to `onNotice`. */
export function childRequests<Request extends object, Reply extends { readonly id: number }>(
  fork: () => ChildPort,
  listeners: { onNotice?: (message: unknown) => void; onStopped?: () => void } = {},
): ChildRequests<Request, Reply> {
  let port: ChildPort | undefined
  let lastId = 0
  const waiting = new Map<number, (reply: Reply | typeof stopped) => void>()

  const start = (): ChildPort => {
    const started = fork()
    started.onMessage((message) => {
      const reply = message as Reply & { readonly kind?: string }
      const resolve = reply.kind === 'signed' ? undefined : waiting.get(reply.id)
      if (resolve === undefined) return listeners.onNotice?.(message)
      waiting.delete(reply.id)
      resolve(reply)
    })
    started.onExit(() => {
      if (port !== started) return
      port = undefined
      for (const resolve of waiting.values()) resolve(stopped)
      waiting.clear()
      listeners.onStopped?.()
    })
    return started
  }

  return {
    ask: (request) =>
      new Promise((resolve) => {
        port ??= start()
        lastId += 1
        waiting.set(lastId, resolve)
        port.postMessage({ ...request, id: lastId })
      }),
    end: () => {
      const ending = port
      port = undefined
      for (const resolve of waiting.values()) resolve(stopped)
      waiting.clear()
      ending?.kill()
    },
  }
}
