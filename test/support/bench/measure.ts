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

/** The value below which `part` (0 to 1) of the numbers lie. */
export function percentile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN
}

/** How much `y` rises for each `x`, by least squares. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (index: 0 | 1) => points.reduce((sum, point) => sum + point[index], 0) / points.length
  const [meanX, meanY] = [mean(0), mean(1)]
  const rise = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  return rise / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
}
