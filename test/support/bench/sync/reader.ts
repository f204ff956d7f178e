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
  /** Processor time that this process has used for it. */
  readonly cpuSeconds: number
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
      const cpu = process.cpuUsage()
      let usableSeconds = Number.NaN
      await reader.pull(() => {
        usableSeconds = taken()
      })
      const seconds = taken()
      const { user, system } = process.cpuUsage(cpu)
      const peak = peakMemory() - idle
      const cpuSeconds = (user + system) / 1e6
      const count = await reader.count()
      process.send?.({ seconds, usableSeconds, peak, cpuSeconds, count } satisfies PullReport)
    })
    process.send?.('ready')
  })
}
