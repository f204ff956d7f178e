import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { vi } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { type Run, run } from '../pki/run.ts'

/** The entry of `npx saraban`. */
export const program = join(import.meta.dirname, '../../../src/cli/saraban.mjs')

type Environment = Readonly<Record<string, string>>

/** What a command said. */
export interface Said extends Pick<Run, 'status' | 'stdout'> {
  /** Its only line of JSON. */
  json(): Record<string, unknown>
  /** Its lines of JSON. */
  lines(): Record<string, unknown>[]
}

const said = <Ended extends Pick<Run, 'status' | 'stdout'>>(ended: Ended): Ended & Said => {
  const lines = (): Record<string, unknown>[] =>
    ended.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  return { ...ended, lines, json: () => JSON.parse(ended.stdout) as Record<string, unknown> }
}

/** Runs `saraban` as a process of its own, which costs a third of a second. */
export const saraban = (args: readonly string[], env: Environment = {}, input?: string) =>
  said(run(process.execPath, [program, ...args], { env, ...(input === undefined ? {} : { input }) }))

/** Starts `saraban` and returns the process. */
export const startSaraban = (args: readonly string[], env: Environment = {}) =>
  spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env }, stdio: 'pipe' })

/** Runs `saraban` in the test's own process: for the many cases in which nothing is done. */
export async function sarabanHere(args: readonly string[], env: Environment = {}): Promise<Said> {
  const printed: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text))
  const before = new Map(Object.keys(env).map((name) => [name, process.env[name]]))
  Object.assign(process.env, env)
  try {
    const status = await main([...args])
    return said({ status, stdout: printed.join('\n') })
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    log.mockRestore()
  }
}
