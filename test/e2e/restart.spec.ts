import { expect, test } from '@playwright/test'
import * as office from '../support/app/office.ts'
import { openSampleOffice, type SampleOffice } from '../support/app/sampleOffice.ts'

const subject = 'ขออนุมัติจ้างเหมาบริการบำรุงรักษาระบบสารสนเทศ ปีงบประมาณ ๒๕๗๐'
let place: SampleOffice

test.beforeAll(async () => {
  place = await openSampleOffice()
})
test.afterAll(() => place.close())

test('work that was pressed offline survives a power cut and goes out once when the server is back', async () => {
  const before = await place.open('somying')
  await office.writeMemo(before.page, {
    subject,
    addressee: 'รองเลขาธิการ',
    signer: 'รองเลขาธิการ',
    paragraphs: ['ด้วย สัญญาจ้างเดิมสิ้นสุดในวันที่ ๓๐ กันยายน ๒๕๖๙', 'จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ'],
  })
  await place.stopServer()
  await office.saveAndPropose(before.page, 'รองเลขาธิการ')
  await before.kill()

  const after = await place.open('somying')
  await expect(office.connection(after.page)).toHaveAttribute('data-connection', 'offline')
  await office.openWaitingWork(after.page)
  const rows = office.waitingRows(after.page)
  await expect(rows).toHaveCount(2)
  await expect(rows.filter({ hasText: office.text('command.draft') })).toContainText(subject)
  await expect(rows.filter({ hasText: office.text('command.propose') })).toContainText(
    office.text('waiting.waiting'),
  )

  await place.startServer()
  await expect(rows).toHaveCount(0, { timeout: 60_000 })
  await expect(after.page.getByText(office.text('waitingWork.empty'))).toBeVisible()

  const deputy = await place.open('teerawat')
  await office.openTray(deputy.page)
  await office.openLetter(deputy.page, subject)
  await expect(deputy.page.getByTestId('letter-row')).toHaveCount(1)
  await office.openTab(deputy.page, 'letter.tabRoute')
  await expect(deputy.page.locator('[data-testid="timeline-entry"][data-type="proposed"]')).toHaveCount(1)
})
