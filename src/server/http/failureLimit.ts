const WINDOW_MS = 5 * 60_000
const FAILURES = 100
const ADDRESSES = 10_000

/** Counts failed sign-ins for each network address. */
export interface FailureLimit {
  /** Minutes until `address` may try again, rounded up; 0 when it may now. */
  minutesLeft(address: string, now: Date): number
  count(address: string, now: Date): void
}

/** Allows 100 failures in five minutes; an office behind one address stays well under that. */
export function failureLimit(): FailureLimit {
  const failures = new Map<string, { count: number; since: number }>()
  const current = (address: string, now: Date) => {
    const known = failures.get(address)
    return known && now.getTime() - known.since < WINDOW_MS ? known : undefined
  }
  return {
    minutesLeft: (address, now) => {
      const known = current(address, now)
      if (!known || known.count < FAILURES) return 0
      return Math.ceil((known.since + WINDOW_MS - now.getTime()) / 60_000)
    },
    count: (address, now) => {
      const known = current(address, now)
      if (known) known.count += 1
      else {
        // The one that began first is forgotten: whoever has many addresses must not wipe out what others did.
        const [oldest] = failures.keys()
        if (failures.size >= ADDRESSES && oldest !== undefined) failures.delete(oldest)
        failures.delete(address)
        failures.set(address, { count: 1, since: now.getTime() })
      }
    },
  }
}
