import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { standInPath } from '../support/electron/executable.ts'
import { missingMembers, usedMembers } from '../support/electron/members.ts'

/** What the fixture's preload puts onto its page; see test/support/electron/fixture. */
interface Fixture {
  nested: { list: number[] }
  echo<Value>(value: Value): Promise<Value>
  sender(): Promise<string>
  fail(): Promise<never>
  secret(text: string): Promise<{ hidden: boolean; text: string }>
  choose(): Promise<string[]>
  print(): Promise<Uint8Array>
  child(message: object): Promise<{ code?: number; reply?: { type: string; digest: string } }>
  zoom(factor: number): Promise<void>
  refused(): Promise<string[]>
  add(left: number, right: number): number
  throwNow(): never
  notify(value: unknown): void
  push(size: number): void
  onChannel(channel: string, listener: (...values: never[]) => void): () => void
}
declare global {
  interface Window {
    fixture: Fixture
    inlineScriptRan?: boolean
    workerFetch(path: string): Promise<number[]>
    afterwards?: boolean
  }
  var fixture: Fixture
  var answers: Array<(value: string) => void> | undefined
  var secondStart: { argv: string[]; data: unknown } | undefined
}

const fixtureFolder = fileURLToPath(new URL('../support/electron/fixture', import.meta.url))
const environment = { ...process.env, SARABAN_NODE: process.execPath, SARABAN_HEADLESS: '1' } as Record<
  string,
  string
>
const folders: string[] = []

function newProfile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'))
  folders.push(folder)
  return folder
}

const launch = (profile: string): Promise<ElectronApplication> =>
  _electron.launch({
    executablePath: standInPath,
    args: [fixtureFolder, `--user-data-dir=${profile}`],
    env: environment,
  })

async function openPage(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow()
  await page.getByRole('heading', { name: 'สำนักงานหลักประกันสุขภาพแห่งชาติ' }).waitFor()
  return page
}

/** The living processes whose command line names the profile. */
function processesOn(profile: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile)
      } catch {
        return false
      }
    })
    .map(Number)
}

/** Waits on a loaded machine longer than the usual second. */
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 10_000 })

async function comesTrue(holds: () => boolean, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds
  while (!holds() && Date.now() < end) await pause(20)
  return holds()
}

let profile: string
let app: ElectronApplication
let page: Page

beforeAll(async () => {
  profile = newProfile()
  app = await launch(profile)
  page = await openPage(app)
})

afterAll(async () => {
  await app?.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

describe('messages between page and main process', () => {
  test('structured values come back as they were sent', async () => {
    const answer = await page.evaluate(async () => {
      const sent = {
        subject: 'ขอเชิญประชุมคณะกรรมการหลักประกันสุขภาพแห่งชาติ',
        at: new Date(Date.UTC(2026, 10, 23)),
        legs: new Map([['ผอ.', new Set([1, 2])]]),
        bytes: new Uint8Array([1, 2, 3]),
        halves: new Float64Array([0.5, -0]),
        nothing: undefined,
        none: null,
        notANumber: Number.NaN,
        large: 2n ** 70n,
        $: 'a key of its own',
      }
      const back = await window.fixture.echo(sent)
      return {
        subject: back.subject === sent.subject,
        at: back.at instanceof Date && back.at.getTime() === sent.at.getTime(),
        legs: back.legs.get('ผอ.')?.has(2),
        bytes: [back.bytes instanceof Uint8Array, ...back.bytes],
        halves: back.halves instanceof Float64Array && Object.is(back.halves[1], -0),
        nothing: 'nothing' in back && back.nothing === undefined,
        none: back.none,
        notANumber: Number.isNaN(back.notANumber),
        large: back.large === sent.large,
        $: back.$,
      }
    })
    expect(answer).toEqual({
      subject: true,
      at: true,
      legs: true,
      bytes: [true, 1, 2, 3],
      halves: true,
      nothing: true,
      none: null,
      notANumber: true,
      large: true,
      $: 'a key of its own',
    })
  })

  test('the sender of a message is named by its app address', async () => {
    expect(await page.evaluate(() => window.fixture.sender())).toBe('app://local/index.html')
  })

  test('an event pushed to the page reaches its listener until that is removed', async () => {
    const received = await page.evaluate(async () => {
      const seen: unknown[] = []
      const once = () =>
        new Promise<void>((resolve) => {
          const stop = window.fixture.onChannel('notified', ((message: {
            value: string
            at: Date
            bytes: Uint8Array
          }) => {
            seen.push([message.value, message.at.getTime(), ...message.bytes])
            stop()
            resolve()
          }) as never)
        })
      const first = once()
      window.fixture.notify('หนังสือเข้าใหม่')
      await first
      window.fixture.notify('ไม่มีผู้รับ')
      await window.fixture.echo(0)
      return seen
    })
    expect(received).toEqual([['หนังสือเข้าใหม่', 0, 1, 2, 3]])
  })

  test('twenty megabytes go there and back unchanged', async () => {
    const same = await page.evaluate(async () => {
      const sent = new Uint8Array(20 * 1024 * 1024)
      for (let start = 0; start < sent.length; start += 65_536) {
        crypto.getRandomValues(sent.subarray(start, start + 65_536))
      }
      const back = await window.fixture.echo(sent)
      const digests = await Promise.all([sent, back].map((bytes) => crypto.subtle.digest('SHA-256', bytes)))
      const [left, right] = digests.map((digest) => new Uint8Array(digest).toString())
      return back.byteLength === sent.byteLength && left === right
    })
    expect(same).toBe(true)
  })

  test('a small message stays behind the large one that was sent before it', async () => {
    const order = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const seen: unknown[] = []
          window.fixture.onChannel('pushed', ((name: string, bytes: Uint8Array) => {
            seen.push([name, bytes.byteLength])
            if (seen.length === 2) resolve(seen)
          }) as never)
          window.fixture.push(5_000_000)
        }),
    )
    expect(order).toEqual([
      ['first', 5_000_000],
      ['second', 1],
    ])
    expect(await comesTrue(() => readdirSync(join(profile, 'messages')).length === 0, 2000)).toBe(true)
  })

  test('an answer that comes after a reload does not reach the new document', async () => {
    await app.evaluate(({ ipcMain }) => {
      const answers: Array<(value: string) => void> = []
      globalThis.answers = answers
      ipcMain.removeHandler('choose')
      ipcMain.handle('choose', () => new Promise((resolve) => answers.push(resolve)))
    })
    const reload = () =>
      app.evaluate(({ BrowserWindow }) => {
        const { webContents } = BrowserWindow.getAllWindows()[0]!
        const loaded = new Promise<void>((resolve) => webContents.once('did-finish-load', () => resolve()))
        webContents.reload()
        return loaded
      })
    await reload()
    const ask = () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript('fixture.choose()'),
      )
    void ask().catch(() => 'its document is gone')
    await eventually(() => app.evaluate(() => globalThis.answers?.length)).toBe(1)
    await reload()
    const second = ask()
    await eventually(() => app.evaluate(() => globalThis.answers?.length)).toBe(2)
    await app.evaluate(() => {
      globalThis.answers?.[0]?.('คำตอบเก่า')
      globalThis.answers?.[1]?.('คำตอบใหม่')
    })
    expect(await second).toBe('คำตอบใหม่')
    await app.evaluate(({ dialog, ipcMain }) => {
      ipcMain.removeHandler('choose')
      ipcMain.handle('choose', async () => (await dialog.showOpenDialog({})).filePaths)
    })
  })

  test('what a handler throws rejects the call with its message', async () => {
    const message = await page.evaluate(() => window.fixture.fail().catch((error: Error) => error.message))
    expect(message).toBe("Error invoking remote method 'fail': RangeError: เลขทะเบียนไม่ถูกต้อง")
  })

  test('functions of the preload answer and throw at once', async () => {
    const answer = await page.evaluate(() => {
      try {
        window.fixture.throwNow()
      } catch (error) {
        return [window.fixture.add(2, 3), (error as Error).name, (error as Error).message]
      }
    })
    expect(answer).toEqual([5, 'TypeError', 'ไม่อนุญาต'])
  })
})

describe('the page is shut in', () => {
  test('it has no Node, no DevTools binding, and cannot change what the preload gave', async () => {
    const found = await page.evaluate(() => ({
      globals: ['require', 'process', 'module', '__standIn', '__standInInbox'].filter(
        (name) => name in window,
      ),
      frozen: [window.fixture, window.fixture.nested, window.fixture.nested.list].every(Object.isFrozen),
      writable: Reflect.set(window, 'fixture', null),
    }))
    expect(found).toEqual({ globals: [], frozen: true, writable: false })
  })

  test('the content security policy blocks an inline script', async () => {
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.afterwards = true'
      document.head.append(script)
      return [window.inlineScriptRan, window.afterwards]
    })
    expect(ran).toEqual([undefined, undefined])
  })

  test('a foreign address is neither navigated to, opened nor fetched', async () => {
    const before = app.windows().length
    const answers = await page.evaluate(async () => {
      const fetched = await fetch('https://example.com/').catch((error: Error) => error.name)
      const opened = window.open('https://example.com/opened')
      location.href = 'https://example.com/navigated'
      return [fetched, opened]
    })
    expect(answers).toEqual(['TypeError', null])
    await page.getByRole('link').click()
    const wanted = ['https://example.com/', 'https://example.com/navigated', 'https://example.com/opened']
    await expect
      .poll(async () => (await page.evaluate(() => window.fixture.refused())).sort())
      .toEqual(wanted)
    await eventually(() => app.windows().length).toBe(before)
    expect(await page.getByRole('heading').isVisible()).toBe(true)
  })

  test("permissions are what the session's handler answers", async () => {
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'clipboard-write'] as PermissionName[]
      return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state))
    })
    expect(states).toEqual(['denied', 'denied', 'granted'])
  })
})

describe('files served by the app', () => {
  test('a page and its worker get the range they ask for', async () => {
    const fromWorker = await page.evaluate(() => window.workerFetch('/large.pdf?size=1000'))
    expect(fromWorker).toEqual([206, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
    const range = await page.evaluate(async () => {
      const response = await fetch('/large.pdf?size=52428800', {
        headers: { range: 'bytes=1000000-1999999' },
      })
      const bytes = new Uint8Array(await response.arrayBuffer())
      return [response.status, response.headers.get('content-range'), bytes.length, bytes[0], response.url]
    })
    const address = 'https://local.app.invalid/large.pdf?size=52428800'
    expect(range).toEqual([206, 'bytes 1000000-1999999/52428800', 1_000_000, 1_000_000 % 251, address])
  })

  test("the app's own addresses work as they are written, by fetch, XMLHttpRequest and image", async () => {
    const answers = await page.evaluate(async () => {
      const fetched = await fetch('app://local/large.pdf?size=3')
      const request = new XMLHttpRequest()
      const loaded = new Promise((resolve) => request.addEventListener('loadend', resolve))
      request.open('GET', 'app://local/large.pdf?size=4')
      request.send()
      await loaded
      const image = document.createElement('img')
      const shown = new Promise((resolve) => image.addEventListener('load', resolve))
      image.setAttribute('src', 'app://local/seal.svg')
      await shown
      return [(await fetched.arrayBuffer()).byteLength, request.response.length, image.naturalWidth]
    })
    expect(answers).toEqual([3, 4, 24])
  })

  test('fifty megabytes arrive as a stream with their length', async () => {
    const answer = await page.evaluate(async () => {
      const response = await fetch('/large.pdf?size=52428800')
      const length = response.headers.get('content-length')
      return [response.status, length, (await response.arrayBuffer()).byteLength]
    })
    expect(answer).toEqual([200, '52428800', 52_428_800])
  })

  test('nothing that was served stays in a cache on the disk', () => {
    const kept = readdirSync(join(profile, 'browser-profile'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /Cache_Data|Media Cache/.test(entry.parentPath))
      .filter((entry) => statSync(join(entry.parentPath, entry.name)).size > 500_000)
    expect(kept.map(({ name }) => name)).toEqual([])
  })

  test('a download that is given up leaves the app answering', async () => {
    const outcome = await page.evaluate(async () => {
      const giveUp = new AbortController()
      const response = await fetch('/large.pdf?size=52428800', { signal: giveUp.signal })
      const reader = response.body!.getReader()
      await reader.read()
      giveUp.abort()
      const failure = await reader.read().catch((error: Error) => error.name)
      const posted = await fetch('/echo', { method: 'POST', body: new Uint8Array([1, 2, 3]) })
      return [failure, [...new Uint8Array(await posted.arrayBuffer())]]
    })
    expect(outcome).toEqual(['AbortError', [1, 2, 3]])
  })
})

describe("Electron's modules", () => {
  test('the app says its name, version and profile', async () => {
    const said = await app.evaluate(({ app }) => [app.getName(), app.getVersion(), app.getPath('userData')])
    expect(said).toEqual(['Stand-in Fixture', '1.2.3', profile])
  })

  test('safeStorage hides a text and gives it back, with a key only its owner can read', async () => {
    const answer = await page.evaluate(() => window.fixture.secret('รหัสผ่าน ✓'))
    expect(answer).toEqual({ hidden: true, text: 'รหัสผ่าน ✓' })
    expect(statSync(join(profile, 'safe-storage-key')).mode & 0o777).toBe(0o600)
  })

  test('a dialog is cancelled, unless a test answers it', async () => {
    expect(await page.evaluate(() => window.fixture.choose())).toEqual([])
    await app.evaluate(({ dialog }) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/หนังสือ.pdf'] })
    })
    expect(await page.evaluate(() => window.fixture.choose())).toEqual(['/หนังสือ.pdf'])
  })

  test('a utility process answers; killed or crashed, it leaves the app alive', async () => {
    const answers = await page.evaluate(async () => [
      await window.fixture.child({ bytes: new TextEncoder().encode('abc') }),
      await window.fixture.child({ signal: 'SIGSEGV' }),
      await window.fixture.child({ signal: 'SIGKILL' }),
      await window.fixture.child({ exit: 3 }),
      await window.fixture.echo('ยังอยู่'),
    ])
    const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(answers).toEqual([
      { reply: { type: 'Uint8Array', digest } },
      { code: 11 },
      { code: 9 },
      { code: 3 },
      'ยังอยู่',
    ])
  })

  test('zooming gives the page fewer, larger pixels, and clicks still land', async () => {
    const size = () => page.evaluate(() => [innerWidth, devicePixelRatio])
    await page.evaluate(() => window.fixture.zoom(1.5))
    await eventually(size).toEqual([600, 1.5])
    await page.getByRole('button', { name: 'ลงรับ' }).click()
    expect(await page.locator('output').textContent()).toBe('ลงรับแล้ว 1')
    await page.evaluate(() => window.fixture.zoom(1))
    await eventually(size).toEqual([900, 1])
  })

  test('a page is printed to a PDF of the asked size', async () => {
    const printed = await page.evaluate(async () => [...(await window.fixture.print())])
    const text = Buffer.from(printed).toString('latin1')
    expect(text.slice(0, 5)).toBe('%PDF-')
    expect(text).toMatch(/\/MediaBox \[0 0 59[45][\d.]* 84[12][\d.]*\]/)
  })

  test("a window knows its page's title, its size and its minimum", async () => {
    const window = await app.browserWindow(page)
    await eventually(() => window.evaluate((each) => each.getTitle())).toBe('ทะเบียนหนังสือรับ')
    await window.evaluate((each) => each.setSize(1024, 700))
    await eventually(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([1024, 700])
    await window.evaluate((each) => each.setSize(900, 640))
    await eventually(() => page.evaluate(() => innerWidth)).toBe(900)
  })

  test('what the stand-in lacks throws by its name', async () => {
    const messages = await app.evaluate((electron) => {
      const message = (read: () => unknown): string => {
        try {
          return `found ${read()}`
        } catch (error) {
          return (error as Error).message
        }
      }
      const [window] = electron.BrowserWindow.getAllWindows()
      return [
        message(() => electron.Tray),
        message(() => electron.app.setBadgeCount),
        message(() => window!.setVibrancy),
      ]
    })
    expect(messages).toEqual(
      ['electron.Tray', 'app.setBadgeCount', 'BrowserWindow.setVibrancy'].map(
        (name) => `the Electron stand-in does not implement ${name}`,
      ),
    )
  })
})

describe('starting and ending', () => {
  test('a second start tells the first and leaves', async () => {
    const second = spawn(standInPath, [fixtureFolder, `--user-data-dir=${profile}`, '--letter=7'], {
      env: environment,
    })
    const said: Buffer[] = []
    second.stdout.on('data', (bytes: Buffer) => said.push(bytes))
    const code = await new Promise((resolve) => second.once('exit', resolve))
    expect([code, Buffer.concat(said).toString().trim()]).toEqual([0, 'second instance leaves'])
    const told = await app.evaluate(() => globalThis.secondStart)
    expect(told?.argv).toContain('--letter=7')
    expect(told?.data).toEqual({ letter: 'ที่ สปสช. ๑/๒๕๖๙' })
  })

  test('a killed app leaves no browser behind, and its profile starts again at once', async () => {
    const killed = newProfile()
    const first = await launch(killed)
    await openPage(first)
    expect(processesOn(killed).length).toBeGreaterThan(2)
    process.kill(first.process().pid!, 'SIGKILL')
    const again = await launch(killed)
    await openPage(again)
    expect(await again.evaluate(({ app }) => app.requestSingleInstanceLock())).toBe(true)
    process.kill(again.process().pid!, 'SIGKILL')
    expect(await comesTrue(() => processesOn(killed).length === 0, 5000)).toBe(true)
  })

  test('a crashed page is told to the app, which can load it again', async () => {
    const crashing = newProfile()
    const own = await launch(crashing)
    await openPage(own)
    const reason = await own.evaluate(async ({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!
      const gone = new Promise<string>((resolve) => {
        webContents.once('render-process-gone', (_event, details) => resolve(details.reason))
      })
      const loaded = new Promise<void>((resolve) => webContents.once('did-finish-load', () => resolve()))
      webContents.forcefullyCrashRenderer()
      const told = await gone
      webContents.reload()
      await loaded
      return [told, await webContents.executeJavaScript('fixture.echo("กลับมาแล้ว")')]
    })
    expect(reason).toEqual(['crashed', 'กลับมาแล้ว'])
    await own.close()
  })

  test('an app may finish its work when a person has closed its window', async () => {
    const closed = newProfile()
    const own = await launch(closed)
    const ownPage = await openPage(own)
    await own.evaluate(({ app, BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]!.once('close', (event) => {
        event.preventDefault()
        setTimeout(() => app.exit(7), 200)
      })
    })
    const ended = new Promise((resolve) => own.process().once('exit', resolve))
    const devTools = await ownPage.context().newCDPSession(ownPage)
    await devTools.send('Page.close').catch(() => undefined)
    expect(await ended).toBe(7)
  })

  test('closing the last window ends app and browser', async () => {
    const closed = newProfile()
    const own = await launch(closed)
    await openPage(own)
    const ended = new Promise((resolve) => own.process().once('exit', resolve))
    await own
      .evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close())
      .catch(() => undefined)
    expect(await ended).toBe(0)
    expect(await comesTrue(() => processesOn(closed).length === 0, 2000)).toBe(true)
  })
})

describe('members that a built app uses', () => {
  const main = join(fixtureFolder, 'main.cjs')

  test('the fixture uses only what is there', async () => {
    expect(await missingMembers([main, join(fixtureFolder, 'preload', 'index.cjs')])).toEqual([])
  })

  test('bundled, destructured and imported uses are all seen', () => {
    const bundled = 'let electron = require("electron");\nelectron.app.setBadgeCount(1); new electron.Tray()'
    expect(usedMembers(bundled)).toEqual(['Tray', 'app.setBadgeCount'])
    expect(usedMembers("const { app: a, Tray } = require('electron'); a.quit()")).toEqual([
      'Tray',
      'app',
      'app.quit',
    ])
    expect(usedMembers("import { net as n } from 'electron/main'\nn.request()")).toEqual([
      'net',
      'net.request',
    ])
  })

  test('what is missing is named with its file, for main and preload apart', async () => {
    const built = newProfile()
    mkdirSync(join(built, 'preload'))
    const files = [join(built, 'index.cjs'), join(built, 'preload', 'index.cjs')]
    for (const file of files) {
      writeFileSync(
        file,
        'let e = require("electron");\ne.app.quit(); e.app.dock; e.ipcRenderer.sendSync; e.ipcRenderer.on',
      )
    }
    expect(await missingMembers(files)).toEqual([
      { file: files[0], member: 'app.dock' },
      { file: files[0], member: 'ipcRenderer.on' },
      { file: files[0], member: 'ipcRenderer.sendSync' },
      { file: files[1], member: 'app.dock' },
      { file: files[1], member: 'app.quit' },
      { file: files[1], member: 'ipcRenderer.sendSync' },
    ])
  })
})
