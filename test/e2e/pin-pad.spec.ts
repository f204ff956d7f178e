import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Locator, test } from '@playwright/test'
import pkcs11 from 'pkcs11js'
import { axeViolations, layoutFaults } from '../support/app/accessible.ts'
import type { RunningApp } from '../support/app/launch.ts'
import { letterState, proposeMemo } from '../support/app/letters.ts'
import * as office from '../support/app/office.ts'
import { expectRefusal } from '../support/app/refusalWords.ts'
import { openSampleOffice, pinOf, type SampleOffice } from '../support/app/sampleOffice.ts'
import { judgeByPdfsig } from '../support/pki/judge.ts'
import { createNssDatabase } from '../support/pki/nss.ts'
import { createTokens, type TestTokens } from '../support/pki/tokens.ts'
import { type BehavingToken, behavingToken } from '../support/token/behavingToken.ts'

const subject = 'ขออนุมัติเดินทางไปราชการเพื่อตรวจเยี่ยมหน่วยบริการ จังหวัดน่าน'
const hiddenSubject = 'ขอส่งรายงานการประชุมคณะทำงานพัฒนาระบบสารบรรณ'
const pad = pinOf('teerawat')
const pictures = process.env.SARABAN_PICTURES
let place: SampleOffice
let deputy: RunningApp
let reader: BehavingToken

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  place = await openSampleOffice()
  reader = withPad('reader', place.signers.tokens.teerawat)
  const staff = await place.open('somying')
  for (const one of [subject, hiddenSubject]) await proposeMemo(staff.page, { subject: one, to: 'deputy' })
  await expect(office.connection(staff.page)).toHaveAttribute('data-waiting', '0', { timeout: 30_000 })
  await staff.close()
  deputy = await place.open('teerawat', { environment: { SARABAN_PKCS11_MODULE: reader.module } })
})
test.afterAll(() => place.close())

/** A reader with a PIN pad, with the tokens in it. */
function withPad(name: string, tokens: TestTokens): BehavingToken {
  const folder = join(place.work, name)
  mkdirSync(folder)
  const made = behavingToken(folder, tokens)
  made.behave({ pad })
  return made
}

const logins = () => reader.calls().filter((call) => call.startsWith('C_Login'))
const submit = (dialog: Locator, key = 'sign.submit') =>
  dialog.getByRole('button', { name: office.text(key), exact: true })

test('a reader with a PIN pad has no PIN field: the dialog says where the PIN is typed', async () => {
  const { page } = deputy
  await office.openTray(page)
  await office.openLetter(page, subject)
  await office.button(page, 'letter.sign').click()
  const dialog = page.getByTestId('sign-dialog')
  await expect(submit(dialog)).toBeFocused({ timeout: 30_000 })
  await expect(dialog.getByText(office.text('sign.pinPad'), { exact: true })).toBeVisible()
  await expect(dialog.locator('input[type="password"]')).toHaveCount(0)
  if (pictures) await office.picture(page, join(pictures, 'pin-pad.png'))
  expect([...(await axeViolations(page)), ...(await layoutFaults(page))]).toEqual([])
})

test('what goes wrong at the PIN pad is told, asked once and not tried again', async () => {
  const { page } = deputy
  const dialog = page.getByTestId('sign-dialog')
  const before = await letterState(page, subject)
  for (const [returned, code, key] of [
    [pkcs11.CKR_FUNCTION_CANCELED, 'signature-cancelled', 'sign.submit'],
    [pkcs11.CKR_PIN_INCORRECT, 'pin-wrong', 'sign.again'],
  ] as const) {
    reader.behave({ pad, 'login-returns': [returned] })
    reader.calls()
    await page.keyboard.press('Enter')
    await expectRefusal(dialog, code)
    expect(logins()).toEqual(['C_Login NULL 0x1'])
    await expect(submit(dialog, key)).toBeFocused()
  }
  if (pictures) await office.picture(page, join(pictures, 'pin-pad-wrong.png'))
  expect((await letterState(page, subject)).sha256).toBe(before.sha256)
})

test('the letter is signed with the PIN of the PIN pad, and poppler finds the signature valid', async () => {
  const { page } = deputy
  const dialog = page.getByTestId('sign-dialog')
  reader.behave({ pad, 'sign-ms': 2000 })
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(office.text('sign.pinPadWaits'))).toBeVisible()
  if (pictures) await office.picture(page, join(pictures, 'pin-pad-waits.png'))
  await expect(page.getByTestId('sign-result')).toBeVisible({ timeout: 60_000 })
  expect(logins()).toEqual(['C_Login NULL 0x1'])
  await page.keyboard.press('Escape')
  await office.openFolder(page, 'folder.signed')
  await office.openLetter(page, subject)
  const copy = join(place.work, 'signed.pdf')
  await office.saveCopy(deputy, copy)
  const nss = createNssDatabase(join(place.work, 'nss'), place.signers.rootPem)
  expect(judgeByPdfsig(copy, nss)).toMatchObject({ signatures: 1, valid: 1 })
})

test('a card that shows its certificate only after the PIN says so, and signs', async () => {
  const asked = { ...place.signers.asked.teerawat, hidesCertificates: true }
  const tokens = createTokens(join(place.work, 'hiding-tokens'), [asked])
  const hiding = withPad('hiding', tokens)
  const { page, close } = await place.open('teerawat', {
    device: 'teerawat-hiding',
    environment: { ...tokens.env, SARABAN_PKCS11_MODULE: hiding.module },
  })
  await office.openTray(page)
  await office.openLetter(page, hiddenSubject)
  await office.button(page, 'letter.sign').click()
  const dialog = page.getByTestId('sign-dialog')
  await expect(submit(dialog)).toBeFocused({ timeout: 30_000 })
  await expect(dialog.getByText(office.text('sign.holderAfterPin'))).toBeVisible()
  await expect(page.getByText(office.text('token.ready'), { exact: true })).toBeVisible()
  if (pictures) await office.picture(page, join(pictures, 'pin-pad-hiding.png'))
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('sign-result')).toBeVisible({ timeout: 60_000 })
  await close()
})
