import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from './client/log.ts'

const LARGEST_BYTES = 2_000_000

/**
 * A log in `folder`: one JSON line for each event. When it grows over 2 MB it becomes the previous one, of which a
 * single one is kept. A log that cannot be written must not stop the program.
 */
export function logFile(folder: string): Log {
  const path = join(folder, 'saraban.log')
  const write = (line: string) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    if (size > LARGEST_BYTES) renameSync(path, join(folder, 'saraban.previous.log'))
    appendFileSync(path, line, { mode: 0o600 })
  }
  return (event, facts = {}) => {
    try {
      write(`${JSON.stringify({ at: new Date().toISOString(), event, ...facts })}\n`)
    } catch {
      // A full or read-only disk is told to the person where work is saved, not here.
    }
  }
}
