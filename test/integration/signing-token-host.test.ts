import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TokenHostMessage, TokenHostRequest } from '../../src/signing/tokenHostProtocol.ts'
import { createTestPki } from '../support/pki/authority.ts'
import { createTokens } from '../support/pki/tokens.ts'

const directory = mkdtempSync(join(tmpdir(), 'host-'))
const messages: TokenHostMessage[] = []
let host: ChildProcess

beforeAll(() => {
  const pki = createTestPki(join(directory, 'pki'), [
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'ec-p256' },
  ])
  const asked = { ...pki.people[0]!, label: 'somchai', pin: '123456', chain: [pki.issuing.certificateDer] }
  const { env } = createTokens(directory, [asked])
  host = fork(new URL('../support/pki/tokenHostProcess.ts', import.meta.url), {
    serialization: 'advanced',
    env: { ...process.env, ...env },
    execArgv: [],
  })
  host.on('message', (message) => messages.push(message as TokenHostMessage))
})

afterAll(async () => {
  host.kill()
  if (host.exitCode === null && host.signalCode === null) await once(host, 'exit')
  rmSync(directory, { recursive: true, force: true })
})

/** Sends the requests at once and waits until each has its reply. */
async function ask(...requests: TokenHostRequest[]): Promise<TokenHostMessage[]> {
  for (const request of requests) host.send(request)
  const replyTo = (id: number) => messages.find((message) => 'outcome' in message && message.id === id)
  return await Promise.all(
    requests.map(({ id }) =>
      expect
        .poll(() => replyTo(id), { timeout: 20_000 })
        .toBeDefined()
        .then(() => replyTo(id)!),
    ),
  )
}

test('a token host in a process of its own lists, signs one request at a time and tells when the PIN state changes', async () => {
  const [listed] = await ask({ id: 1, kind: 'tokens' })
  if (listed?.kind !== 'tokens' || !listed.outcome.ok) throw new Error('No list of tokens came.')
  const token = listed.outcome.value.find(({ label }) => label === 'somchai')!
  expect(token.certificates[0]?.commonName).toBe('นายสมชาย ใจดี')

  const order = { tokenSerial: token.serial, certificateId: token.certificates[0]!.id }
  const data = [Buffer.from('หนังสือ'), Buffer.from('เล่ม')]
  const [first, second] = await ask(
    { id: 2, kind: 'sign', ...order, pin: Buffer.from('123456'), data },
    { id: 3, kind: 'sign', ...order, pin: Buffer.from('999999'), data },
  )
  expect(first).toMatchObject({ kind: 'sign', outcome: { ok: true } })
  expect(second).toMatchObject({ kind: 'sign', outcome: { ok: false, refusal: { code: 'pin-wrong' } } })
  expect(messages.filter(({ kind }) => kind === 'signed')).toEqual([
    { kind: 'signed', id: 2, index: 0 },
    { kind: 'signed', id: 2, index: 1 },
  ])

  const changes = () => messages.filter(({ kind }) => kind === 'tokens-changed').length
  await ask({ id: 4, kind: 'watch', on: true })
  expect(changes()).toBe(0)
  await ask({ id: 5, kind: 'sign', ...order, pin: Buffer.from('123456'), data })
  await expect.poll(changes, { timeout: 20_000 }).toBe(1)
})
