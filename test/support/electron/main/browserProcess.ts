import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Chromium, launchChromium } from '../browser/chromium.ts'
import { requestedSwitches } from './commandLine.ts'
import { relayTargets } from './targetEvents.ts'

let running: Chromium | undefined
let firstWindowGiven = false
const onGone = new Set<() => void>()

/** Calls `listener` when the browser ends, asked or not. */
export function whenBrowserGone(listener: () => void): void {
  onGone.add(listener)
}

/** Where large messages lie until their page has read them. */
export const messageFolder = (userData: string): string => join(userData, 'messages')

/** Starts the browser on a profile below `userData`, unless it runs. */
export function startBrowser(userData: string): Chromium {
  if (running) return running
  // A killed app leaves what its pages had not read yet.
  rmSync(messageFolder(userData), { recursive: true, force: true })
  const browser = launchChromium(join(userData, 'browser-profile'), requestedSwitches())
  running = browser
  relayTargets(browser.root)
  firstWindowGiven = false
  process.once('exit', () => browser.kill())
  browser.pipe.onClosed(() => {
    if (running === browser) running = undefined
    for (const listener of onGone) listener()
  })
  return browser
}

/** The browser that was started; throws before `ready`. */
export function runningBrowser(): Chromium {
  if (!running) throw new Error('Cannot create BrowserWindow before app is ready')
  return running
}

/** A page target for a new window: the one that the browser opened at its start, then further ones. */
export async function openTarget(width: number, height: number, show: boolean): Promise<string> {
  const browser = runningBrowser()
  if (!firstWindowGiven) {
    firstWindowGiven = true
    return browser.firstTarget
  }
  const windowState = show ? 'normal' : 'minimized'
  const options = { url: 'about:blank', newWindow: true, width, height, windowState } as const
  return (await browser.root.send('Target.createTarget', options)).targetId
}

/** Ends the browser, if it runs, and waits until it is gone. */
export async function closeBrowser(): Promise<void> {
  await running?.close()
}
