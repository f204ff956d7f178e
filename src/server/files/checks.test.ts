import { afterAll, expect, test } from 'vitest'
import { workerChecks } from './checks.ts'

const checks = workerChecks()
afterAll(() => checks.close())

test('what is no PDF is refused with the reason, however many ask at once', async () => {
  const files = ['สวัสดี', '', '%PDF-1.7\nตัดกลางคัน', '\0\0\0\0'].map((text) => Buffer.from(text))
  const refusals = await Promise.all(files.map((file) => checks.whyUnfit(file)))
  for (const refusal of refusals) expect(refusal?.code).toMatch(/^file-(not-pdf|damaged)$/)
})

test('a check goes on after its worker was stopped', async () => {
  await checks.close()
  expect((await checks.whyUnfit(Buffer.from('สวัสดี')))?.code).toBe('file-not-pdf')
})

test('a revision that does not begin with its base is refused', async () => {
  const outcome = await checks.revision({
    base: Buffer.from('%PDF-1.7 ก'),
    revision: Buffer.from('%PDF-1.7 ข และอื่น ๆ'),
    trust: [],
    at: new Date(),
  })
  expect(outcome).toMatchObject({ ok: false, refusal: { code: 'revision-not-extension' } })
})
