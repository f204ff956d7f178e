/** Runs `work` and returns its result with the time that it took, in seconds. */
export async function timed<Value>(work: () => Value | Promise<Value>): Promise<[Value, number]> {
  const start = performance.now()
  const value = await work()
  return [value, (performance.now() - start) / 1000]
}

/** The middle one of the numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** A number with three significant digits, which is more than a measurement is worth. */
export const rounded = (value: number): number => Number(value.toPrecision(3))
