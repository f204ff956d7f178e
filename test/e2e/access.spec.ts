import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { axeViolations, layoutFaults } from '../support/app/accessible.ts'
import type { RunningApp } from '../support/app/launch.ts'
import { proposeMemo } from '../support/app/letters.ts'
import * as office from '../support/app/office.ts'
import { openSampleOffice, pinOf, type SampleOffice } from '../support/app/sampleOffice.ts'
import { memoFile } from '../support/pdf/forms.ts'

const signed = 'ขออนุมัติจัดประชุมเชิงปฏิบัติการชี้แจงหลักเกณฑ์กองทุน ปีงบประมาณ ๒๕๗๐'
const waiting = 'ขออนุมัติใช้เงินเหลือจ่ายเพื่อปรับปรุงห้องประชุมและระบบประชุมทางไกล'
/** The last is 1440 × 900 at 200 %. */
const sizes = [
  { width: 1440, height: 900 },
  { width: 1366, height: 768 },
  { width: 720, height: 450 },
] as const
let place: SampleOffice
let staff: RunningApp
let deputy: RunningApp

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  place = await openSampleOffice()
  staff = await place.open('somying', { signedIn: false })
  deputy = await place.open('teerawat')
})
test.afterAll(() => place.close())

/** Where the pictures of all screens go, when somebody wants to look at them. */
const pictures = process.env.SARABAN_PICTURES

/** Looks at the screen in each size. Axe has its say on the widest in Thai and on the narrowest in English. */
async function faultsOf(page: Page, screen: string, language: 'th' | 'en'): Promise<string[]> {
  const faults: string[] = []
  for (const size of sizes) {
    await page.setViewportSize(size)
    await page.evaluate(() => document.fonts.ready)
    const asksAxe = size === (language === 'th' ? sizes[0] : sizes[2])
    const found = [...(await layoutFaults(page)), ...(asksAxe ? await axeViolations(page) : [])]
    faults.push(...found.map((fault) => `${screen} ${language} ${size.width}: ${fault}`))
    if (pictures) await office.picture(page, join(pictures, `${screen}-${language}-${size.width}.png`))
  }
  await page.setViewportSize(sizes[0])
  return faults
}

/** Switches the language on a screen that is signed in, by the person's menu. */
async function switchTo(page: Page, language: 'th' | 'en'): Promise<void> {
  await page.locator('.person-button').click()
  await page
    .locator('.person-menu')
    .getByText(office.text(`language.${language}`))
    .click()
  await page.keyboard.press('Escape')
  await expect(page.locator('html')).toHaveAttribute('lang', language)
}

/** Looks at the screen in Thai and in English, and leaves it in Thai. */
async function faultsInBoth(page: Page, screen: string): Promise<string[]> {
  const thai = await faultsOf(page, screen, 'th')
  await switchTo(page, 'en')
  const english = await faultsOf(page, screen, 'en')
  await switchTo(page, 'th')
  return [...thai, ...english]
}

test('sign-in can be used by everyone at every size', async () => {
  const { page } = staff
  await expect(page.getByText(office.text('signIn.serverOnline'), { exact: true })).toBeVisible()
  const thai = await faultsOf(page, 'sign-in', 'th')
  await page.getByText(office.text('language.en')).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  const english = await faultsOf(page, 'sign-in', 'en')
  await page.getByText(office.text('language.th')).click()
  expect([...thai, ...english]).toEqual([])
})

test('the main path needs no mouse: sign in, in-tray, J and K, Enter, L, PIN, Enter, Esc', async () => {
  await office.signIn(staff.page, 'somying')
  for (const subject of [waiting, signed]) {
    await proposeMemo(staff.page, { subject, to: 'deputy' })
    await expect(office.connection(staff.page)).toHaveAttribute('data-waiting', '0', { timeout: 30_000 })
  }
  const { page } = await place.open('teerawat', { device: 'teerawat-keyboard', signedIn: false })
  const { keyboard } = page
  const tabTo = async (name: string) => {
    const field = page.getByLabel(name, { exact: true })
    for (let presses = 0; presses < 10; presses += 1) {
      if (await field.evaluate((element) => element === document.activeElement)) return
      await keyboard.press('Tab')
    }
    throw new Error(`Tab does not reach ${name}`)
  }
  await tabTo(office.text('signIn.username'))
  await keyboard.type('teerawat')
  await tabTo(office.text('signIn.password'))
  await keyboard.type('saraban-2569')
  await keyboard.press('Enter')
  await expect(office.navigation(page, 'nav.portal')).toBeVisible()

  await keyboard.press('Alt+Digit2')
  await expect(page.getByTestId('letter-row')).toHaveCount(2, { timeout: 30_000 })
  const open = page.locator('[data-testid="letter-row"][aria-current="true"]')
  await keyboard.press('KeyJ')
  await expect(open).toContainText(signed)
  await keyboard.press('KeyJ')
  await expect(open).toContainText(waiting)
  await keyboard.press('KeyK')
  await expect(open).toContainText(signed)
  await keyboard.press('Enter')
  await expect(office.renderedPage(page)).toBeVisible({ timeout: 30_000 })

  await keyboard.press('KeyL')
  const dialog = page.getByTestId('sign-dialog')
  await expect(office.pinField(dialog)).toBeFocused({ timeout: 30_000 })
  await keyboard.type(pinOf('teerawat'))
  await keyboard.press('Enter')
  await expect(page.getByTestId('sign-result')).toBeVisible({ timeout: 60_000 })
  await keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('portal, in-tray, timeline, signatures and register can be used by everyone at every size', async () => {
  const { page } = deputy
  const faults = await faultsInBoth(page, 'portal')
  await office.openTray(page)
  await office.openLetter(page, waiting)
  faults.push(...(await faultsInBoth(page, 'intray')))
  await office.openFolder(page, 'folder.signed')
  await office.openLetter(page, signed)
  await office.openTab(page, 'letter.tabRoute')
  faults.push(...(await faultsInBoth(page, 'timeline')))
  await office.openTab(page, 'letter.tabSignatures')
  faults.push(...(await faultsInBoth(page, 'signatures')))
  await office.navigation(page, 'nav.register').click()
  await office.openLetter(page, signed)
  faults.push(...(await faultsInBoth(page, 'register')))
  expect(faults).toEqual([])
})

test('the sign dialog can be used by everyone at every size', async () => {
  const { page } = deputy
  await office.openTray(page)
  await office.openLetter(page, waiting)
  const faults: string[] = []
  for (const language of ['th', 'en'] as const) {
    await switchTo(page, language)
    await page.keyboard.press('KeyL')
    await expect(page.locator('#pin')).toBeFocused({ timeout: 30_000 })
    faults.push(...(await faultsOf(page, 'sign', language)))
    await page.keyboard.press('Escape')
    await expect(page.getByTestId('sign-dialog')).toBeHidden()
  }
  await switchTo(page, 'th')
  expect(faults).toEqual([])
})

test('the forms of a new letter and the dialog of proposing can be used by everyone at every size', async () => {
  const { page } = staff
  await office.writeMemo(page, {
    subject: 'ขออนุมัติไปราชการ',
    addressee: 'รองเลขาธิการ',
    signer: 'รองเลขาธิการ',
    paragraphs: ['ด้วย มีความจำเป็นต้องเดินทางไปราชการ', 'จึงเรียนมาเพื่อโปรดพิจารณา'],
  })
  const faults = await faultsInBoth(page, 'memo')
  const file = join(place.work, 'หนังสือนำเข้า.pdf')
  writeFileSync(file, await memoFile())
  await office.importPdf(staff, file, { subject: 'ขออนุมัติไปราชการ', addressee: 'รองเลขาธิการ' })
  faults.push(...(await faultsInBoth(page, 'import')))
  await office.button(page, 'draft.saveAndPropose').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  faults.push(...(await faultsOf(page, 'propose', 'th')))
  await page.keyboard.press('Escape')
  expect(faults).toEqual([])
})

test('waiting work and the offline banner can be used by everyone at every size', async () => {
  const { page } = staff
  await place.stopServer()
  await proposeMemo(page, { subject: 'ขออนุมัติจัดซื้อวัสดุสำนักงาน', to: 'deputy' })
  await expect(office.connection(page)).toHaveAttribute('data-connection', 'offline', { timeout: 30_000 })
  await office.openWaitingWork(page)
  await expect(office.waitingRows(page)).toHaveCount(2)
  expect(await faultsInBoth(page, 'waiting')).toEqual([])
})
