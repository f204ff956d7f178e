import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One step of the demo as report.json tells it. */
export interface ReportedStep {
  readonly name: string
  readonly ok: boolean
  readonly ms: number
  readonly detail: string
}

/** Runs the demo's steps one after the other, prints each with its time and keeps them for report.json. */
export class Report {
  readonly steps: ReportedStep[] = []
  readonly files: string[] = []
  private readonly directory: string

  constructor(directory: string) {
    this.directory = directory
  }

  /** Runs one step; its work returns the detail to report. A step that throws is reported and ends the demo. */
  async step(name: string, title: string, work: () => Promise<string>): Promise<void> {
    const started = performance.now()
    const finish = (ok: boolean, detail: string) => {
      const ms = Math.round(performance.now() - started)
      this.steps.push({ name, ok, ms, detail })
      console.log(
        `${ok ? '✓' : '✗'} ${this.steps.length} ${title} (${(ms / 1000).toFixed(1)} s)\n    ${detail}`,
      )
    }
    try {
      finish(true, await work())
    } catch (problem) {
      finish(false, problem instanceof Error ? problem.message : String(problem))
      throw problem
    }
  }

  /** Keeps a file in the demo's folder and names it in the report; returns its path. */
  file(name: string, bytes?: Uint8Array): string {
    const path = join(this.directory, name)
    if (bytes) writeFileSync(path, bytes)
    if (!this.files.includes(name)) this.files.push(name)
    return path
  }

  /** Writes report.json; `ok` is true when every step was done. */
  write(expectedSteps: number): boolean {
    const ok = this.steps.length === expectedSteps && this.steps.every((step) => step.ok)
    const report = { ok, steps: this.steps, files: [...this.files].sort() }
    writeFileSync(join(this.directory, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
    return ok
  }
}
