import { expect, test } from 'vitest'
import { appFiles } from '../../src/main/appFiles.ts'
import type { FileReader } from '../../src/main/client/client.ts'
import { type Answers, GatewayError, gateway, type Sender } from '../../src/main/gateway/gateway.ts'
import { ipcInputs } from '../../src/shared/contract/ipc.ts'

const ownPage: Sender = { url: 'app://saraban/index.html', isMainFrame: true, isOwnWindow: true }
const calls: unknown[] = []
const lines: unknown[] = []
/** Answers that note what reached them; `sync.now` has a bug that quotes what was typed. */
const answers = Object.fromEntries(
  Object.keys(ipcInputs).map((channel) => [
    channel,
    async (input: unknown) => {
      calls.push([channel, input])
      if (channel === 'sync.now') throw new Error('PIN 246810 of the letter “ลับมาก”')
      return null
    },
  ]),
) as unknown as Answers
const pass = gateway(answers, (event, facts) => lines.push([event, facts]))
const reasonOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'passed',
    (error: unknown) => (error instanceof GatewayError ? error.reason : error),
  )

test('the program’s own page is answered', async () => {
  expect(await reasonOf(pass('letters.list', ownPage, { folder: 'drafts', positionId: null }))).toBe('passed')
  expect(calls.at(-1)).toEqual(['letters.list', { folder: 'drafts', positionId: null }])
})

test.each([
  ['a page from the network', { ...ownPage, url: 'https://saraban.example/index.html' }],
  ['a page of another host of the scheme', { ...ownPage, url: 'app://elsewhere/index.html' }],
  ['a frame inside the page', { ...ownPage, isMainFrame: false }],
  ['a window that the program did not open', { ...ownPage, isOwnWindow: false }],
  ['a page without an address', { ...ownPage, url: '' }],
])('%s is refused whatever it asks', async (_, sender) => {
  const before = calls.length
  for (const channel of Object.keys(ipcInputs)) {
    expect(await reasonOf(pass(channel, sender, undefined))).toBe('sender-foreign')
  }
  expect(calls).toHaveLength(before)
})

test.each(['letters.delete', '__proto__', 'constructor', ''])(
  'the unknown channel “%s” is refused',
  async (name) => {
    expect(await reasonOf(pass(name, ownPage, undefined))).toBe('channel-unknown')
  },
)

test.each([
  ['letters.get', { letterId: '../../etc/passwd' }],
  ['letters.list', { folder: 'everything', positionId: null }],
  ['files.drop', { name: 'หนังสือ.pdf', bytes: 'not bytes' }],
  [
    'letters.return',
    { letterId: '01890a5d-ac96-774b-bcce-b302099a8057', positionId: 'deputy', reason: '  ' },
  ],
  ['signing.sign', { pin: '246810' }],
  ['settings.set', { zoom: 40 }],
])('an input of %s that does not fit is refused before anything sees it', async (channel, input) => {
  const before = calls.length
  expect(await reasonOf(pass(channel, ownPage, input))).toBe('input-malformed')
  expect(calls).toHaveLength(before)
})

test('a bug behind the gateway is logged by its place, and neither page nor log learn what was typed', async () => {
  const error = await pass('sync.now', ownPage, undefined).catch((thrown: unknown) => thrown)
  expect(String(error)).toBe('Error: saraban: fault')
  expect(JSON.stringify(lines)).not.toMatch(/246810|ลับมาก/)
  expect(lines.at(-1)).toMatchObject(['gateway.fault', { channel: 'sync.now', fault: 'Error' }])
})

const sha256 = 'a'.repeat(64)
const content = new Uint8Array(3_000_000).map((_, index) => index % 251)
const files: FileReader = {
  size: async (asked) => (asked === sha256 ? content.length : undefined),
  read: async (asked) => (asked === sha256 ? content : undefined),
  readPart: async (_, start, end) => content.subarray(start, end),
}
const ask = (path: string, headers: Record<string, string> = {}) =>
  appFiles(import.meta.dirname, files)(new Request(`app://saraban${path}`, { headers }))

test('a letter’s file is answered whole or in the range asked, under the strict policy', async () => {
  const whole = await ask(`/file/${sha256}`)
  expect(whole.status).toBe(200)
  expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true)
  const part = await ask(`/file/${sha256}`, { range: 'bytes=1000000-2999998' })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 1000000-2999998/3000000'])
  expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(1_000_000, 2_999_999))).toBe(true)
  expect(part.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect((await ask(`/file/${sha256}`, { range: 'bytes=3000000-' })).status).toBe(416)
  expect((await ask(`/file/${'b'.repeat(64)}`)).status).toBe(404)
})

test('nothing outside the page’s own folder is answered', async () => {
  expect((await ask('/client-gateway.test.ts')).status).toBe(200)
  for (const path of ['/%2e%2e/support/client/story.ts', '/..%2fsupport/client/story.ts', '/missing.js']) {
    expect((await ask(path)).status).not.toBe(200)
  }
})
