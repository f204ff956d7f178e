import { join } from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import type { RunningApp } from '../support/app/launch.ts'
import { letterState, proposeMemo } from '../support/app/letters.ts'
import * as office from '../support/app/office.ts'
import { tokenHostId } from '../support/app/processes.ts'
import { expectRefusal, sentenceOf } from '../support/app/refusalWords.ts'
import { openSampleOffice, pinOf, type SampleOffice } from '../support/app/sampleOffice.ts'
import { emptySlot, pinStateOf } from '../support/app/tokenOnPc.ts'
import { unfitTokens } from '../support/sample/unfitTokens.ts'

const pin = pinOf('teerawat')
const subjects = {
  wrongPin: 'ขออนุมัติแผนการตรวจสอบภายใน ปีงบประมาณ ๒๕๗๐',
  unfit: 'รายงานผลการเบิกจ่ายเงินกองทุน เดือนตุลาคม',
  late: 'ขอส่งรายชื่อผู้เข้าร่วมประชุมคณะอนุกรรมการ',
  crashed: 'ขออนุมัติปรับปรุงห้องแม่ข่าย ชั้น ๕',
} as const
let place: SampleOffice
let deputy: RunningApp

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  place = await openSampleOffice()
  const staff = await place.open('somying')
  for (const subject of Object.values(subjects)) await proposeMemo(staff.page, { subject, to: 'deputy' })
  await expect(office.connection(staff.page)).toHaveAttribute('data-waiting', '0', { timeout: 30_000 })
  await staff.close()
  deputy = await place.open('teerawat')
})
test.afterAll(() => place.close())

async function openInTray(page: Page, subject: string): Promise<void> {
  await office.openTray(page)
  await office.openLetter(page, subject)
}

/** Opens a letter and its sign dialog, which may find no token that it can use. */
async function askToSign(page: Page, subject: string): Promise<Locator> {
  await openInTray(page, subject)
  await office.button(page, 'letter.sign').click()
  return page.getByTestId('sign-dialog')
}

test('a wrong PIN costs exactly the one try that was made, and the right one then signs', async () => {
  const { page } = deputy
  expect(await pinStateOf(place.signers.tokens.teerawat)).toBe('ok')
  await openInTray(page, subjects.wrongPin)
  const dialog = await office.openSignDialog(page)
  const before = await letterState(page, subjects.wrongPin)
  await office.enterPin(page, '999999')
  await expectRefusal(dialog, 'pin-wrong')
  await expect(office.pinField(dialog)).toHaveValue('')
  await expect(office.pinField(dialog)).toBeFocused()
  await expect(dialog.getByText(office.text('sign.pinState.low'))).toBeVisible()
  expect(await pinStateOf(place.signers.tokens.teerawat)).toBe('low')
  expect((await letterState(page, subjects.wrongPin)).sha256).toBe(before.sha256)

  await expect(await office.enterPin(page, pin)).toBeVisible({ timeout: 60_000 })
  expect(await pinStateOf(place.signers.tokens.teerawat)).toBe('ok')
  await page.keyboard.press('Escape')
})

test('a token host that is killed while signing says so, and the next try signs without a new start', async () => {
  const { page } = deputy
  await openInTray(page, subjects.crashed)
  const dialog = await office.openSignDialog(page)
  const before = await letterState(page, subjects.crashed)
  const host = tokenHostId(deputy)
  process.kill(host, 'SIGSTOP')
  await office.enterPin(page, pin)
  await expect(dialog.getByText(/^กำลังลงนาม/)).toBeVisible()
  process.kill(host, 'SIGKILL')
  await expectRefusal(dialog, 'token-host-stopped')
  expect((await letterState(page, subjects.crashed)).sha256).toBe(before.sha256)
  await expect(office.pinField(dialog)).toBeEnabled()
  await expect(office.pinField(dialog)).toHaveValue('')
  expect(tokenHostId(deputy)).not.toBe(host)
  await expect(await office.enterPin(page, pin)).toBeVisible({ timeout: 60_000 })
  await page.keyboard.press('Escape')
})

test('a certificate that has expired or is not for signing is shown as such, and no PIN is asked for', async () => {
  const tokens = unfitTokens(join(place.work, 'unfit'))
  const { page, close } = await place.open('teerawat', {
    device: 'teerawat-old-tokens',
    environment: tokens.env,
  })
  const dialog = await askToSign(page, subjects.unfit)
  const submit = dialog.getByRole('button', { name: office.text('sign.submit'), exact: true })
  const choice = dialog.getByLabel(office.text('sign.chooseToken'))
  for (const [label, code] of [
    ['expired', 'certificate-expired'],
    ['encipher', 'certificate-usage'],
  ] as const) {
    const { serial } = tokens.tokens.find((token) => token.label === label)!
    await choice.selectOption(serial)
    await expect(dialog.getByText(sentenceOf(code))).toBeVisible()
    await expect(office.pinField(dialog)).toBeDisabled()
    await expect(submit).toBeDisabled()
  }
  await close()
})

test('without a token nothing is signed; when it is plugged in the dialog goes on by itself', async () => {
  const slot = emptySlot(join(place.work, 'late'), place.signers.tokens.teerawat)
  const { page, close } = await place.open('teerawat', {
    device: 'teerawat-late-token',
    environment: slot.environment,
  })
  const dialog = await askToSign(page, subjects.late)
  await expect(dialog.getByText(office.text('sign.tokenAbsentTitle'))).toBeVisible()
  await expect(dialog.getByText(office.text('sign.tokenAbsentText'))).toBeVisible()
  await expect(office.pinField(dialog)).toBeDisabled()

  slot.plugIn()
  await expect(office.pinField(dialog)).toBeFocused({ timeout: 15_000 })
  await expect(dialog.getByText(office.text('sign.tokenAbsentTitle'))).toBeHidden()
  await expect(await office.enterPin(page, pin)).toBeVisible({ timeout: 60_000 })
  await close()
})
