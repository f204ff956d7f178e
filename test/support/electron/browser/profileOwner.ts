import { lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const OWNER_FILE = 'stand-in-owner.json'

interface Owner {
  readonly launcher: number
  readonly browser: number
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** The command line of a process; empty once it has exited, also while it is a zombie. */
function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** Whether `pid` is a browser on this profile, and not a later process that got the same number. */
const isBrowserOn = (pid: number, profile: string): boolean =>
  isAlive(pid) && commandLineOf(pid).includes(`--user-data-dir=${profile}`)

function readOwner(profile: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(join(profile, OWNER_FILE), 'utf8')) as Owner
  } catch {
    return undefined
  }
}

/** The browser that Chromium's own lock names (`host-pid`), also when it died before it was recorded. */
function lockHolder(profile: string): number | undefined {
  try {
    return Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1))
  } catch {
    return undefined
  }
}

const pause = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

/**
 * Makes the profile folder usable now: ends a browser whose launcher was killed and that is still on its way
 * out, and clears its lock. Throws when another living launcher uses the profile.
 */
export function takeProfile(profile: string): void {
  mkdirSync(profile, { recursive: true })
  const owner = readOwner(profile)
  if (
    owner &&
    owner.launcher !== process.pid &&
    isAlive(owner.launcher) &&
    isBrowserOn(owner.browser, profile)
  ) {
    throw new Error(`the profile ${profile} is in use by process ${owner.launcher}`)
  }
  for (const pid of [owner?.browser, lockHolder(profile)]) {
    if (pid === undefined || !isBrowserOn(pid, profile)) continue
    process.kill(pid, 'SIGKILL')
    for (let tries = 0; tries < 500 && isBrowserOn(pid, profile); tries += 1) pause(10)
  }
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) {
    const path = join(profile, name)
    if (lstatSync(path, { throwIfNoEntry: false })) rmSync(path, { force: true })
  }
}

/** Notes which launcher runs which browser on the profile. */
export function recordOwner(profile: string, browser: number): void {
  const owner: Owner = { launcher: process.pid, browser }
  writeFileSync(join(profile, OWNER_FILE), JSON.stringify(owner))
}
