import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TokenHost, tokenHost } from '../../src/main/client/processes/tokenHost.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { type BatchSigner, signBatch } from '../../src/signing/batch.ts'
import type { TokenDescription } from '../../src/signing/tokens/tokenHostProtocol.ts'
import { createTestPki } from '../support/pki/authority.ts'
import { createTokens } from '../support/pki/tokens.ts'
import { type BehavingToken, behavingToken } from '../support/token/behavingToken.ts'

const directory = mkdtempSync(join(tmpdir(), 'host-'))
const pin = '739182'
const algorithm = { scheme: 'ecdsa', digest: 'sha256' } as const
const letters = ['หนังสือเวียน', 'คำสั่ง', 'ประกาศ'].map((text) => Buffer.from(text))
let token: BehavingToken
let host: TokenHost
let child: ChildProcess | undefined
let changes: number
/** All that the token host and the program around it wrote. */
let written: string

beforeAll(() => {
  const pki = createTestPki(join(directory, 'pki'), [
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'ec-p256' },
  ])
  const place = join(directory, 'token')
  mkdirSync(place)
  const asked = { ...pki.people[0]!, label: 'somchai', pin, chain: [pki.issuing.certificateDer] }
  token = behavingToken(place, createTokens(place, [asked]))
})

beforeEach(() => {
  changes = 0
  written = ''
  host = tokenHost({ fork: startHost }, { log: note, tokensChanged: () => (changes += 1) }, patience)
})
afterEach(() => {
  host.end()
  Object.assign(patience, enough)
  token.behave({})
  token.insert()
  token.calls()
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Long enough for any driver that works, however busy the computer is. */
const enough = { tokens: 20_000, open: 20_000, sign: 20_000, close: 20_000, watch: 20_000 }
const patience = { ...enough }

const note = (...what: unknown[]): void => {
  written += JSON.stringify(what)
}

function startHost() {
  const started = fork(new URL('../support/pki/tokenHostProcess.ts', import.meta.url), [token.module], {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  })
  child = started
  for (const stream of [started.stdout, started.stderr]) stream?.on('data', (text) => (written += text))
  return {
    postMessage: (message: unknown) => void started.send(message as object, () => undefined),
    onMessage: (listener: (message: unknown) => void) => void started.on('message', listener),
    onExit: (listener: () => void) => void started.on('exit', listener),
    kill: () => void started.kill(),
  }
}

function accepted<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.refusal.code)

async function only(): Promise<TokenDescription> {
  const [found] = accepted(await host.tokens())
  return found!
}

const open = async (typed = pin) => host.open({ tokenSerial: (await only()).serial, pin: Buffer.from(typed) })

const logins = (): number => token.calls().filter((call) => call.startsWith('C_Login')).length

/** Nothing that was written holds the PIN, or what was signed, in any usual form. */
function tellsNoSecret(): boolean {
  const secrets = [
    Buffer.from(pin),
    ...letters,
    ...letters.map((letter) => createHash('sha256').update(letter).digest()),
  ]
  const forms = secrets.flatMap((secret) => [
    secret.toString(),
    secret.toString('hex'),
    secret.toString('base64'),
  ])
  return forms.every((form) => !written.includes(form))
}

describe('a token host in a process of its own', () => {
  test('lists, signs until it is closed, and opens a token for one at a time', async () => {
    expect((await only()).certificates[0]?.commonName).toBe('นายสมชาย ใจดี')
    const signer = accepted(await open())
    expect(signer.certificate.commonName).toBe('นายสมชาย ใจดี')
    expect(codeOf(await signer.sign(letters[0]!, algorithm))).toBe('ok')
    expect(codeOf(await open())).toBe('signing-busy')
    expect(codeOf(await signer.sign(letters[1]!, algorithm))).toBe('ok')
    await signer.close()
    expect(codeOf(await signer.sign(letters[2]!, algorithm))).toBe('token-login-lost')
    expect(codeOf(await open('000000'))).toBe('pin-wrong')
    expect(tellsNoSecret()).toBe(true)
  })

  test('tells when a token is pulled out, and when it is back', async () => {
    await only()
    await host.tokens()
    expect(changes).toBe(0)
    token.pull()
    await expect.poll(() => changes, { timeout: 20_000 }).toBe(1)
    expect(accepted(await host.tokens())).toEqual([])
    token.insert()
    await expect.poll(() => changes, { timeout: 20_000 }).toBe(2)
    expect((await only()).label).toBe('somchai')
  })
})

describe('a driver that hangs', () => {
  test('in a login is ended after a while; the PIN is not tried again, and the next entry signs', async () => {
    const { serial } = await only()
    token.behave({ hang: 'C_Login' })
    patience.open = 1000
    const hung = child!
    const typed = Buffer.from(pin)
    expect(codeOf(await host.open({ tokenSerial: serial, pin: typed }))).toBe('token-host-stopped')
    await expect.poll(() => hung.signalCode).toBe('SIGTERM')
    expect(logins()).toBe(1)
    expect(typed.every((byte) => byte === 0)).toBe(true)
    expect(changes).toBe(1)
    token.behave({})
    Object.assign(patience, enough)
    expect(codeOf(await accepted(await open()).sign(letters[0]!, algorithm))).toBe('ok')
    expect(tellsNoSecret()).toBe(true)
  })

  test('in a signature stops the batch, which goes on where it was with a new entry of the PIN', async () => {
    const batch = {
      documents: letters,
      nameOf: (letter: Buffer) => letter.toString(),
      open,
      sign: (letter: Buffer, signer: BatchSigner) => signer.sign(letter, algorithm),
    }
    const first = await signBatch({
      ...batch,
      onResult: () => {
        token.behave({ hang: 'C_Sign' })
        patience.sign = 1000
      },
    })
    expect(first.stoppedBy).toEqual({ code: 'token-host-stopped' })
    expect(first.results.map(({ state }) => state)).toEqual(['signed', 'unsigned', 'unsigned'])
    expect(logins()).toBe(1)
    token.behave({})
    Object.assign(patience, enough)
    const second = await signBatch({ ...batch, done: first.done })
    expect(second.results.map(({ state }) => state)).toEqual(['signed-before', 'signed', 'signed'])
    expect(tellsNoSecret()).toBe(true)
  })
})

describe('a driver that crashes', () => {
  test('when it lists costs the process and not the program, and is started again', async () => {
    token.behave({ crash: 'C_GetSlotList' })
    expect(codeOf(await host.tokens())).toBe('token-host-stopped')
    expect(changes).toBe(1)
    token.behave({})
    expect((await only()).label).toBe('somchai')
  })

  test('when it signs is told, and what it was given is written nowhere', async () => {
    const signer = accepted(await open())
    token.behave({ crash: 'C_Sign' })
    expect(codeOf(await signer.sign(letters[0]!, algorithm))).toBe('token-host-stopped')
    token.behave({})
    // The name of the crashed process's signer means nothing to the next one.
    accepted(await open())
    expect(codeOf(await signer.sign(letters[0]!, algorithm))).toBe('token-login-lost')
    expect(tellsNoSecret()).toBe(true)
  })
})
