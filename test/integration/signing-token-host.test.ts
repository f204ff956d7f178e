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
  const { env, module } = createTokens(directory, [asked])
  host = fork(new URL('../support/pki/tokenHostProcess.ts', import.meta.url), [module], {
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

/** Sends the request and waits for its reply. */
async function ask(request: TokenHostRequest): Promise<TokenHostMessage> {
  host.send(request)
  const reply = () => messages.find((message) => 'outcome' in message && message.id === request.id)
  await expect.poll(reply, { timeout: 20_000 }).toBeDefined()
  return reply()!
}

test('a token host in a process of its own lists, signs until it is closed and tells when the PIN state changes', async () => {
  const listed = await ask({ id: 1, kind: 'tokens' })
  if (listed.kind !== 'tokens' || !listed.outcome.ok) throw new Error('No list of tokens came.')
  const token = listed.outcome.value.find(({ label }) => label === 'somchai')!
  expect(token.certificates[0]?.commonName).toBe('นายสมชาย ใจดี')

  const order = { tokenSerial: token.serial, certificateId: token.certificates[0]!.id }
  const opened = await ask({ id: 2, kind: 'open', ...order, pin: Buffer.from('123456') })
  if (opened.kind !== 'open' || !opened.outcome.ok) throw new Error('The token was not opened.')
  const { signer } = opened.outcome.value
  const algorithm = { scheme: 'ecdsa', digest: 'sha256' } as const
  const letter = { kind: 'sign', signer, attributes: Buffer.from('หนังสือ'), algorithm } as const
  expect(await ask({ id: 3, ...letter })).toMatchObject({ outcome: { ok: true } })
  expect(await ask({ id: 4, ...letter })).toMatchObject({ outcome: { ok: true } })
  const refused = (code: string) => ({ outcome: { ok: false, refusal: { code } } })
  const again = { kind: 'open', ...order } as const
  expect(await ask({ id: 5, ...again, pin: Buffer.from('123456') })).toMatchObject(refused('signing-busy'))
  await ask({ id: 6, kind: 'close', signer })
  expect(await ask({ id: 7, ...letter })).toMatchObject(refused('token-login-lost'))
  expect(await ask({ id: 8, ...again, pin: Buffer.from('999999') })).toMatchObject(refused('pin-wrong'))

  const changes = () => messages.filter(({ kind }) => kind === 'tokens-changed').length
  await ask({ id: 9, kind: 'watch', on: true })
  expect(changes()).toBe(0)
  const right = await ask({ id: 10, ...again, pin: Buffer.from('123456') })
  expect(right).toMatchObject({ outcome: { ok: true } })
  await expect.poll(changes, { timeout: 20_000 }).toBe(1)
})
