/** More than all of a person's devices together; what opens more is not one of ours, or broken. */
export const STREAMS_PER_PERSON = 20

/** The streams of events that are open, counted for each person. */
export interface PushStreams {
  /** Takes a place for a person's stream; returns how to give it back, or undefined when all are taken. */
  enter(personId: string): (() => void) | undefined
  count(): number
}

/** Counts streams, none open yet. */
export function pushStreams(): PushStreams {
  const open = new Map<string, number>()
  return {
    enter: (personId) => {
      const count = open.get(personId) ?? 0
      if (count >= STREAMS_PER_PERSON) return undefined
      open.set(personId, count + 1)
      let left = false
      return () => {
        if (left) return
        left = true
        const others = (open.get(personId) ?? 1) - 1
        if (others === 0) open.delete(personId)
        else open.set(personId, others)
      }
    },
    count: () => [...open.values()].reduce((sum, count) => sum + count, 0),
  }
}
