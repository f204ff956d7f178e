/** Waits between tries that fail: 1 s, doubling to 60 s, each shortened at random so that clients spread out. */
export interface Backoff {
  /** Milliseconds to wait before the next try. */
  next(): number
  reset(): void
}

const FIRST_MS = 1_000
const LONGEST_MS = 60_000

export function backoff(random: () => number = Math.random): Backoff {
  let failures = 0
  return {
    next: () => {
      const whole = Math.min(FIRST_MS * 2 ** failures, LONGEST_MS)
      failures += 1
      return whole / 2 + (random() * whole) / 2
    },
    reset: () => {
      failures = 0
    },
  }
}
