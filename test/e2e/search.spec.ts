import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { axeViolations, layoutFaults } from '../support/app/accessible.ts'
import type { RunningApp } from '../support/app/launch.ts'
import { proposeMemo } from '../support/app/letters.ts'
import * as office from '../support/app/office.ts'
import { openSampleOffice, type SampleOffice } from '../support/app/sampleOffice.ts'

const meeting = 'ขออนุมัติจัดประชุมเชิงปฏิบัติการชี้แจงหลักเกณฑ์กองทุน ปีงบประมาณ ๒๕๗๐'
const travel = 'ขออนุมัติไปราชการต่างจังหวัด เพื่อติดตามงบลงทุน'
const sizes = [
  { width: 1440, height: 900 },
  { width: 1366, height: 768 },
  { width: 720, height: 450 },
] as const
/** Where the pictures go, when somebody wants to look at them. */
const pictures = process.env.SARABAN_PICTURES
let place: SampleOffice
let staff: RunningApp

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  place = await openSampleOffice()
  staff = await place.open('somying')
  for (const subject of [meeting, travel]) await proposeMemo(staff.page, { subject, to: 'deputy' })
})
test.afterAll(() => place.close())

const field = (page: Page) => page.getByRole('searchbox', { name: office.text('search.label') })
const rows = (page: Page) => page.getByTestId('found-row')
const marked = (page: Page) => rows(page).locator('mark').allTextContents()

test('Ctrl F searches from any screen while typing, and marks the words as they are written', async () => {
  const { page } = staff
  await page.keyboard.press('Control+KeyF')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('งบ 2570')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText(meeting)
  expect(await marked(page)).toEqual(['งบ', '๒๕๗๐'])
  await field(page).fill('งบ')
  await expect(rows(page)).toHaveCount(2)
  await expect(page.getByTestId('search-total')).toHaveText('พบ 2 ฉบับ')
  await field(page).fill('รองเลขาธิการ ราชการ')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText(office.text('search.field.addressee'))
})

test('the keyboard alone goes down to what was found, opens it, and comes back', async () => {
  const { page } = staff
  await field(page).fill('ขออนุมัติ')
  await expect(rows(page)).toHaveCount(2)
  await page.keyboard.press('ArrowDown')
  await expect(rows(page).nth(0)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(rows(page).nth(1)).toHaveAttribute('aria-current', 'true')
  await expect(office.renderedPage(page)).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Escape')
  await expect(field(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(rows(page).nth(0)).toHaveAttribute('aria-current', 'true')
})

test('filters narrow what was found, and a press on their chip takes them off', async () => {
  const { page } = staff
  await office.button(page, 'search.filters').click()
  await page.getByLabel(office.text('search.stage'), { exact: true }).selectOption('signed')
  await expect(page.getByText(office.text('search.none'))).toBeVisible()
  await page
    .getByRole('button', {
      name: office.text('search.filterOff').replace('{filter}', office.text('search.stage.signed')),
    })
    .click()
  await expect(rows(page)).toHaveCount(2)
  await page.getByLabel(office.text('search.to'), { exact: true }).fill('๑๕ ม.ค. ๒๕๖๐')
  await page.keyboard.press('Enter')
  await expect(page.getByText(office.text('search.none'))).toBeVisible()
  await page.getByLabel(office.text('search.from'), { exact: true }).fill('อะไร')
  await page.keyboard.press('Enter')
  await expect(page.getByText(office.text('search.dayWrong'))).toBeVisible()
  await page.locator('.filter-chip').click()
  await expect(rows(page)).toHaveCount(2)
})

test('search can be used by everyone at every size', async () => {
  const { page } = staff
  await field(page).fill('งบ')
  await expect(rows(page)).toHaveCount(2)
  const faults: string[] = []
  for (const language of ['en', 'th'] as const) {
    await page.locator('.person-button').click()
    await page
      .locator('.person-menu')
      .getByText(office.text(`language.${language}`))
      .click()
    await page.keyboard.press('Escape')
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    for (const size of sizes) {
      await page.setViewportSize(size)
      await page.evaluate(() => document.fonts.ready)
      const found = [...(await layoutFaults(page)), ...(await axeViolations(page))]
      faults.push(...found.map((fault) => `${language} ${size.width}: ${fault}`))
      if (pictures) await office.picture(page, join(pictures, `search-${language}-${size.width}.png`))
      await expect(page.getByRole('searchbox')).toBeVisible()
    }
    await page.setViewportSize(sizes[0])
  }
  expect(faults).toEqual([])
})

test('what was searched for is remembered on this device, until it is cleared', async () => {
  const { page } = staff
  await field(page).fill('')
  await expect(page.getByRole('button', { name: 'ขออนุมัติ', exact: true })).toBeVisible()
  if (pictures) await office.picture(page, join(pictures, 'search-recent.png'))
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'ขออนุมัติ', exact: true }).click()
  await expect(rows(page)).toHaveCount(2)
  await field(page).fill('')
  await office.button(page, 'search.forget').click()
  await expect(page.getByText(office.text('search.begin'))).toBeVisible()
  await field(page).press('Escape')
  await expect(page.getByTestId('search-total')).toBeHidden()
})
