/** Chance that comes out the same for the same seed. */
export interface Random {
  /** At least 0 and below 1. */
  next(): number
  /** A whole number from `from` to `to`, both counted. */
  between(from: number, to: number): number
  /** True in `share` of all cases. */
  chance(share: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** Some of `items`, `count` or as many as there are, in their order. */
  some<Item>(items: readonly Item[], count: number): Item[]
  /** One of `items`, each as likely as its weight says. */
  weighted<Item>(items: readonly (readonly [weight: number, item: Item])[]): Item
  bytes(count: number): Uint8Array
}

/** A generator of 128 bits of state (sfc32), begun from `seed`. */
export function randomFrom(seed: number): Random {
  let [a, b, c, counter] = [0x9e3779b9 ^ seed, 0x243f6a88 + seed, 0xb7e15162 ^ (seed * 0x10001), 1]
  const word = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let round = 0; round < 16; round += 1) word()
  const next = () => word() / 2 ** 32
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(next() * items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (share) => next() < share,
    pick,
    some: (items, count) => {
      let left = count
      return items.filter((_, index) => {
        const taken = next() * (items.length - index) < left
        if (taken) left -= 1
        return taken
      })
    },
    weighted: (items) => {
      let place = next() * items.reduce((sum, [weight]) => sum + weight, 0)
      for (const [weight, item] of items) {
        place -= weight
        if (place < 0) return item
      }
      return pick(items)[1]
    },
    bytes: (count) => {
      const bytes = new Uint8Array(count)
      for (let at = 0; at < count; at += 1) bytes[at] = word()
      return bytes
    },
  }
}
