/**
 * `npm run demo [-- --out DIR] [--pdf FILE]`: the main job from end to end on the real client, server and tokens,
 * without a display. Writes report.json, the PDFs and a picture of each screen.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startSampleServer } from '../test/support/sample/serverProcess.ts'
import { sampleTokens } from '../test/support/sample/tokens.ts'
import { buildApp } from './buildApp.ts'
import { mainJob, memo } from './demo/mainJob.ts'
import { officeStory } from './demo/officeStory.ts'
import { Report } from './demo/report.ts'

const from = process.env.INIT_CWD ?? process.cwd()
const { values } = parseArgs({ options: { out: { type: 'string' }, pdf: { type: 'string' } } })
const out = resolve(from, values.out ?? 'demo-out')
const pdf = values.pdf === undefined ? undefined : resolve(from, values.pdf)

if (pdf !== undefined && !existsSync(pdf)) {
  console.error(`ไม่พบไฟล์ ${pdf}\nThere is no file ${pdf}.`)
  process.exit(2)
}

if (!buildApp()) process.exit(1)

mkdirSync(out, { recursive: true })
const work = mkdtempSync(join(tmpdir(), 'saraban-demo-'))
const report = new Report(out)
const steps = 11
try {
  const signers = sampleTokens(work)
  const server = await startSampleServer({ data: join(work, 'server'), trust: signers.rootPem })
  try {
    const stage = { work, report, server: server.url, signers, ...(pdf ? { pdf } : {}) }
    await mainJob(stage)
    await officeStory(stage, memo.subject)
  } finally {
    await server.stop()
  }
} catch (problem) {
  // A step that failed has been told already.
  if (report.steps.every((step) => step.ok)) console.error(problem)
} finally {
  rmSync(work, { recursive: true, force: true, maxRetries: 5 })
}

const ok = report.write(steps)
console.log(`\n${ok ? 'สำเร็จ (ok)' : 'ไม่สำเร็จ (failed)'} · ${out}`)
process.exit(ok ? 0 : 1)
