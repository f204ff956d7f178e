import { verify } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pkcs11 from 'pkcs11js'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/shared/outcome.ts'
import { defaultAlgorithm, keyOptions, type SignatureAlgorithm } from '../../src/signing/cms/algorithm.ts'
import { openDriver, type TokenDriver } from '../../src/signing/tokens/pkcs11/driver.ts'
import { OpenDrivers } from '../../src/signing/tokens/pkcs11/openDrivers.ts'
import type { OpenOrder, TokenDescription } from '../../src/signing/tokens/tokenHostProtocol.ts'
import type { TokenSigner } from '../../src/signing/tokens/tokenSigner.ts'
import { createTestPki, type TestPki } from '../support/pki/authority.ts'
import { createTokens, type TokenAsked } from '../support/pki/tokens.ts'
import { type BehavingToken, behavingToken } from '../support/token/behavingToken.ts'

const directory = mkdtempSync(join(tmpdir(), 'office-'))
const letter = new TextEncoder().encode('บันทึกข้อความ เรื่อง ขออนุมัติเดินทางไปราชการ')
const pin = '482913'
let pki: TestPki
let rsa: BehavingToken
let curve: BehavingToken
let open: TokenDriver[] = []

beforeAll(() => {
  pki = createTestPki(join(directory, 'pki'), [
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'rsa-2048' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'ec-p256' },
  ])
  rsa = tokenOf('rsa', 0)
  curve = tokenOf('curve', 1)
})

afterEach(() => {
  for (const driver of open) driver.close()
  open = []
  for (const token of [rsa, curve]) {
    token.behave({})
    token.insert()
    token.calls()
  }
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** A person's token behind a driver of its own. */
function tokenOf(name: string, person: number, asked: Partial<TokenAsked> = {}): BehavingToken {
  const place = join(directory, name)
  mkdirSync(place)
  const { issuing, people } = pki
  const token = { ...people[person]!, label: name, pin, chain: [issuing.certificateDer], ...asked }
  return behavingToken(place, createTokens(place, [token]))
}

function plugIn({ module }: BehavingToken): TokenDriver {
  const driver = openDriver(module, [module])
  if (!driver.ok) throw new Error(driver.refusal.code)
  open.push(driver.value)
  return driver.value
}

async function only(driver: TokenDriver): Promise<TokenDescription> {
  const found = await driver.tokens()
  if (!found.ok || found.value.length !== 1) throw new Error('one token was expected')
  return found.value[0]!
}

async function openToken(token: BehavingToken, order: Partial<OpenOrder> = {}) {
  const driver = plugIn(token)
  const { serial } = await only(driver)
  const typed = Buffer.from(pin)
  return { driver, typed, signer: await driver.open({ tokenSerial: serial, pin: typed, ...order }) }
}

/** The code of a refusal; `ok` when there is none. */
const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.refusal.code)

function accepted<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

const sign = (signer: TokenSigner, algorithm = defaultAlgorithm(signer.certificate)) =>
  signer.sign(letter, algorithm)

/** Whether the signer makes a signature now that its certificate verifies. */
async function signs(
  signer: TokenSigner,
  algorithm = defaultAlgorithm(signer.certificate),
): Promise<boolean> {
  const key = { key: signer.certificate.x509.publicKey, ...keyOptions(algorithm) }
  return verify(algorithm.digest, letter, key, accepted(await sign(signer, algorithm)))
}

const logins = (token: BehavingToken): string[] => token.calls().filter((call) => call.startsWith('C_Login'))

describe('the binding, patched', () => {
  test.each([
    ['no PIN', undefined],
    ['a null PIN', null],
  ])('passes NULL to the driver for %s, and the bytes of a PIN as they are', (_, absent) => {
    rsa.behave({ pad: pin })
    const driver = new pkcs11.PKCS11()
    driver.load(rsa.module)
    driver.C_Initialize()
    const [slot] = driver.C_GetSlotList(true)
    const session = driver.C_OpenSession(slot!, pkcs11.CKF_SERIAL_SESSION)
    driver.C_Login(session, pkcs11.CKU_USER, absent)
    driver.C_Logout(session)
    rsa.behave({})
    driver.C_Login(session, pkcs11.CKU_USER, Buffer.from(`..${pin}..`).subarray(2, -2))
    driver.C_Logout(session)
    driver.C_Login(session, pkcs11.CKU_USER, pin)
    expect(() => driver.C_Login(session, pkcs11.CKU_USER, new Uint8Array())).toThrow()
    driver.C_Finalize()
    driver.close()
    expect(logins(rsa)).toEqual(['C_Login NULL 0x1', 'C_Login 0x1', 'C_Login 0x1', 'C_Login 0x1'])
  })
})

describe('a reader with a PIN pad', () => {
  test('is known before anybody types, takes the PIN itself and signs', async () => {
    rsa.behave({ pad: pin })
    const driver = plugIn(rsa)
    const token = await only(driver)
    expect(token.protectedPath).toBe(true)
    const signer = accepted(await driver.open({ tokenSerial: token.serial }))
    expect(await signs(signer)).toBe(true)
    await signer.close()
    expect(logins(rsa)).toEqual(['C_Login NULL 0x1'])
  })

  test('is not given a PIN that a program typed, which is wiped all the same', async () => {
    rsa.behave({ pad: pin })
    const { signer, typed } = await openToken(rsa)
    expect(signer.ok).toBe(true)
    expect(typed.every((byte) => byte === 0)).toBe(true)
  })

  test('asks at each signature where the key wants it', async () => {
    const guarded = tokenOf('guarded', 0, { alwaysAuthenticates: true })
    guarded.behave({ pad: pin })
    const { signer } = await openToken(guarded)
    const opened = accepted(signer)
    for (const _ of [1, 2]) expect(await signs(opened)).toBe(true)
    expect(logins(guarded)).toEqual(['C_Login NULL 0x1', 'C_Login NULL 0x2', 'C_Login NULL 0x2'])
  })

  test.each([
    ['cancelled', pkcs11.CKR_FUNCTION_CANCELED, 'signature-cancelled'],
    ['left alone until it gave up', pkcs11.CKR_FUNCTION_REJECTED, 'signature-cancelled'],
    ['given a wrong PIN', pkcs11.CKR_PIN_INCORRECT, 'pin-wrong'],
    ['out of order', pkcs11.CKR_DEVICE_ERROR, 'token-failed'],
  ])('that is %s is asked once', async (_, returned, code) => {
    rsa.behave({ pad: pin, 'login-returns': [returned] })
    const { signer } = await openToken(rsa)
    expect(codeOf(signer)).toBe(code)
    expect(logins(rsa)).toHaveLength(1)
  })
})

describe('a card fault is never called a wrong PIN', () => {
  test.each([
    ['CKR_GENERAL_ERROR', pkcs11.CKR_GENERAL_ERROR, 'token-failed'],
    ['CKR_DEVICE_ERROR', pkcs11.CKR_DEVICE_ERROR, 'token-failed'],
    ['CKR_FUNCTION_FAILED', pkcs11.CKR_FUNCTION_FAILED, 'token-failed'],
    ['a code of the vendor', 0x80000101, 'token-failed'],
    ['CKR_PIN_EXPIRED', pkcs11.CKR_PIN_EXPIRED, 'pin-expired'],
    ['CKR_USER_PIN_NOT_INITIALIZED', pkcs11.CKR_USER_PIN_NOT_INITIALIZED, 'pin-not-set'],
    ['CKR_USER_ANOTHER_ALREADY_LOGGED_IN', pkcs11.CKR_USER_ANOTHER_ALREADY_LOGGED_IN, 'token-busy'],
    ['CKR_DEVICE_REMOVED', pkcs11.CKR_DEVICE_REMOVED, 'token-removed'],
  ])('%s at login', async (_, returned, code) => {
    rsa.behave({ 'login-returns': [returned] })
    const { signer, typed } = await openToken(rsa)
    expect(codeOf(signer)).toBe(code)
    expect(logins(rsa)).toHaveLength(1)
    expect(typed.every((byte) => byte === 0)).toBe(true)
  })

  test('a code of the vendor is told with its number', async () => {
    rsa.behave({ 'login-returns': [0x80000101] })
    const { signer } = await openToken(rsa)
    expect(signer).toEqual({
      ok: false,
      refusal: { code: 'token-failed', detail: { error: 'CKR_VENDOR_DEFINED:0x80000101' } },
    })
  })
})

describe('a token that counts wrong PINs', () => {
  test('warns, warns of the last try, locks, and is not asked after that', async () => {
    const counting = tokenOf('counting', 0)
    counting.behave({ tries: 3 })
    const driver = plugIn(counting)
    const { serial } = await only(driver)
    const attempt = async (typed: string) =>
      codeOf(await driver.open({ tokenSerial: serial, pin: Buffer.from(typed) }))
    expect(await attempt('999999')).toBe('pin-wrong')
    expect((await only(driver)).pinState).toBe('low')
    expect(await attempt('999999')).toBe('pin-final-try')
    expect((await only(driver)).pinState).toBe('final-try')
    expect(await attempt('999999')).toBe('pin-locked')
    expect((await only(driver)).pinState).toBe('locked')
    counting.calls()
    expect(await attempt(pin)).toBe('pin-locked')
    expect(counting.calls()).toEqual([])
  })
})

describe('a login that another program, or a fault, left behind', () => {
  test('is ended, so that the PIN is checked after all', async () => {
    rsa.behave({ 'login-returns': [pkcs11.CKR_USER_ALREADY_LOGGED_IN, 1] })
    const wrong = Buffer.from('999999')
    expect(codeOf((await openToken(rsa, { pin: wrong })).signer)).toBe('pin-wrong')
  })

  test('that cannot be ended is not taken for a login of ours', async () => {
    rsa.behave({ 'login-returns': [pkcs11.CKR_USER_ALREADY_LOGGED_IN] })
    expect(codeOf((await openToken(rsa)).signer)).toBe('token-busy')
  })

  test('an operation that was never ended does not stand in the way', async () => {
    rsa.behave({ 'begin-returns': [pkcs11.CKR_OPERATION_ACTIVE, 1] })
    const signer = accepted((await openToken(rsa)).signer)
    expect(await signs(signer)).toBe(true)
    expect(logins(rsa)).toHaveLength(1)
  })
})

test('letters that are signed at the same time, and a token that is closed meanwhile, do not get into each other’s way', async () => {
  const signer = accepted((await openToken(rsa)).signer)
  const signed = [1, 2, 3].map(() => signs(signer))
  const closed = signer.close()
  const tooLate = sign(signer)
  expect(await Promise.all(signed)).toEqual([true, true, true])
  await closed
  expect(codeOf(await tooLate)).toBe('token-login-lost')
})

describe('certificates that are shown only after the login', () => {
  test('are told of, found with the PIN, and sign with their chain', async () => {
    const hiding = tokenOf('hiding', 0, { hidesCertificates: true })
    const driver = plugIn(hiding)
    const token = await only(driver)
    expect(token).toMatchObject({ certificates: [], certificatesNeedPin: true })
    const signer = accepted(await driver.open({ tokenSerial: token.serial, pin: Buffer.from(pin) }))
    expect(signer.certificate.commonName).toBe('นายสมชาย ใจดี')
    expect(signer.chain).toHaveLength(1)
    expect(await signs(signer)).toBe(true)
    await signer.close()
    expect((await only(driver)).certificates).toEqual([])
  })

  test('are not looked for with the PIN where others are shown', async () => {
    const { signer } = await openToken(rsa, { certificateId: 'f'.repeat(64) })
    expect(codeOf(signer)).toBe('certificate-missing')
    expect(logins(rsa)).toEqual([])
  })
})

describe('algorithms and the mechanisms that tokens have for them', () => {
  const pss = { scheme: 'rsa-pss', digest: 'sha256' } as const
  const ways: readonly (readonly [string, 'rsa' | 'curve', SignatureAlgorithm, readonly number[]])[] = [
    ['SHA-384 on the token', 'rsa', { scheme: 'rsa-pkcs1', digest: 'sha384' }, [pkcs11.CKM_SHA384_RSA_PKCS]],
    ['SHA-512, hashed here', 'rsa', { scheme: 'rsa-pkcs1', digest: 'sha512' }, [pkcs11.CKM_RSA_PKCS]],
    ['bare RSA', 'rsa', { scheme: 'rsa-pkcs1', digest: 'sha256' }, [pkcs11.CKM_RSA_X_509]],
    ['PSS on the token', 'rsa', pss, [pkcs11.CKM_SHA256_RSA_PKCS_PSS]],
    ['PSS, hashed here', 'rsa', pss, [pkcs11.CKM_RSA_PKCS_PSS]],
    ['PSS with SHA-512, padded here', 'rsa', { ...pss, digest: 'sha512' }, [pkcs11.CKM_RSA_X_509]],
    ['ECDSA, hashed here', 'curve', { scheme: 'ecdsa', digest: 'sha256' }, [pkcs11.CKM_ECDSA]],
    ['ECDSA with a longer hash', 'curve', { scheme: 'ecdsa', digest: 'sha512' }, [pkcs11.CKM_ECDSA]],
    ['ECDSA on the token', 'curve', { scheme: 'ecdsa', digest: 'sha256' }, [pkcs11.CKM_ECDSA_SHA256]],
  ]
  test.each(ways)('%s', async (_, kind, algorithm, mechanisms) => {
    const token = kind === 'rsa' ? rsa : curve
    token.behave({ mechanisms })
    const signer = accepted((await openToken(token, { algorithm })).signer)
    expect(await signs(signer, algorithm)).toBe(true)
    expect(token.calls()).toContain(`C_SignInit 0x${mechanisms[0]!.toString(16)}`)
  })

  test.each([
    ['mechanism-missing', pss, [pkcs11.CKM_RSA_PKCS]],
    ['mechanism-missing', pss, [pkcs11.CKM_RSA_PKCS, pkcs11.CKM_SHA512_RSA_PKCS_PSS]],
    ['algorithm-unfit', { scheme: 'ecdsa', digest: 'sha256' } as const, [pkcs11.CKM_ECDSA]],
  ])('%s before the PIN is used', async (code, algorithm, mechanisms) => {
    rsa.behave({ mechanisms })
    expect(codeOf((await openToken(rsa, { algorithm })).signer)).toBe(code)
    expect(logins(rsa)).toEqual([])
  })

  test('a mechanism that is listed and then refused for the key gives way to the next', async () => {
    rsa.behave({ 'begin-returns': [pkcs11.CKR_MECHANISM_INVALID, 1] })
    const signer = accepted((await openToken(rsa)).signer)
    expect(await signs(signer)).toBe(true)
    rsa.behave({ 'begin-returns': [pkcs11.CKR_KEY_FUNCTION_NOT_PERMITTED] })
    expect(codeOf(await sign(signer))).toBe('key-unusable')
  })
})

describe('a token that is pulled out', () => {
  test('signs no more, also when it is back, until its PIN is entered again', async () => {
    rsa.behave({ 'pull-at': 2 })
    const { driver, signer } = await openToken(rsa)
    const opened = accepted(signer)
    expect(codeOf(await sign(opened))).toBe('ok')
    expect(codeOf(await sign(opened))).toBe('token-removed')
    expect(accepted(await driver.tokens())).toEqual([])
    rsa.insert()
    expect(codeOf(await sign(opened))).toBe('token-removed')
    const { serial } = await only(driver)
    const again = accepted(await driver.open({ tokenSerial: serial, pin: Buffer.from(pin) }))
    rsa.behave({})
    expect(await signs(again)).toBe(true)
  })

  test.each([
    ['CKR_DEVICE_ERROR', pkcs11.CKR_DEVICE_ERROR, 'token-failed'],
    ['CKR_USER_NOT_LOGGED_IN', pkcs11.CKR_USER_NOT_LOGGED_IN, 'token-login-lost'],
    ['CKR_TOKEN_NOT_PRESENT', pkcs11.CKR_TOKEN_NOT_PRESENT, 'token-removed'],
    ['CKR_FUNCTION_CANCELED', pkcs11.CKR_FUNCTION_CANCELED, 'signature-cancelled'],
  ])('or fails with %s while it signs, signs no more', async (_, returned, code) => {
    rsa.behave({ 'sign-returns': [returned, 1] })
    const signer = accepted((await openToken(rsa)).signer)
    expect(codeOf(await sign(signer))).toBe(code)
    expect(codeOf(await sign(signer))).toBe(code)
  })
})

describe('cards and drivers that are odd', () => {
  /** One card with a PIN for each of its two keys, which its driver shows as two tokens. */
  const twoPins = (label?: string): BehavingToken => {
    const place = join(directory, `two-pins-${label}`)
    mkdirSync(place)
    const chain = [pki.issuing.certificateDer]
    const asked = pki.people.map((person, index) => ({ ...person, label: `PIN ${index + 1}`, pin, chain }))
    const card = behavingToken(place, createTokens(place, asked))
    card.behave({ serial: '0001', ...(label === undefined ? {} : { label }) })
    return card
  }

  test.each([
    ['by their labels', undefined, ['0001 (PIN 1)', '0001 (PIN 2)']],
    ['by their order', 'IDPrime', ['0001 (IDPrime)', '0001 (IDPrime) 2']],
  ])('two PINs of one card are told apart %s, and each signs', async (_, label, serials) => {
    const driver = plugIn(twoPins(label))
    const found = accepted(await driver.tokens())
    expect(found.map(({ serial }) => serial).toSorted()).toEqual(serials)
    for (const { serial, certificates } of found) {
      const signer = accepted(await driver.open({ tokenSerial: serial, pin: Buffer.from(pin) }))
      expect(signer.certificate.fingerprint).toBe(certificates[0]?.id)
      expect(await signs(signer)).toBe(true)
    }
  })

  test('a card that two drivers show is listed once, through the one that is allowed first', async () => {
    for (const token of [rsa, curve]) token.behave({ serial: '0002' })
    const drivers = new OpenDrivers([curve.module, rsa.module])
    const found = accepted(await drivers.tokens())
    expect(found.map(({ serial, module }) => [serial, module])).toEqual([['0002', curve.module]])
    rsa.behave({ serial: '0003' })
    expect(accepted(await drivers.tokens())).toHaveLength(2)
    drivers.close()
  })

  test('certificates without a label are found', async () => {
    rsa.behave({ 'no-labels': true })
    const { driver, signer } = await openToken(rsa)
    expect((await only(driver)).certificates[0]).toMatchObject({ label: '', commonName: 'นายสมชาย ใจดี' })
    expect(await signs(accepted(signer))).toBe(true)
  })

  test('a wrong PIN typed on the reader costs one try there', async () => {
    rsa.behave({ pad: '000000', tries: 3 })
    const { driver, signer } = await openToken(rsa)
    expect(codeOf(signer)).toBe('pin-wrong')
    const { pinState, serial } = await only(driver)
    expect(pinState).toBe('low')
    rsa.behave({ pad: pin, tries: 3 })
    expect(codeOf(await driver.open({ tokenSerial: serial }))).toBe('ok')
  })
})

test('two tokens with one label, from two vendors’ drivers, are told apart and open at once', async () => {
  for (const token of [rsa, curve]) token.behave({ label: 'NHSO' })
  const opened = await Promise.all([openToken(rsa), openToken(curve)])
  const [first, second] = opened.map(({ signer }) => accepted(signer))
  for (const signer of [first!, second!, first!]) {
    expect(await signs(signer)).toBe(true)
  }
  const labels = await Promise.all(opened.map(async ({ driver }) => (await only(driver)).label))
  expect(labels).toEqual(['NHSO', 'NHSO'])
})
