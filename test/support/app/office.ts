import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { SAMPLE_PASSWORD } from '../../../src/server/sampleOrganisation.ts'
import type { RunningApp } from './launch.ts'

const texts = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../resources/texts/th.json'), 'utf8'),
) as Record<string, string>

/** A screen text in Thai; throws for a key that does not exist. */
export function text(key: string): string {
  const found = texts[key]
  if (found === undefined) throw new Error(`there is no screen text ${key}`)
  return found
}

/** The button with a screen text. */
export const button = (within: Page | Locator, key: string): Locator =>
  within.getByRole('button', { name: text(key), exact: true })

/** Signs a person of the sample organisation in and waits for the portal. */
export async function signIn(page: Page, personId: string, password = SAMPLE_PASSWORD): Promise<void> {
  await page.getByLabel(text('signIn.username'), { exact: true }).fill(personId)
  await page.getByLabel(text('signIn.password'), { exact: true }).fill(password)
  await button(page, 'signIn.submit').click()
  await expect(navigation(page, 'nav.portal')).toBeVisible()
}

/** A place in the side bar. */
export const navigation = (page: Page, key: string): Locator =>
  page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${text(key)}`) })
    .first()

/** What a letter made by the app says. */
export interface MemoText {
  readonly subject: string
  readonly addressee: string
  readonly paragraphs: readonly string[]
  readonly signer: string
}

/** Writes a memo in the app (Draft → เขียนบันทึกข้อความ) up to the preview of its PDF. */
export async function writeMemo(page: Page, memo: MemoText): Promise<void> {
  await navigation(page, 'nav.drafts').click()
  await button(page, 'draft.memo').first().click()
  await page.getByLabel(text('draft.subject')).fill(memo.subject)
  await page.getByLabel(text('draft.addressee')).fill(memo.addressee)
  await page.getByLabel(text('draft.paragraphs')).fill(memo.paragraphs.join('\n\n'))
  await choosePosition(page, text('draft.signer'), memo.signer)
  await button(page, 'draft.preview').click()
  await expect(renderedPage(page)).toBeVisible({ timeout: 30_000 })
}

/** Imports a PDF through the system's file dialog, which answers with `file`, up to its preview. Throws a refusal. */
export async function importPdf(
  { app, page }: RunningApp,
  file: string,
  details: { subject: string; addressee: string },
): Promise<void> {
  await navigation(page, 'nav.drafts').click()
  await chooseFile({ app, page }, file)
  const refused = page.getByRole('alert')
  await expect(renderedPage(page).or(refused).first()).toBeVisible({ timeout: 60_000 })
  if (await refused.isVisible()) {
    throw new Error((await refused.locator('> div').allTextContents()).join('\n    '))
  }
  await page.getByLabel(text('draft.subject')).fill(details.subject)
  await page.getByLabel(text('draft.addressee')).fill(details.addressee)
}

/** Presses นำเข้า PDF (or เลือกไฟล์อื่น) with a file dialog that answers with `file`. */
export async function chooseFile(
  { app, page }: Pick<RunningApp, 'app' | 'page'>,
  file: string,
  key: 'draft.import' | 'draft.chooseAnother' = 'draft.import',
) {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, file)
  await button(page, key).first().click()
}

/** Saves the draft on the screen and proposes it to a position. */
export async function saveAndPropose(page: Page, position: string, urgency = 'urgent'): Promise<void> {
  await page.getByLabel(text('draft.urgency')).selectOption(urgency)
  await button(page, 'draft.saveAndPropose').click()
  const dialog = page.getByRole('dialog')
  await choosePosition(page, text('route.position'), position)
  await button(dialog, 'route.propose').click()
  await expect(dialog).toBeHidden()
}

/** Types a position into a position field and takes the first match. */
async function choosePosition(page: Page, label: string, position: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label })
  await field.click()
  await field.fill(position)
  await page
    .getByRole('option', { name: new RegExp(`^${position}`) })
    .first()
    .click()
}

/** Opens a folder of the In-tray; `title` is the position whose tray it is. */
export async function openTray(page: Page): Promise<void> {
  await navigation(page, 'nav.intray').click()
}

/** Opens the tray of one of the positions that the person acts for. */
export async function openTrayOf(page: Page, position: string): Promise<void> {
  await openTray(page)
  await page
    .getByRole('button', { name: new RegExp(`^${position}`) })
    .first()
    .click()
}

/** The row of a letter in the list on the screen. */
export const letterRow = (page: Page, subject: string): Locator =>
  page.getByTestId('letter-row').filter({ hasText: subject }).first()

/** A page of a PDF that pdf.js has painted. */
export const renderedPage = (page: Page): Locator =>
  page.locator('[data-testid="pdf-page"][data-rendered="true"]').first()

/** Opens a letter of the list and waits for pdf.js to paint its first page. */
export async function openLetter(page: Page, subject: string): Promise<void> {
  await letterRow(page, subject).click({ timeout: 30_000 })
  await expect(renderedPage(page)).toBeVisible({ timeout: 60_000 })
}

/** Opens the sign dialog of the letter on the screen and waits until it knows token and places. */
export async function openSignDialog(page: Page): Promise<Locator> {
  await button(page, 'letter.sign').click()
  const dialog = page.getByTestId('sign-dialog')
  await expect(pinField(dialog)).toBeEnabled({ timeout: 30_000 })
  await expect(dialog.locator('canvas[data-rendered="true"]')).toBeVisible({ timeout: 30_000 })
  return dialog
}

/** The PIN field of the sign dialog. */
export const pinField = (dialog: Locator): Locator => dialog.getByLabel(text('sign.pin'), { exact: true })

/** Types the PIN and signs; returns the result panel. */
export async function enterPin(page: Page, pin: string): Promise<Locator> {
  const dialog = page.getByTestId('sign-dialog')
  await pinField(dialog).fill(pin)
  await pinField(dialog).press('Enter')
  return page.getByTestId('sign-result')
}

/** Forwards the letter on the screen to a position. */
export async function forwardTo(page: Page, position: string, note: string): Promise<void> {
  await button(page, 'letter.forward').click()
  const dialog = page.getByRole('dialog')
  await choosePosition(page, text('route.position'), position)
  await dialog.getByLabel(text('route.note')).fill(note)
  await button(dialog, 'route.forward').click()
  await expect(dialog).toBeHidden()
}

/** Opens a tab of the letter on the screen: หนังสือ, เส้นทาง or ลายมือชื่อ. */
export async function openTab(
  page: Page,
  key: 'letter.tabPage' | 'letter.tabRoute' | 'letter.tabSignatures',
) {
  await page.getByRole('tab', { name: new RegExp(`^${text(key)}`) }).click()
}

/** Saves a copy of the letter on the screen through the system's dialog and returns its bytes. */
export async function saveCopy({ app, page }: Pick<RunningApp, 'app' | 'page'>, path: string) {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)
  await openTab(page, 'letter.tabPage')
  await button(page, 'letter.saveCopy').click()
  await expect(page.getByText(text('letter.saved'))).toBeVisible()
  return readFileSync(path)
}

/** Takes a picture of the screen. */
export async function picture(page: Page, path: string): Promise<void> {
  writeFileSync(path, await page.screenshot())
}

/** The connection as the title bar shows it, with the number of waiting commands. */
export const connection = (page: Page): Locator => page.getByTestId('sync-state').first()

/** Opens the list of waiting work from the title bar. */
export async function openWaitingWork(page: Page): Promise<void> {
  await page.getByTitle(text('sync.open')).click()
  await expect(page.getByRole('heading', { name: text('waitingWork.title'), exact: true })).toBeVisible()
}

/** The commands that the server has not answered. */
export const waitingRows = (page: Page): Locator => page.getByTestId('waiting-row')

/** Opens a folder of the tray or of one's own letters. */
export async function openFolder(page: Page, key: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`^${text(key)}`) })
    .first()
    .click()
}

/** Returns the letter on the screen with a reason. */
export async function returnLetter(page: Page, reason: string): Promise<void> {
  await button(page, 'letter.return').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(text('route.reason')).fill(reason)
  await button(dialog, 'route.return').click()
  await expect(dialog).toBeHidden()
}
