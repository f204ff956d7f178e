/** Where an object is: at an offset of the file, or as an item of an object stream. */
export type ObjectPlace =
  | { readonly at: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly at: 'objectStream'; readonly stream: number }
  | { readonly at: 'free' }

/** Consecutive numbers in columns: a large file has a hundred thousand entries, which must not be objects each. */
export interface Run {
  readonly first: number
  /** 0 free, 1 at an offset, 2 in an object stream: the types of cross-reference streams (7.5.8.3). */
  readonly types: Uint8Array
  /** The offset, or the number of the object stream. */
  readonly values: Float64Array
  readonly generations: Uint16Array
}

/** Columns for `count` entries from number `first` on, all of them free. */
export const emptyRun = (first: number, count: number): Run => ({
  first,
  types: new Uint8Array(count),
  values: new Float64Array(count),
  generations: new Uint16Array(count),
})

/** Shorter runs, and more of them, are kept entry by entry: each run costs every search a step. */
const shortestRun = 64
const mostRuns = 32

/** What one cross-reference section says about object numbers. */
export class EntryTable {
  /** The object streams that entries name. */
  readonly containers = new Set<number>()
  /** The greatest object number, or -1. */
  greatest = -1
  readonly #runs: Run[] = []
  readonly #single = new Map<number, ObjectPlace>()

  /** The first entry of a number that says where it is, or else that it is free. */
  get(number: number): ObjectPlace | undefined {
    let found = this.#single.get(number)
    if (found !== undefined && found.at !== 'free') return found
    for (const { first, types, values, generations } of this.#runs) {
      const type = types[number - first]
      const value = values[number - first] ?? 0
      if (type === 2) return { at: 'objectStream', stream: value }
      if (type === 1) return { at: 'offset', offset: value, generation: generations[number - first] ?? 0 }
      if (type === 0) found = { at: 'free' }
    }
    return found
  }

  add(number: number, place: ObjectPlace): void {
    const known = this.get(number)
    if (known !== undefined && (known.at !== 'free' || place.at === 'free')) return
    this.#single.set(number, place)
    this.#count(number, place)
  }

  #count(number: number, place: ObjectPlace): void {
    if (number > this.greatest) this.greatest = number
    if (place.at === 'objectStream') this.containers.add(place.stream)
  }

  /** Adds entries of consecutive numbers. */
  addRun(run: Run): void {
    const { first, types } = run
    if (types.length < shortestRun || this.#runs.length === mostRuns) {
      const single = new EntryTable()
      single.#runs.push(run)
      for (let index = 0; index < types.length; index++) {
        this.add(first + index, single.get(first + index) ?? { at: 'free' })
      }
      return
    }
    this.#runs.push(run)
    if (first + types.length > this.greatest) this.greatest = first + types.length - 1
    types.forEach((type, index) => {
      if (type === 2) this.containers.add(run.values[index] ?? 0)
    })
  }

  /** Every number that has an entry; one may come more than once. */
  *numbers(): Generator<number, void> {
    yield* this.#single.keys()
    for (const { first, types } of this.#runs) {
      for (let index = 0; index < types.length; index++) yield first + index
    }
  }
}
