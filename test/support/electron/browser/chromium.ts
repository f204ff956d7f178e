import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { DevToolsPipe, type DevToolsSession } from './devtoolsPipe.ts'
import { writePreferences } from './preferences.ts'
import { recordOwner, takeProfile } from './profileOwner.ts'
import { browserSwitches } from './switches.ts'

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** The system's browser: $SARABAN_CHROMIUM, else the first that is installed. */
function browserPath(): string {
  const path = process.env.SARABAN_CHROMIUM ?? CANDIDATES.find((each) => existsSync(each))
  if (path === undefined) throw new Error('no Chromium, Chrome or Edge was found; set SARABAN_CHROMIUM')
  return path
}

/**
 * Passes on where DevTools listens, which Playwright waits for; the rest of the browser's log, mostly about the
 * desktop services it misses, only with SARABAN_BROWSER_LOG=1.
 */
function passOnLog(log: Readable): void {
  const whole = process.env.SARABAN_BROWSER_LOG === '1'
  createInterface({ input: log }).on('line', (line) => {
    if (whole || line.startsWith('DevTools listening on ')) process.stderr.write(`${line}\n`)
  })
}

/** A running browser. */
export interface Chromium {
  readonly pipe: DevToolsPipe
  /** The browser's own session. */
  readonly root: DevToolsSession
  /** The target of the window that the browser opened at its start. */
  readonly firstTarget: Promise<string>
  /** Asks the browser to end, and after three seconds makes it; resolves when it is gone. */
  close(): Promise<void>
  /** Ends it at once, for a process that is about to exit. */
  kill(): void
}

async function firstPage(root: DevToolsSession): Promise<string> {
  const found = new Promise<string>((resolve) => {
    root.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.type === 'page') resolve(targetInfo.targetId)
    })
  })
  await root.send('Target.setDiscoverTargets', { discover: true })
  return found
}

async function closeBrowser(child: ChildProcess, root: DevToolsSession): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  root.send('Browser.close').catch(() => undefined)
  const timer = setTimeout(() => child.kill('SIGKILL'), 3000)
  await gone
  clearTimeout(timer)
}

/**
 * Starts the system's browser on `profile`. It speaks over a pipe that only this process holds, so it ends when
 * this process does, however that happens.
 */
export function launchChromium(profile: string, requested: readonly string[]): Chromium {
  takeProfile(profile)
  writePreferences(profile)
  const child = spawn(browserPath(), browserSwitches(profile, requested), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  })
  passOnLog(child.stderr!)
  if (child.pid !== undefined) recordOwner(profile, child.pid)
  const pipe = new DevToolsPipe(child.stdio[3] as Writable, child.stdio[4] as Readable)
  const root = pipe.session()
  return {
    pipe,
    root,
    firstTarget: firstPage(root),
    close: () => closeBrowser(child, root),
    kill: () => void child.kill('SIGKILL'),
  }
}
