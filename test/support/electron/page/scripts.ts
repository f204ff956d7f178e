import { randomBytes } from 'node:crypto'
import { translateAppAddresses } from './appAddresses.ts'
import { createCodec } from './codec.ts'
import { APART_THRESHOLD } from './messages.ts'
import { createPreloadWorld } from './preloadWorld.ts'
import { createWorldBridge } from './worldBridge.ts'

/** The isolated world that the preload runs in. */
export const PRELOAD_WORLD = 'Electron Isolated Context'
/** The binding through which that world speaks to the main process, and the name of its inbox. */
export const BINDING = '__standIn'
export const INBOX = '__standInInbox'

const TO_BASE64 = '(bytes) => bytes.toBase64()'

/** Only the app's own pages, and no frame inside them, get a preload. */
const GUARD = 'if (window !== window.top || !/^https:\\/\\/[^/]+\\.invalid$/.test(location.origin)) return;'

/** Runs in the page's own world: puts what the preload exposes, deeply frozen, onto `window`. */
function expose(key: string, value: unknown): void {
  const freeze = (each: unknown): void => {
    if (each === null || typeof each !== 'object' || ArrayBuffer.isView(each)) return
    Object.freeze(each)
    for (const item of Object.values(each)) freeze(item)
  }
  freeze(value)
  Object.defineProperty(window, key, { value, enumerable: true })
}

/** Runs in the page's own world: reports `window.open` and opens nothing. */
function refuseOpen(eventName: string): void {
  const { dispatchEvent } = window
  window.open = (url) => {
    const address = url === undefined ? 'about:blank' : new URL(String(url), location.href).href
    dispatchEvent.call(window, new CustomEvent(eventName, { detail: address }))
    return null
  }
}

/** The two scripts for every new document: one for the page's own world and one for the preload's. */
export interface PageScripts {
  readonly page: string
  readonly preload: string
}

const call = (run: (...args: never[]) => unknown, ...args: string[]): string => `(${run})(${args.join(',')})`
const wrapped = (...statements: string[]): string => `(() => {${GUARD}\n${statements.join('\n')}\n})()`

/** Builds the scripts around the source text of the app's preload, for pages of the app's own schemes. */
export function pageScripts(preloadSource: string, schemes: readonly string[]): PageScripts {
  const secret = randomBytes(16).toString('hex')
  const [toPage, toPreload, opened] = ['p', 'i', 'o'].map((each) => JSON.stringify(secret + each)) as [
    string,
    string,
    string,
  ]
  const surroundings = {
    platform: process.platform,
    arch: process.arch,
    type: 'renderer',
    contextIsolated: true,
    sandboxed: true,
    versions: { electron: process.versions.electron, node: process.versions.node },
    env: {},
  }
  return {
    page: wrapped(
      `${call(translateAppAddresses, JSON.stringify(schemes))};`,
      `${call(createWorldBridge, toPage, toPreload, String(expose))};`,
      `${call(refuseOpen, opened)};`,
    ),
    preload: wrapped(
      `const world = ${call(
        createPreloadWorld,
        call(createWorldBridge, toPreload, toPage, '() => undefined'),
        call(createCodec, TO_BASE64, '(text) => Uint8Array.fromBase64(text)'),
        `globalThis.${BINDING}`,
        TO_BASE64,
        String(APART_THRESHOLD),
      )};`,
      `globalThis.${INBOX} = world.inbox;`,
      `window.addEventListener(${opened}, (event) => { event.stopImmediatePropagation(); world.reportOpen(event.detail) }, true);`,
      `((require, process, exports, module) => {${preloadSource}\n})(world.require, ${JSON.stringify(surroundings)}, {}, { exports: {} });`,
    ),
  }
}
