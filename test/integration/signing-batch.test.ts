import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/shared/outcome.ts'
import { type Batch, type BatchReport, signBatch } from '../../src/signing/batch.ts'
import type { ExtendedFile } from '../../src/signing/extendFile.ts'
import { signFile } from '../../src/signing/signFile.ts'
import { openDriver, type TokenDriver } from '../../src/signing/tokens/pkcs11/driver.ts'
import type { TokenSigner } from '../../src/signing/tokens/tokenSigner.ts'
import { createTestPki, type TestPki } from '../support/pki/authority.ts'
import { judgeByPdfsig } from '../support/pki/judge.ts'
import { makeLetter } from '../support/pki/letters.ts'
import { createNssDatabase } from '../support/pki/nss.ts'
import { createTokens, type TokenAsked } from '../support/pki/tokens.ts'
import { type BehavingToken, behavingToken } from '../support/token/behavingToken.ts'

const directory = mkdtempSync(join(tmpdir(), 'batch-'))
const pin = '482913'
const subjects = ['ขออนุมัติแผน', 'ขอเชิญประชุม', 'รายงานผล', 'ขอส่งสำเนา', 'แจ้งเวียน', 'ตอบข้อหารือ']
let pki: TestPki
let nss: string
let token: BehavingToken
let driver: TokenDriver | undefined
let round = 0

beforeAll(async () => {
  pki = createTestPki(join(directory, 'pki'), [
    { name: 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์', email: 'prawit@nhso.example', key: 'ec-p256' },
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'rsa-2048' },
  ])
  nss = createNssDatabase(join(directory, 'nss'), pki.root.certificatePem)
  token = tokenOf('desk', 0)
  mkdirSync(inTray)
  const letter = await makeLetter()
  for (const subject of subjects) writeFileSync(join(inTray, `${subject}.pdf`), letter)
})

afterEach(() => {
  driver?.close()
  driver = undefined
  token.behave({})
  token.insert()
  token.calls()
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const inTray = join(directory, 'in')

function tokenOf(name: string, person: number, asked: Partial<TokenAsked> = {}): BehavingToken {
  const place = join(directory, name)
  mkdirSync(place)
  const of = { ...pki.people[person]!, label: name, pin, chain: [pki.issuing.certificateDer], ...asked }
  return behavingToken(place, createTokens(place, [of]))
}

/** An empty folder for signed letters. */
function outTray(): string {
  round += 1
  const folder = join(directory, `out-${round}`)
  mkdirSync(folder)
  return folder
}

/** Plugs the token in, if it is not yet, and enters the PIN. */
async function open(of = token, typed: Uint8Array = Buffer.from(pin)): Promise<Outcome<TokenSigner>> {
  if (driver === undefined) {
    const opened = openDriver(of.module, [of.module])
    if (!opened.ok) return opened
    driver = opened.value
  }
  const tokens = await driver.tokens()
  if (!tokens.ok) return tokens
  return await driver.open({ tokenSerial: tokens.value[0]?.serial ?? '', pin: typed })
}

/** The letters of the in-tray, signed into `out` with the token. */
function letters(
  out: string,
  { of = token, typed, ...others }: Partial<Batch<string, ExtendedFile>> & Typed = {},
): Batch<string, ExtendedFile> {
  return {
    documents: subjects,
    nameOf: (subject) => subject,
    open: () => open(of, typed),
    sign: (subject, signer) =>
      signFile(file(inTray, subject), file(out, subject), { ...signer, request: request(subject) }),
    ...others,
  }
}

const file = (folder: string, subject: string): string => join(folder, `${subject}.pdf`)

const request = (reason: string) => ({
  fieldName: 'Signature',
  signerName: 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์',
  reason,
  signedAt: new Date(),
  marks: [],
})

interface Typed {
  readonly of?: BehavingToken
  readonly typed?: Uint8Array
}

const states = ({ results }: BatchReport<unknown, unknown>): string[] => results.map(({ state }) => state)
const calls = (of: BehavingToken, name: string): string[] =>
  of.calls().filter((call) => call.startsWith(name))

/** How many of the letters have exactly one signature, and that a valid one, in the eyes of poppler. */
const soundLetters = (folder: string): number =>
  readdirSync(folder).filter((name) => {
    const { signatures, valid } = judgeByPdfsig(join(folder, name), nss)
    return signatures === 1 && valid === 1
  }).length

describe('a tray of letters signed with one entry of the PIN', () => {
  test('is signed in order, each letter told of, and every one is valid', async () => {
    const out = outTray()
    const asked: string[] = []
    const told: string[] = []
    const report = await signBatch(
      letters(out, {
        onToken: (subject) => asked.push(subject),
        onResult: ({ document }) => told.push(document),
      }),
    )
    expect(states(report)).toEqual(subjects.map(() => 'signed'))
    expect(report).not.toHaveProperty('stoppedBy')
    expect(asked).toEqual(subjects)
    expect(told.toSorted()).toEqual(subjects.toSorted())
    expect(soundLetters(out)).toBe(subjects.length)
    expect(calls(token, 'C_Login')).toEqual(['C_Login 0x1'])
  })

  test('the next letter is made ready while the token signs, and never more than a few', async () => {
    token.behave({ 'sign-ms': 60 })
    const order: string[] = []
    const begun = (): number => order.filter((step) => step.startsWith('ready')).length
    const settled = (): number => order.filter((step) => step.startsWith('kept')).length
    let most = 0
    const report = await signBatch<number, number>({
      open,
      documents: [1, 2, 3, 4],
      nameOf: String,
      onToken: (number) => order.push(`token ${number}`),
      sign: async (number, signer) => {
        order.push(`ready ${number}`)
        most = Math.max(most, begun() - settled())
        const algorithm = { scheme: 'ecdsa', digest: 'sha256' } as const
        const signature = await signer.sign(Buffer.from([number]), algorithm)
        order.push(`signed ${number}`)
        if (!signature.ok) return signature
        await new Promise((resolve) => setTimeout(resolve, 20))
        order.push(`kept ${number}`)
        return { ok: true, value: number }
      },
    })
    expect(states(report)).toEqual(['signed', 'signed', 'signed', 'signed'])
    for (const number of [1, 2, 3]) {
      expect(order.indexOf(`ready ${number + 1}`)).toBeGreaterThan(order.indexOf(`token ${number}`))
      expect(order.indexOf(`ready ${number + 1}`)).toBeLessThan(order.indexOf(`signed ${number}`))
    }
    expect(order.indexOf('token 2')).toBeLessThan(order.indexOf('kept 1'))
    expect(most).toBeLessThanOrEqual(3)
  })

  test('a key that asks at each signature gets the PIN each time, and it is wiped in the end', async () => {
    const guarded = tokenOf('guarded', 1, { alwaysAuthenticates: true })
    const typed = Buffer.from(pin)
    const out = outTray()
    const report = await signBatch(letters(out, { of: guarded, typed }))
    expect(states(report)).toEqual(subjects.map(() => 'signed'))
    expect(calls(guarded, 'C_Login')).toEqual(['C_Login 0x1', ...subjects.map(() => 'C_Login 0x2')])
    expect(typed.every((byte) => byte === 0)).toBe(true)
    expect(soundLetters(out)).toBe(subjects.length)
  })

  test('nothing is asked of the token when nothing is left to sign', async () => {
    const report = await signBatch(letters(outTray(), { done: new Set(subjects) }))
    expect(states(report)).toEqual(subjects.map(() => 'signed-before'))
    expect(token.calls()).toEqual([])
  })
})

describe('what stands in the way of one letter', () => {
  test('is told of that letter, and the others are signed', async () => {
    const out = outTray()
    const batch = letters(out)
    const report = await signBatch({
      ...batch,
      sign: (subject, signer) =>
        subject === 'รายงานผล'
          ? Promise.resolve({ ok: false, refusal: { code: 'file-encrypted' } })
          : batch.sign(subject, signer),
    })
    expect(states(report)).toEqual(['signed', 'signed', 'refused', 'signed', 'signed', 'signed'])
    expect(report.results[2]).toMatchObject({ document: 'รายงานผล', refusal: { code: 'file-encrypted' } })
    expect(report.done.has('รายงานผล')).toBe(false)
    expect(soundLetters(out)).toBe(5)
  })

  test('an algorithm that the token lacks concerns the letter that wants it', async () => {
    const report = await signBatch<number, Uint8Array>({
      open,
      documents: [1, 2, 3],
      nameOf: String,
      sign: (number, signer) => {
        const scheme = number === 2 ? 'rsa-pss' : 'ecdsa'
        return signer.sign(Buffer.from([number]), { scheme, digest: 'sha256' })
      },
    })
    expect(states(report)).toEqual(['signed', 'refused', 'signed'])
  })
})

describe('what would meet every letter stops the batch', () => {
  test('a token that is pulled out, and put back: the rest is signed, and nothing twice', async () => {
    token.behave({ 'pull-at': 3 })
    const out = outTray()
    const first = await signBatch(letters(out))
    expect(first.stoppedBy).toEqual({ code: 'token-removed' })
    expect(states(first)).toEqual(['signed', 'signed', 'unsigned', 'unsigned', 'unsigned', 'unsigned'])
    expect(readdirSync(out)).toHaveLength(2)
    expect(calls(token, 'C_Sign 0x')).toHaveLength(3)

    const without = await signBatch(letters(out, { done: first.done }))
    expect(without.stoppedBy).toEqual({ code: 'token-absent' })
    token.insert()
    token.behave({})
    const second = await signBatch(letters(out, { done: without.done }))
    expect(states(second)).toEqual(['signed-before', 'signed-before', 'signed', 'signed', 'signed', 'signed'])
    expect(calls(token, 'C_Sign 0x')).toHaveLength(4)
    expect(soundLetters(out)).toBe(subjects.length)
  })

  test.each([
    ['a wrong PIN', { typed: Buffer.from('000000') }, 'pin-wrong'],
    ['no PIN', { typed: Buffer.alloc(0) }, 'pin-length'],
  ])('%s, which is not tried again', async (_, typed, code) => {
    const out = outTray()
    const report = await signBatch(letters(out, typed))
    expect(report.stoppedBy?.code).toBe(code)
    expect(states(report)).toEqual(subjects.map(() => 'unsigned'))
    expect(calls(token, 'C_Login').length).toBeLessThanOrEqual(1)
    expect(readdirSync(out)).toEqual([])
  })

  test('a card fault, which is no wrong PIN', async () => {
    token.behave({ 'sign-returns': [0x30, 2] })
    const report = await signBatch(letters(outTray()))
    expect(report.stoppedBy).toEqual({ code: 'token-failed', detail: { error: 'CKR_DEVICE_ERROR' } })
    expect(states(report).filter((state) => state === 'signed')).toHaveLength(1)
  })

  test('a time-stamp service that does not answer: no letter is left half done', async () => {
    const out = outTray()
    const report = await signBatch({
      ...letters(out),
      sign: (subject, signer) => {
        const timestampServices = [{ url: 'http://127.0.0.1:9/tsa' }]
        const signing = { ...signer, timestampServices, request: request(subject) }
        return signFile(file(inTray, subject), file(out, subject), signing)
      },
    })
    expect(report.stoppedBy?.code).toBe('timestamp-unavailable')
    expect(states(report)).toEqual(subjects.map(() => 'unsigned'))
    expect(readdirSync(out)).toEqual([])
  })

  test('a person who cancels: the token is asked no more, and what it signed is kept', async () => {
    const out = outTray()
    const stop = new AbortController()
    const report = await signBatch(
      letters(out, { signal: stop.signal, onToken: (subject) => subject === subjects[1] && stop.abort() }),
    )
    expect(report.stoppedBy).toEqual({ code: 'signature-cancelled' })
    expect(states(report)).toEqual(['signed', 'signed', 'unsigned', 'unsigned', 'unsigned', 'unsigned'])
    expect(calls(token, 'C_Sign 0x')).toHaveLength(2)
    expect(existsSync(file(out, subjects[2]!))).toBe(false)
    const rest = await signBatch(letters(out, { done: report.done }))
    expect(states(rest).filter((state) => state === 'signed')).toHaveLength(4)
    expect(soundLetters(out)).toBe(subjects.length)
  })
})

test('a fault in the program itself is not swallowed, and the token is logged out', async () => {
  const batch = letters(outTray())
  const broken = signBatch({
    ...batch,
    sign: async (subject, signer) => {
      if (subject === subjects[1]) throw new Error('a bug')
      return await batch.sign(subject, signer)
    },
  })
  await expect(broken).rejects.toThrow('a bug')
  expect(token.calls().at(-1)).toBe('C_Logout 0')
})
