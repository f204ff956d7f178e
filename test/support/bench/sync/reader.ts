import { forgetPeak, peakMemory } from '../child.ts'

/** One side of the comparison, in a process of its own. */
export interface Reader {
  /** Brings over all that is new; calls `usable` once the tray can be worked with, where that comes before the end. */
  pull(usable: () => void): Promise<void>
  /** How many letters it has. */
  count(): Promise<number>
  close(): Promise<void>
}

/** What a pull took, in seconds; `peak` is the memory above that of the idle process so far, in bytes. */
export interface PullReport {
  readonly seconds: number
  readonly usableSeconds: number
  readonly peak: number
  readonly count: number
}

/** In the child: opens the reader on the first message, then pulls on each 'pull' and sends what it took. */
export function readForParent<Input>(open: (input: Input) => Promise<Reader>): void {
  process.once('message', async (input) => {
    const reader = await open(input as Input)
    global.gc?.()
    const idle = process.memoryUsage.rss()
    forgetPeak()
    process.on('message', async (message) => {
      if (message === 'end') return reader.close().then(() => process.exit())
      const start = performance.now()
      const taken = () => (performance.now() - start) / 1000
      let usableSeconds = Number.NaN
      await reader.pull(() => {
        usableSeconds = taken()
      })
      const seconds = taken()
      const peak = peakMemory() - idle
      process.send?.({ seconds, usableSeconds, peak, count: await reader.count() } satisfies PullReport)
    })
    process.send?.('ready')
  })
}
