import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { SAMPLE_PASSWORD } from '../../src/server/sampleOrganisation.ts'
import type { SarabanBridge } from '../../src/shared/contract/ipc.ts'
import type { RunningApp } from '../support/app/launch.ts'
import { proposeMemo } from '../support/app/letters.ts'
import * as office from '../support/app/office.ts'
import { openSampleOffice, type SampleOffice } from '../support/app/sampleOffice.ts'
import { missingMembers } from '../support/electron/members.ts'

const pin = 'Pin-7531-ไม่บอกใคร'
const subject = 'ขออนุมัติเดินทางไปราชการจังหวัดขอนแก่น'
const built = join(import.meta.dirname, '../../out')
let place: SampleOffice
let deputy: RunningApp

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  place = await openSampleOffice({ teerawat: pin })
  deputy = await place.open('teerawat')
})
test.afterAll(() => place.close())

/** What a call over the bridge is refused with, or 'answered'. */
const bridgeRefusal = (page: Page, channel: string, input?: unknown): Promise<string> =>
  page.evaluate(
    async ([name, value]) => {
      const { saraban } = window as unknown as {
        saraban: { call: (...asked: unknown[]) => Promise<unknown> }
      }
      return saraban.call(name, value).then(
        () => 'answered',
        (problem: Error) => problem.message,
      )
    },
    [channel, input] as const,
  )

/** What the page gets from an address: the status, or 'blocked'. */
const fetched = (page: Page, address: string): Promise<number | 'blocked'> =>
  page.evaluate(
    (url) =>
      fetch(url).then(
        (response) => response.status,
        () => 'blocked' as const,
      ),
    address,
  )

test('script that is written into the page does not run, nor does text turned into code', async () => {
  const ran = await deputy.page.evaluate(async () => {
    const violated = new Promise<string>((tell) =>
      document.addEventListener('securitypolicyviolation', (event) => tell(event.effectiveDirective), {
        once: true,
      }),
    )
    const script = document.createElement('script')
    script.textContent = 'window.smuggled = true'
    document.body.append(script)
    const directive = await violated
    let evaluated = false
    try {
      evaluated = new Function('return true')()
    } catch {
      evaluated = false
    }
    return { smuggled: 'smuggled' in window, evaluated, directive }
  })
  expect(ran).toEqual({ smuggled: false, evaluated: false, directive: 'script-src-elem' })
})

test('the page has no Node and no Electron, only the bridge', async () => {
  const seen = await deputy.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', 'global'].filter(
      (name) => name in globalThis,
    ),
  )
  expect(seen).toEqual([])
  const bridge = await deputy.page.evaluate(() =>
    Object.keys((window as unknown as { saraban: SarabanBridge }).saraban).sort(),
  )
  expect(bridge).toEqual(['call', 'on'])
})

test('the page cannot leave the app: no foreign address, no second window, no request to any network', async () => {
  const { page } = deputy
  const home = page.url()
  for (const leave of ['https://example.org/', `${place.server.url}/v1/health`, 'file:///etc/passwd']) {
    await page.evaluate((address) => {
      try {
        window.location.href = address
      } catch {
        // Some addresses are refused at once.
      }
    }, leave)
    await page.waitForTimeout(200)
    expect(page.url()).toBe(home)
  }
  expect(await page.evaluate(() => window.open('https://example.org/') === null)).toBe(true)
  expect(deputy.app.windows()).toHaveLength(1)
  expect(await fetched(page, 'https://example.org/')).toBe('blocked')
  expect(await fetched(page, `${place.server.url}/v1/organisation`)).toBe('blocked')
  await expect(office.navigation(page, 'nav.portal')).toBeVisible()
})

test('the app’s own addresses give nothing but its screens and the files of letters on this device', async () => {
  const { page } = deputy
  expect(await fetched(page, `app://saraban/file/${'0'.repeat(64)}`)).toBe(404)
  expect(await fetched(page, 'app://saraban/../main/index.cjs')).not.toBe(200)
  expect(await fetched(page, 'app://saraban/%2e%2e%2fmain%2findex.cjs')).not.toBe(200)
  expect(await fetched(page, 'app://saraban/file/..%2f..%2fetc%2fpasswd')).not.toBe(200)
})

test('the bridge refuses channels and inputs that the contract does not have', async () => {
  const { page } = deputy
  for (const channel of ['shell.open', 'toString', '__proto__', 'session.state ']) {
    expect(await bridgeRefusal(page, channel)).toContain('channel-unknown')
  }
  const malformed: readonly (readonly [string, unknown])[] = [
    ['letters.get', { letterId: '../../etc/passwd' }],
    ['letters.list', { folder: 'all', positionId: null }],
    ['files.drop', { name: 'หนังสือ.pdf', bytes: 'ไม่ใช่ไบต์' }],
    ['signing.sign', { pin: '123456' }],
    ['settings.set', { zoom: 99 }],
    ['outbox.discard', null],
  ]
  for (const [channel, input] of malformed) {
    expect(await bridgeRefusal(page, channel, input), channel).toContain('input-malformed')
  }
})

test('whatever the built app uses of Electron, the stand-in has', async () => {
  const files = ['main', 'preload'].flatMap((folder) =>
    readdirSync(join(built, folder))
      .filter((name) => name.endsWith('.cjs'))
      .map((name) => join(built, folder, name)),
  )
  expect(files.length).toBeGreaterThan(4)
  expect(await missingMembers(files)).toEqual([])
})

test('after a whole signing neither the PIN nor the password is in any file or in anything said', async () => {
  const staff = await place.open('somying')
  await proposeMemo(staff.page, { subject, to: 'deputy' })
  await office.openTray(deputy.page)
  await office.openLetter(deputy.page, subject)
  await office.openSignDialog(deputy.page)
  await expect(await office.enterPin(deputy.page, pin)).toBeVisible({ timeout: 60_000 })
  const offline = { SARABAN_SERVER: 'http://127.0.0.1:9' }
  await deputy.close()
  const again = await place.open('teerawat', { environment: offline })
  for (const app of [again, staff]) await app.close()
  await place.stopServer()

  const secrets = [pin, SAMPLE_PASSWORD]
  const folders = [place.profile('teerawat'), place.profile('somying'), join(place.work, 'server')]
  const files = folders.flatMap(filesBelow)
  expect(files.length).toBeGreaterThan(20)
  expect(files.filter((file) => holdsAny(readFileSync(file), secrets))).toEqual([])
  expect(holdsAny(Buffer.from(place.said()), secrets)).toBe(false)
})

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** Whether bytes hold one of the words, as UTF-8, UTF-16 or base64. */
const holdsAny = (bytes: Buffer, words: readonly string[]): boolean =>
  words.some((word) => {
    const text = Buffer.from(word)
    return (
      bytes.includes(text) ||
      bytes.includes(Buffer.from(word, 'utf16le')) ||
      bytes.includes(text.toString('base64').replace(/=+$/, '').slice(0, -1))
    )
  })
