/** Calls `tell` with the latest value at once, and then again no sooner than `restMs` after the last time. */
export interface Paced<Value> {
  tell(value: Value): void
  /** Forgets what waits to be told. */
  stop(): void
}

/** Paces `tell`; what comes while it rests is told when the rest is over, only the latest of it. */
export function paced<Value>(restMs: number, tell: (value: Value) => void): Paced<Value> {
  let resting: NodeJS.Timeout | undefined
  let waiting: { readonly value: Value } | undefined
  const rest = () => {
    resting = setTimeout(() => {
      resting = undefined
      if (!waiting) return
      const { value } = waiting
      waiting = undefined
      rest()
      tell(value)
    }, restMs)
  }
  return {
    tell: (value) => {
      if (resting) {
        waiting = { value }
        return
      }
      rest()
      tell(value)
    },
    stop: () => {
      clearTimeout(resting)
      waiting = undefined
    },
  }
}
