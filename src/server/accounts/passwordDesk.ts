import { passwordMatches } from './passwords.ts'

/**
 * Passwords that are hashed at once. Each takes a thread of the pool that also reads files and packs answers, so the
 * pool (four threads in Node) is never all theirs.
 */
const AT_ONCE = 2
/** Passwords that may wait: some seconds of work. Whoever comes after that comes again later. */
const MAY_WAIT = 200

/** Looks at passwords without letting those who try many keep everybody else waiting. */
export interface PasswordDesk {
  /** What `task` finds with the right to look at one password; `busy` at once when too many wait already. */
  take<Value>(task: (matches: typeof passwordMatches) => Promise<Value>): Promise<Value | 'busy'>
}

/** Makes a desk at which nobody waits yet. */
export function passwordDesk(): PasswordDesk {
  const waiting: (() => void)[] = []
  let working = 0
  return {
    take: async (task) => {
      if (working < AT_ONCE) working += 1
      else if (waiting.length >= MAY_WAIT) return 'busy'
      // Whoever leaves hands the place over, so nobody who comes in that moment takes it as well.
      else await new Promise<void>((enter) => waiting.push(enter))
      try {
        return await task(passwordMatches)
      } finally {
        const next = waiting.shift()
        if (next) next()
        else working -= 1
      }
    },
  }
}
