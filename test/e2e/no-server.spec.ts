import { expect, test } from '@playwright/test'
import type { RunningApp } from '../support/app/launch.ts'
import { letterState, proposeMemo } from '../support/app/letters.ts'
import * as office from '../support/app/office.ts'
import { expectRefusal } from '../support/app/refusalWords.ts'
import { openSampleOffice, pinOf, type SampleOffice } from '../support/app/sampleOffice.ts'
import { type LossyLine, lossyLine } from '../support/client/lossyLine.ts'

const pin = pinOf('teerawat')
const subjects = {
  sign: 'ขออนุมัติจัดซื้อเครื่องคอมพิวเตอร์ทดแทน จำนวน ๒๐ เครื่อง',
  twice: 'ขออนุมัติหลักการโครงการพัฒนาระบบเบิกจ่าย',
  return: 'ขออนุมัติเดินทางไปประชุมที่จังหวัดเชียงใหม่',
  forward: 'รายงานผลการประชุมคณะทำงาน ครั้งที่ ๕/๒๕๖๙',
  propose: 'ขออนุมัติจ้างที่ปรึกษาโครงการ',
} as const
const reason = 'โปรดแนบกำหนดการประชุมและประมาณการค่าใช้จ่าย'
let place: SampleOffice
let staff: RunningApp
let deputy: RunningApp

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  place = await openSampleOffice()
  staff = await place.open('somying')
  for (const subject of [subjects.sign, subjects.twice, subjects.return, subjects.forward]) {
    await proposeMemo(staff.page, { subject, to: 'deputy' })
  }
  deputy = await place.open('teerawat')
  await office.openTray(deputy.page)
  for (const subject of Object.values(subjects).slice(0, 4)) {
    await office.openLetter(deputy.page, subject)
  }
})
test.afterAll(() => place.close())

const isOnline = ({ page }: RunningApp) =>
  expect(office.connection(page)).toHaveAttribute('data-connection', 'online', { timeout: 60_000 })
const isOffline = ({ page }: RunningApp) =>
  expect(office.connection(page)).toHaveAttribute('data-connection', 'offline', { timeout: 30_000 })

test('without the server no number is issued and nothing is signed; once it is back the same dialog signs', async () => {
  const { page } = deputy
  await office.openLetter(page, subjects.sign)
  const before = await letterState(page, subjects.sign)
  await place.stopServer()
  const dialog = await office.openSignDialog(page)
  await office.enterPin(page, pin)
  await expectRefusal(dialog, 'number-needs-server')
  await expect(office.pinField(dialog)).toHaveValue('')
  expect(await letterState(page, subjects.sign)).toEqual(before)
  expect(before).toMatchObject({ number: null, signers: [] })
  await expect(office.connection(page)).toHaveAttribute('data-waiting', '0')

  await place.startServer()
  await isOnline(deputy)
  await expect(await office.enterPin(page, pin)).toBeVisible({ timeout: 60_000 })
  await page.keyboard.press('Escape')
  await office.openWaitingWork(page)
  await expect(office.waitingRows(page)).toHaveCount(0)
})

test('what is proposed, returned and forwarded without the server waits in order and goes out by itself', async () => {
  await place.stopServer()
  await proposeMemo(staff.page, { subject: subjects.propose, to: 'deputy' })
  await isOffline(staff)
  await office.openWaitingWork(staff.page)
  await expect(office.waitingRows(staff.page)).toContainText([
    `${office.text('command.draft')} ${subjects.propose}`,
    `${office.text('command.propose')} ${subjects.propose}`,
  ])

  const { page } = deputy
  await office.openTray(page)
  await office.openLetter(page, subjects.return)
  await office.returnLetter(page, reason)
  await office.openLetter(page, subjects.forward)
  await office.forwardTo(page, 'เลขาธิการ', 'เพื่อโปรดพิจารณา')
  await office.openWaitingWork(page)
  const rows = office.waitingRows(page)
  await expect(rows).toContainText([subjects.return, subjects.forward])
  await expect(rows.getByText(office.text('waiting.waiting'))).toHaveCount(2)

  await place.startServer()
  for (const app of [deputy, staff]) {
    await expect(office.waitingRows(app.page)).toHaveCount(0, { timeout: 60_000 })
  }
  await office.openTray(page)
  await expect(office.letterRow(page, subjects.propose)).toBeVisible({ timeout: 30_000 })
  await expect(office.letterRow(page, subjects.return)).toBeHidden()
  await expect(office.letterRow(page, subjects.forward)).toBeHidden()
  await office.navigation(staff.page, 'nav.drafts').click()
  await office.openFolder(staff.page, 'folder.returned.own')
  await office.openLetter(staff.page, subjects.return)
  await office.openTab(staff.page, 'letter.tabRoute')
  await expect(staff.page.getByText(reason)).toBeVisible()
})

test('of two devices that sign one letter the second is told who signed when, and keeps its refusal until discarded', async () => {
  const line: LossyLine = await lossyLine(place.server.url)
  const { page } = deputy
  await office.openTray(page)
  await office.openLetter(page, subjects.twice)
  const dialog = await office.openSignDialog(page)
  await office.enterPin(page, '999999')
  await expectRefusal(dialog, 'pin-wrong')
  const { number } = await letterState(page, subjects.twice)
  expect(number).toMatch(/^สปสช /)

  const second = await place.open('teerawat', { device: 'teerawat-second', server: line.url })
  await office.openTray(second.page)
  await office.openLetter(second.page, subjects.twice)
  await isOnline(second)
  line.cut()
  await office.openSignDialog(second.page)
  const kept = await office.enterPin(second.page, pin)
  await expect(kept).toHaveAttribute('data-sent', 'false', { timeout: 60_000 })
  await second.page.keyboard.press('Escape')

  await expect(await office.enterPin(page, pin)).toHaveAttribute('data-sent', 'true', { timeout: 60_000 })
  await page.keyboard.press('Escape')

  line.mend()
  await office.openWaitingWork(second.page)
  const card = second.page.getByTestId('refused-card')
  await expect(card).toBeVisible({ timeout: 60_000 })
  await expect(card).toContainText(/นายธีรวัฒน์ ศรีสุขสันต์ ลงนามหนังสือนี้ไปแล้วเมื่อ \d+ .+ \d\d\.\d\d น\./)
  await expect(card).toContainText('รหัส letter-signed-already')
  await second.page.evaluate(() => window.location.reload())
  await expect(office.navigation(second.page, 'nav.portal')).toBeVisible()
  await office.openWaitingWork(second.page)
  await expect(card).toBeVisible()

  await office.button(card, 'waitingWork.discard').click()
  await office.button(second.page.getByRole('dialog'), 'waitingWork.discard').click()
  await expect(card).toHaveCount(0)
  await office.openTray(second.page)
  await office.openFolder(second.page, 'folder.signed')
  expect(await letterState(second.page, subjects.twice)).toMatchObject({
    number,
    signers: ['นายธีรวัฒน์ ศรีสุขสันต์'],
  })
  await line.close()
})
