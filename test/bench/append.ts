import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inChild } from '../support/bench/child.ts'
import { letterFile, taggedReport } from '../support/bench/files.ts'
import { median, rounded } from '../support/bench/measure.ts'
import type { SignInChild } from '../support/bench/signInChild.ts'

/**
 * Appending a receive stamp to a tagged report of 20 MB with 120,000 objects, from file to file, by a process that
 * has stamped letters before. `prefixKept` says whether the report is the beginning of what comes out; the peak of
 * memory is what the process takes above its idle state. Beside it stands what reading and hashing the file takes.
 */
export async function bench(): Promise<Readonly<Record<string, unknown>>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-append-'))
  try {
    const order = {
      from: join(folder, 'report.pdf'),
      to: join(folder, 'stamped.pdf'),
      warmUp: join(folder, 'letter.pdf'),
      module: '',
      serial: '',
      pin: '',
      times: 5,
    }
    const report = taggedReport(300, 120_000, 15_600)
    writeFileSync(order.from, report)
    writeFileSync(order.warmUp, letterFile(100_000, 'warm'))
    const script = join(import.meta.dirname, '../support/bench/signInChild.ts')
    const stamped = await inChild(script, { ...order, kind: 'stamp' } satisfies SignInChild, 256)
    const read = await inChild(script, { ...order, kind: 'read-and-hash' } satisfies SignInChild)
    const result = readFileSync(order.to)
    const seconds = median(stamped.seconds)
    return {
      prefixKept: hashOf(result.subarray(0, report.length)) === hashOf(report),
      seconds: rounded(seconds),
      peakToSize: rounded(stamped.peak / report.length),
      timesReadAndHash: rounded(seconds / median(read.seconds)),
      megabytes: rounded(report.length / 1e6),
      appendedBytes: result.length - report.length,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
