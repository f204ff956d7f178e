import { fork } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

/** What a child process measured of itself. */
export interface ChildReport {
  /** What each turn took. */
  readonly seconds: readonly number[]
  /** How much memory was resident at most above what the idle process has, in bytes. */
  readonly peak: number
}

/** Runs a script in a Node process of its own, whose heap may hold `heapMb`; it sends its report and ends. */
export function inChild(script: string, input: object, heapMb = 4096): Promise<ChildReport> {
  const child = fork(script, { execArgv: ['--expose-gc', `--max-old-space-size=${heapMb}`] })
  return new Promise((resolve, reject) => {
    let report: ChildReport | undefined
    child.on('message', (message) => {
      report = message as ChildReport
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      if (report === undefined) reject(new Error(`${script} ended with ${code} and told nothing`))
      else resolve(report)
    })
    child.send(input)
  })
}

/** In the child: waits for the input, gets ready, does the work so many times and sends what it took. */
export function reportToParent<Input>(
  prepare: (input: Input) => Promise<{ readonly work: () => Promise<void>; readonly times: number }>,
): void {
  process.once('message', async (input) => {
    const { work, times } = await prepare(input as Input)
    global.gc?.()
    const idle = process.memoryUsage.rss()
    forgetPeak()
    const seconds: number[] = []
    for (let time = 0; time < times; time++) {
      const start = performance.now()
      await work()
      seconds.push((performance.now() - start) / 1000)
    }
    const report: ChildReport = { seconds, peak: peakMemory() - idle }
    process.send?.(report, undefined, {}, () => process.disconnect())
  })
}

/** Lets the system count the greatest resident memory from now on (proc(5), clear_refs). */
export function forgetPeak(): void {
  writeFileSync('/proc/self/clear_refs', '5')
}

/** The greatest resident memory since then, in bytes. */
export function peakMemory(): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? []
  return Number(kilobytes) * 1024
}
