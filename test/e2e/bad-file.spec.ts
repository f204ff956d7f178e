import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { badFiles } from '../support/app/badFiles.ts'
import type { RunningApp } from '../support/app/launch.ts'
import * as office from '../support/app/office.ts'
import { expectRefusal } from '../support/app/refusalWords.ts'
import { openSampleOffice, type SampleOffice } from '../support/app/sampleOffice.ts'
import { memoFile } from '../support/pdf/forms.ts'

const subject = 'ขออนุมัติจัดซื้อวัสดุสำนักงาน ไตรมาสที่ ๑'
let place: SampleOffice
let staff: RunningApp

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  place = await openSampleOffice()
})
test.afterAll(() => place.close())

test('a wrong password is refused, and the fifth pauses the account and says for how long', async () => {
  staff = await place.open('somying', { signedIn: false })
  const { page } = staff
  const password = page.getByLabel(office.text('signIn.password'), { exact: true })
  await page.getByLabel(office.text('signIn.username'), { exact: true }).fill('orauma')
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await password.fill(`ผิดครั้งที่-${attempt}`)
    await password.press('Enter')
    await expectRefusal(page, attempt < 5 ? 'sign-in-wrong' : 'sign-in-locked')
    await expect(password).toHaveValue('')
    await expect(password).toBeFocused()
  }
  await expect(page.getByText('บัญชีพักไว้ 1 นาที')).toBeVisible()
  await office.signIn(page, 'somying')
})

test('a file that cannot become a letter is refused with its reason, and what was typed stays', async () => {
  const { page } = staff
  const files = await badFiles(place.work)
  await office.navigation(page, 'nav.drafts').click()
  for (const { path, code } of files) {
    await office.chooseFile(staff, path)
    const dialog = page.getByRole('dialog', { name: office.text('draft.import') })
    await expectRefusal(dialog, code)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }
  await expect(page.getByText(office.text('folder.empty.drafts'))).toBeVisible()

  const good = join(place.work, 'หนังสือ.pdf')
  writeFileSync(good, await memoFile())
  await office.importPdf(staff, good, { subject, addressee: 'รองเลขาธิการ' })
  for (const { path, code } of files) {
    await office.chooseFile(staff, path, 'draft.chooseAnother')
    await expectRefusal(page, code)
    await expect(page.getByLabel(office.text('draft.subject'))).toHaveValue(subject)
    await expect(office.renderedPage(page)).toBeVisible()
  }
  await office.saveAndPropose(page, 'รองเลขาธิการ')
  await expect(office.letterRow(page, subject)).toBeVisible()
})
