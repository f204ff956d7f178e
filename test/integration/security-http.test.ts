import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningServer } from '../../src/server/start.ts'
import { refusalBodySchema } from '../../src/shared/contract/sync.ts'
import { proposedLetter } from '../support/server/letters.ts'
import { minimalPdf, sha256 } from '../support/server/minimalPdf.ts'
import { answersIn, rawRequest } from '../support/server/rawRequest.ts'
import { registeredRoutes } from '../support/server/registeredRoutes.ts'
import { command, put, refusalOf, signInTo, type TestClient } from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer
let staff: TestClient
let stored: string

beforeAll(async () => {
  server = await startTestServer({ limits: 'none' })
  staff = await signInTo(server.url, 'somying')
  stored = await staff.upload(minimalPdf('ไฟล์ที่มีอยู่'))
})
afterAll(() => server?.stop())

const json = (body: string, type = 'application/json'): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': type },
  body,
})

/** Asks, and expects a refusal in the protocol's form. */
async function expectRefused(path: string, init?: RequestInit, status: number | readonly number[] = 400) {
  const answer = await staff.request(path, init)
  const told = { path, status: answer.status }
  expect(told).toEqual({ path, status: [status].flat().includes(answer.status) ? answer.status : status })
  refusalBodySchema.parse(await answer.json())
}

test('no cursor but a whole number is taken, and the feed’s end is the most that can be asked for', async () => {
  const wrong = [
    '-1',
    '1.5',
    '1e309',
    '1e3',
    '0x10',
    'NaN',
    'Infinity',
    ' 5',
    '',
    'null',
    '๕',
    '9'.repeat(30),
    `1' or '1'='1`,
  ]
  for (const value of wrong) {
    await expectRefused(`/feed?after=${encodeURIComponent(value)}`)
    await expectRefused(`/feed?limit=${encodeURIComponent(value)}`)
  }
  await expectRefused('/feed?limit=0')
  await expectRefused('/feed?limit=2001')
  await expectRefused('/feed?after=1&after=2')
  await expectRefused('/feed?after[]=1')
  await expectRefused('/feed?after[gt]=1')
  await expectRefused('/feed?after=1&__proto__=2')
  await expectRefused('/feed?after=1&audience=registry')
  const page = await staff.feed(999_999_999_999_999)
  expect(page.entries).toEqual([])
})

test('a snapshot takes whether, before which and how many, and nothing else', async () => {
  const id = randomUUID()
  for (const query of [
    'open=yes',
    'open=1',
    'open=true&open=false',
    `before=${id.toUpperCase()}`,
    "before='--",
    'before=',
    'limit=0',
    'limit=2001',
    'limit=1e3',
    `before=${id}&tokens=registry`,
  ])
    await expectRefused(`/snapshot?${query}`)
  const page = await staff.request(`/snapshot?before=${id}&open=false&limit=1`)
  expect(page.status).toBe(200)
})

test('a file is named by its hash and by nothing else', async () => {
  const hash = stored
  const tricks = [
    ...[
      '..%2f..%2fetc%2fpasswd',
      '..%5c..%5cwindows',
      `${hash}.pdf`,
      `${hash}%00`,
      `${hash}/..`,
      `%2e%2e`,
      '..;/',
    ],
    ...[
      hash.toUpperCase(),
      hash.slice(1),
      `${hash}a`,
      ` ${hash}`,
      `${hash}%0a`,
      '%c0%ae%c0%ae',
      '%ZZ',
      '%',
      'x'.repeat(300),
    ],
    ...[
      `${hash}%0d%0aset-cookie:a=b`,
      'uploads',
      `uploads%2fsomying.${hash}`,
      "' or 1=1 --",
      '%F0%9F',
      encodeURIComponent('ก'),
    ],
  ]
  for (const trick of tricks) {
    for (const method of ['GET', 'HEAD', 'PUT']) {
      const answer = await staff.request(`/files/${trick}`, {
        method,
        ...(method === 'PUT' && { body: 'x' }),
      })
      expect({ trick, method, status: [400, 404].includes(answer.status) }).toEqual({
        trick,
        method,
        status: true,
      })
      const body = await answer.text()
      if (method !== 'HEAD') refusalBodySchema.parse(JSON.parse(body))
      expect(body).not.toContain('passwd')
    }
  }
  await expectRefused(`/files/${hash}?extends=..%2f..`, { method: 'PUT', body: 'x' })
  await expectRefused(`/files/${hash}?extends=${hash}&extends=${hash}`, { method: 'PUT', body: 'x' })
  await expectRefused(`/files/${hash}?path=/etc/passwd`, { method: 'PUT', body: 'x' })
})

test('an item of the exchange is named by its id, settled in two ways, and not there for others', async () => {
  const id = randomUUID()
  for (const trick of ['1', `${id}'`, '..%2f..', '%00', id.slice(1), `${id}${id}`, '*']) {
    await expectRefused(`/exchange/items/${trick}/settle`, json('{"state":"rejected"}'), [400, 404])
  }
  for (const body of [
    '{}',
    '{"state":"registered"}',
    '{"state":["rejected"]}',
    '{"state":"rejected","at":1}',
    '[]',
    'null',
  ])
    await expectRefused(`/exchange/items/${id}/settle`, json(body))
  await expectRefused(`/exchange/items/${id}/settle`, json('{"state":"rejected"}'), 409)
  expect(await (await staff.request('/exchange/items')).json()).toEqual({ items: [] })
})

test('ranges that make no sense give the whole file or a refusal, never another’s bytes', async () => {
  const size = minimalPdf('ไฟล์ที่มีอยู่').length
  const ask = (range: string) => staff.request(`/files/${stored}`, { headers: { range } })
  for (const range of ['bytes=0-', 'bytes=-1', 'bytes=5-9']) expect((await ask(range)).status).toBe(206)
  const odd = [
    'bytes=9-5',
    'bytes=0-1,3-4',
    'bytes=a-b',
    'lines=0-1',
    `bytes=0-0${',0-0'.repeat(1000)}`,
    'bytes=--1',
  ]
  for (const range of odd) {
    const answer = await ask(range)
    expect(answer.status).toBe(200)
    expect((await answer.arrayBuffer()).byteLength).toBe(size)
  }
  for (const range of [`bytes=${size}-`, 'bytes=999999999999999-', 'bytes=-0']) {
    expect((await ask(range)).status).toBe(416)
  }
})

test('a part that does not fit its file is refused, and what came before it stays', async () => {
  const bytes = minimalPdf(randomUUID())
  const hash = sha256(bytes)
  const tricks = [
    'bytes 0-9',
    'bytes 9-0/10',
    'bytes 0-9/5',
    'bytes 0-9/*',
    'bytes -5-9/10',
    'bytes 0-9/1e3',
    'items 0-9/10',
    'bytes 0-9/9999999999999999',
  ]
  for (const range of tricks) {
    const init = { method: 'PUT', headers: { 'content-range': range }, body: 'x'.repeat(10) }
    await expectRefused(`/files/${hash}`, init)
  }
  await expectRefused(`/files/${hash}`, put(bytes.subarray(0, 10), 100, bytes.length))
  await expectRefused(`/files/${hash}`, { ...put(bytes.subarray(0, 10), 0, 999_999_999_999_999) }, 413)
  const more = { ...put(bytes.subarray(0, 10), 0, bytes.length), body: Buffer.alloc(50) }
  await expectRefused(`/files/${hash}`, more)
  expect((await staff.request(`/files/${hash}`, { method: 'HEAD' })).headers.get('upload-offset')).toBe('10')
  await expectRefused(`/files/${hash}`, put(Buffer.alloc(bytes.length), 0, bytes.length), 422)
  await staff.upload(bytes)
})

test('a body that was packed is not unpacked: a bomb costs nothing', async () => {
  // 64 MB of zeros, packed twice into a kilobyte.
  const bomb = gzipSync(gzipSync(Buffer.alloc(64_000_000)))
  const before = process.memoryUsage().rss
  for (const encoding of ['gzip', 'deflate', 'br', 'gzip, gzip', 'x-unknown']) {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': encoding },
      body: bomb,
    }
    await expectRefused('/commands', init, [400, 415])
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(64_000_000)
  const packed = { ...put(bomb, 0, bomb.length) }
  const headers = { ...(packed.headers as Record<string, string>), 'content-encoding': 'gzip' }
  expect((await staff.request(`/files/${sha256(bomb)}`, { ...packed, headers })).status).toBe(201)
  // What is no PDF stays bytes that nobody looks into.
  const kept = await staff.request(`/files/${sha256(bomb)}`)
  expect(kept.headers.get('content-encoding')).toBeNull()
  expect((await kept.arrayBuffer()).byteLength).toBe(bomb.length)
})

test('commands are JSON and say so; what a form of a web page can send is refused', async () => {
  const body = JSON.stringify({ commands: [command(randomUUID(), { type: 'take-up' })] })
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'text/xml',
    'application/csp-report',
    '*/*',
    'application/jsonp',
  ])
    await expectRefused('/commands', json(body, type), 415)
  await expectRefused('/commands', { method: 'POST', body: new URLSearchParams({ commands: body }) }, 415)
  for (const name of ['/sign-in', '/refresh']) await expectRefused(name, json('a=b', 'text/plain'), 415)
})

test('what signs people in takes no other shape either', async () => {
  const device = { id: randomUUID(), name: 'เครื่อง' }
  const right = { username: 'somying', password: 'x', device }
  const wrong: unknown[] = [
    ...[
      null,
      [],
      'somying',
      { ...right, admin: true },
      { ...right, username: ['somying'] },
      { ...right, username: { $ne: '' } },
    ],
    ...[
      { ...right, password: 'x'.repeat(257) },
      { ...right, password: null },
      { ...right, username: ' ' },
      { ...right, username: 'x'.repeat(65) },
    ],
    ...[
      { ...right, device: { ...device, id: '1' } },
      { ...right, device: { ...device, id: device.id.toUpperCase() } },
    ],
    ...[
      { ...right, device: { ...device, name: 'x'.repeat(101) } },
      { ...right, device: null },
      { ...right, username: 'som\u0000ying' },
      { ...right, password: '\ud800' },
    ],
  ]
  for (const body of wrong) await expectRefused('/sign-in', json(JSON.stringify(body)))
  for (const body of [
    {},
    { refreshToken: '' },
    { refreshToken: 'x'.repeat(257) },
    { refreshToken: 1 },
    { refreshToken: 'x', sessionId: 'y' },
  ])
    await expectRefused('/refresh', json(JSON.stringify(body)))
  await expectRefused('/refresh', json(JSON.stringify({ refreshToken: "' or '1'='1" })), 401)
})

test('no page of another origin may read an answer, and a browser keeps and runs nothing of one', async () => {
  const origin = 'https://evil.example'
  const preflight = await staff.request('/commands', {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    },
  })
  expect(preflight.status).toBe(404)
  const answers = [preflight]
  for (const path of [
    '/feed',
    '/organisation',
    `/files/${stored}`,
    '/nowhere',
    '/feed?after=x',
    '/health',
    '/files/%ZZ',
  ])
    answers.push(await staff.request(path, { headers: { origin } }))
  for (const { headers, url } of answers) {
    for (const name of headers.keys()) expect(name).not.toMatch(/^access-control-/)
    expect(headers.get('set-cookie')).toBeNull()
    expect(headers.get('server') ?? headers.get('x-powered-by')).toBeNull()
    if (url.includes('%ZZ')) continue
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  }
})

test('a file comes back as a PDF whatever its bytes are, so that no browser reads it as a page', async () => {
  const page = Buffer.from(`<html><script>alert(1)</script>${randomUUID()}`)
  const answer = await staff.request(`/files/${await staff.upload(page)}`)
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  expect(answer.headers.get('content-disposition')).toBeNull()
})

test('only the methods that a route has are answered', async () => {
  const routes = await registeredRoutes()
  for (const route of routes) {
    const path = route.slice(route.indexOf(' ') + 4).replace(':sha256', stored)
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
      if (routes.some((other) => other === `${method} ${route.slice(route.indexOf(' ') + 1)}`)) continue
      const answer = await staff.request(path, { method })
      expect({ method, path, status: answer.status }).toEqual({ method, path, status: 404 })
    }
  }
  expect(
    answersIn(await rawRequest(server.url, 'TRACE /v1/health HTTP/1.1\r\nHost: a\r\n\r\n')),
  ).not.toContain('200')
})

const head = (lines: readonly string[]) =>
  `${['POST /v1/refresh HTTP/1.1', 'Host: a', 'Content-Type: application/json', ...lines].join('\r\n')}\r\n\r\n`
const smuggled = 'GET /v1/health HTTP/1.1\r\nHost: a\r\n\r\n'

test.each([
  ['two lengths', `${head(['Content-Length: 2', 'Content-Length: 40'])}{}${smuggled}`],
  ['a length and chunks', `${head(['Content-Length: 2', 'Transfer-Encoding: chunked'])}0\r\n\r\n${smuggled}`],
  ['chunks that are spelt oddly', `${head(['Transfer-Encoding: xchunked'])}0\r\n\r\n${smuggled}`],
  ['chunks not last', `${head(['Transfer-Encoding: chunked, identity'])}0\r\n\r\n${smuggled}`],
  ['a length that is no number', `${head(['Content-Length: +2'])}{}${smuggled}`],
  ['a negative length', head(['Content-Length: -1']) + smuggled],
  [
    'a chunk of a size that is no number',
    `${head(['Transfer-Encoding: chunked'])}0x2\r\n{}\r\n0\r\n\r\n${smuggled}`,
  ],
  ['a header over two lines', `${head(['X-A: b', ' Content-Length: 40', 'Content-Length: 2'])}{}${smuggled}`],
  ['a space before the colon', `${head(['Content-Length : 2'])}{}${smuggled}`],
  ['a bare line feed', `${head(['X-A: b\nContent-Length: 2'])}{}${smuggled}`],
  ['a NUL in a header', `${head(['X-A: b\u0000c', 'Content-Length: 2'])}{}${smuggled}`],
  ['no host', 'GET /v1/health HTTP/1.1\r\n\r\n'],
  ['no HTTP', 'ก ข ค\r\n\r\n'],
  ['another version', 'GET /v1/health HTTP/9.9\r\nHost: a\r\n\r\n'],
])('a request with %s is refused, and nothing behind it is read as another request', async (_, text) => {
  const answers = answersIn(await rawRequest(server.url, text))
  expect(answers.length).toBeLessThanOrEqual(1)
  for (const status of answers) expect(status).toMatch(/^4/)
})

test('what is no HTTP is refused in the protocol’s form, and nothing of it is told back', async () => {
  const said = await rawRequest(
    server.url,
    'GET /v1/health HTTP/1.1\r\nHost: a\r\nX-<script>: รั่ว\u0000\r\n\r\n',
  )
  const body = JSON.parse(said.slice(said.indexOf('\r\n\r\n') + 4))
  expect(refusalBodySchema.parse(body)).toEqual({ code: 'command-malformed', detail: { field: 'request' } })
  const undecodable = await staff.request('/files/%ZZ<script>')
  expect(await refusalOf(undecodable)).toEqual({ code: 'command-malformed', detail: { field: 'address' } })
})

test('the host that a caller names, and where it says that it came from, change nothing', async () => {
  const ask = (lines: readonly string[]) =>
    rawRequest(
      server.url,
      `${['GET /v1/health HTTP/1.1', ...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`,
    )
  for (const lines of [
    ['Host: evil.example'],
    ['Host: evil.example:99999'],
    ['Host: a', 'Host: evil.example'],
    ['Host: a', 'X-Forwarded-Host: evil.example', 'X-Original-URL: /metrics', 'X-Rewrite-URL: /v1/feed'],
    ['Host: a', 'X-HTTP-Method-Override: DELETE', 'Forwarded: for=1;host=evil.example'],
  ]) {
    const said = await ask(lines)
    expect(answersIn(said)).toEqual(['200'])
    expect(said).not.toContain('evil')
    expect(said).toContain('{"ok":true}')
  }
  const absolute = await rawRequest(
    server.url,
    'GET http://evil.example/v1/feed HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  )
  expect(answersIn(absolute)).toEqual([expect.stringMatching(/^4/)])
})

test('a token is taken from its header and from nowhere else, and only whole', async () => {
  const { accessToken, refreshToken } = staff.session
  const ask = (path: string, authorization?: string) =>
    fetch(`${server.url}/v1${path}`, { headers: authorization === undefined ? {} : { authorization } })
  for (const [path, authorization] of [
    [`/feed?access_token=${accessToken}`, undefined],
    ['/feed', accessToken],
    ['/feed', `Basic ${accessToken}`],
    ['/feed', `Bearer ${accessToken.slice(0, -1)}`],
    ['/feed', `Bearer ${accessToken.toLowerCase()}`],
    ['/feed', `Bearer ${refreshToken}`],
    ['/feed', `Bearer ${sha256(Buffer.from(accessToken))}`],
    ['/feed', 'Bearer '],
    ['/feed', "Bearer ' or '1'='1"],
    ['/feed', `Bearer ${'x'.repeat(10_000)}`],
    ['/feed', 'Bearer null'],
  ] as const) {
    const answer = await ask(path, authorization)
    expect({ authorization, code: (await refusalOf(answer)).code }).toEqual({
      authorization,
      code: 'session-ended',
    })
  }
  const cookie = await fetch(`${server.url}/v1/feed`, { headers: { cookie: `token=${accessToken}` } })
  expect(cookie.status).toBe(401)
})

test('a caller who sends nothing, or stops half-way, holds nobody up', async () => {
  const stalled = Array.from({ length: 50 }, () =>
    rawRequest(
      server.url,
      'POST /v1/sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
      500,
    ),
  )
  const began = performance.now()
  await proposedLetter(staff, 'deputy')
  expect(performance.now() - began).toBeLessThan(5000)
  await Promise.all(stalled)
})
