import type * as Electron from 'electron'
import type { DevToolsSession, Protocol } from '../browser/devtoolsPipe.ts'

export type CheckHandler = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>
export type RequestHandler = NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>
type Permission = Parameters<RequestHandler>[1]
type Descriptor = Protocol.Browser.PermissionDescriptor

/** Electron's permissions that Chromium lets a DevTools client decide, in its own words. */
const DECIDABLE: ReadonlyArray<readonly [Permission, readonly Descriptor[]]> = [
  ['geolocation', [{ name: 'geolocation' }]],
  ['notifications', [{ name: 'notifications' }]],
  ['media', [{ name: 'camera' }, { name: 'microphone' }]],
  ['midi', [{ name: 'midi' }]],
  ['midiSysex', [{ name: 'midi', sysex: true }]],
  ['clipboard-read', [{ name: 'clipboard-read' }]],
  ['clipboard-sanitized-write', [{ name: 'clipboard-write' }]],
  ['display-capture', [{ name: 'display-capture' }]],
  ['idle-detection', [{ name: 'idle-detection' }]],
  ['local-fonts', [{ name: 'local-fonts' }]],
  ['persistent-storage', [{ name: 'persistent-storage' }]],
  ['screen-wake-lock', [{ name: 'screen-wake-lock' }]],
  ['storage-access', [{ name: 'storage-access' }]],
  ['window-management', [{ name: 'window-management' }]],
]

let checkHandler: CheckHandler | null = null
let requestHandler: RequestHandler | null = null

/** `session.setPermissionCheckHandler`. */
export function setCheckHandler(handler: CheckHandler | null): void {
  checkHandler = handler
}

/** `session.setPermissionRequestHandler`. */
export function setRequestHandler(handler: RequestHandler | null): void {
  requestHandler = handler
}

function asked(contents: Electron.WebContents, permission: Permission, address: string): Promise<boolean> {
  const handler = requestHandler
  if (!handler) return Promise.resolve(true)
  const details = { isMainFrame: true, requestingUrl: address }
  return new Promise((answer) => handler(contents, permission, answer, details))
}

/** As in Electron, what has no handler is granted; both handlers must agree. */
async function isGranted(contents: Electron.WebContents, permission: Permission, address: string) {
  const details = { isMainFrame: true, requestingUrl: address }
  const allowed = checkHandler?.(contents, permission, new URL(address).origin, details) ?? true
  return allowed && (await asked(contents, permission, address))
}

/**
 * Puts the handlers' decisions into force for a page's origin before its document loads. DevTools reports no
 * permission requests, so the handlers are asked about every permission beforehand.
 */
export async function decidePermissions(
  root: DevToolsSession,
  contents: Electron.WebContents,
  address: string,
  browserAddress: string,
): Promise<void> {
  const { origin } = new URL(browserAddress)
  const decisions = DECIDABLE.map(async ([permission, descriptors]) => {
    const setting = (await isGranted(contents, permission, address)) ? 'granted' : 'denied'
    for (const descriptor of descriptors) {
      // A browser that lacks a permission of this list has nothing to decide.
      await root
        .send('Browser.setPermission', { permission: descriptor, setting, origin })
        .catch(() => undefined)
    }
  })
  await Promise.all(decisions)
}
