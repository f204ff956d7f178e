/** What comes next: things in the order of their time, and of being put in where that is the same. */
export interface Agenda<Item> {
  put(time: number, item: Item): void
  /** Takes the earliest out; undefined when there is none before `before`. */
  take(before: number): { readonly time: number; readonly item: Item } | undefined
}

interface Entry<Item> {
  readonly time: number
  readonly place: number
  readonly item: Item
}

/** An empty agenda (a binary heap). */
export function agenda<Item>(): Agenda<Item> {
  const heap: Entry<Item>[] = []
  let places = 0
  const isBefore = (one: Entry<Item>, other: Entry<Item>) =>
    one.time === other.time ? one.place < other.place : one.time < other.time
  const rise = (entry: Entry<Item>) => {
    let at = heap.length
    for (;;) {
      const above = (at - 1) >> 1
      const parent = at === 0 ? undefined : heap[above]
      if (!parent || !isBefore(entry, parent)) break
      heap[at] = parent
      at = above
    }
    heap[at] = entry
  }
  const sink = (entry: Entry<Item>) => {
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const [one, other] = [heap[left], heap[left + 1]]
      if (!one) break
      const child = other && isBefore(other, one) ? other : one
      if (!isBefore(child, entry)) break
      heap[at] = child
      at = child === one ? left : left + 1
    }
    heap[at] = entry
  }
  return {
    put: (time, item) => {
      places += 1
      rise({ time, place: places, item })
    },
    take: (before) => {
      const [first] = heap
      if (!first || first.time >= before) return undefined
      const last = heap.pop()
      if (last && last !== first) sink(last)
      return first
    },
  }
}
