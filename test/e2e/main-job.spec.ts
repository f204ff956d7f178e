import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { mainJob } from '../../scripts/demo/mainJob.ts'
import { Report } from '../../scripts/demo/report.ts'
import { corpus } from '../support/pdf/corpus.ts'
import { withObjectStreams } from '../support/pdf/forms.ts'
import { startSampleServer } from '../support/sample/serverProcess.ts'
import { sampleTokens } from '../support/sample/tokens.ts'

const steps = ['propose', 'open', 'sign', 'track', 'second-signature', 'judges']
let work: string

test.beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'saraban-main-job-'))
})
test.afterEach(() => rmSync(work, { recursive: true, force: true, maxRetries: 5 }))

/** Runs the demo's job on a server of its own and returns the names of the steps that were done. */
async function doneSteps(pdf?: Uint8Array): Promise<string[]> {
  const out = join(work, 'out')
  mkdirSync(out)
  const report = new Report(out)
  const signers = sampleTokens(work)
  const server = await startSampleServer({ data: join(work, 'server'), trust: signers.rootPem })
  try {
    const path = join(work, 'letter.pdf')
    if (pdf) writeFileSync(path, pdf)
    await mainJob({ work, report, server: server.url, signers, ...(pdf ? { pdf: path } : {}) })
  } finally {
    await server.stop()
  }
  expect(report.write(steps.length)).toBe(true)
  return report.steps.filter((step) => step.ok).map((step) => step.name)
}

test('a memo written in the app is proposed, signed twice with tokens, followed, and valid for other programs', async () => {
  expect(await doneSteps()).toEqual(steps)
})

test('a PDF with object streams, made by another office program, goes the same way', async () => {
  expect(
    await doneSteps(await withObjectStreams(await corpus['a letter exported by LibreOffice Writer']!())),
  ).toEqual(steps)
})
