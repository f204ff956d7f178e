import { createHash, verify, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/shared/outcome.ts'
import { defaultAlgorithm } from '../../src/signing/cms/algorithm.ts'
import { openDriver, type TokenDriver } from '../../src/signing/tokens/pkcs11/driver.ts'
import { knownModules } from '../../src/signing/tokens/pkcs11/modules.ts'
import type { TokenDescription } from '../../src/signing/tokens/tokenHostProtocol.ts'
import { createTestPki, readDer, type TestPki } from '../support/pki/authority.ts'
import { createTokens, type TestTokens, type TokenAsked } from '../support/pki/tokens.ts'

const directory = mkdtempSync(join(tmpdir(), 'token-'))
const data = new TextEncoder().encode('บันทึกข้อความ เรื่อง ขออนุมัติจัดประชุม')
const modules = knownModules('linux')
let pki: TestPki
let tokens: TestTokens
let open: TokenDriver | undefined

beforeAll(() => {
  pki = createTestPki(join(directory, 'pki'), [
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'rsa-2048' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'ec-p256' },
    {
      name: 'นายวิชัย หมดอายุ',
      email: 'wichai@nhso.example',
      key: 'rsa-2048',
      notAfter: new Date('2026-01-31'),
    },
    { name: 'นางกานดา เข้ารหัส', email: 'kanda@nhso.example', key: 'rsa-2048', usage: 'encipher' },
    { name: 'นายปรีชา วงศ์สาม', email: 'preecha@nhso.example', key: 'ec-p384' },
  ])
  tokens = createTokens(join(directory, 'all'), pki.people.map(asToken))
})

const asToken = (person: TestPki['people'][number], index: number): TokenAsked => ({
  ...person,
  label: `token-${index + 1}`,
  pin: `12345${index}`,
  chain: [pki.issuing.certificateDer],
})

/** Opens the tokens; what an earlier test opened is closed, because a driver serves a process once. */
function plugIn(which: TestTokens = tokens): TokenDriver {
  open?.close()
  process.env.SOFTHSM2_CONF = which.env.SOFTHSM2_CONF
  const driver = openDriver(which.module, modules)
  if (!driver.ok) throw new Error(driver.refusal.code)
  open = driver.value
  return driver.value
}

afterEach(() => {
  open?.close()
  open = undefined
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** The token of the person, or the only one. */
async function described(driver: TokenDriver, index?: number): Promise<TokenDescription> {
  const found = await driver.tokens()
  if (!found.ok) throw new Error(found.refusal.code)
  return found.value.find(({ serial }) => index === undefined || serial === tokens.tokens[index]!.serial)!
}

/** Signs so many times with one entry of the PIN, and logs out. Refused as the first refusal was. */
async function sign(driver: TokenDriver, index?: number, pin = `12345${index ?? 0}`, times = 1) {
  const token = await described(driver, index)
  const pinBytes = Uint8Array.from(Buffer.from(pin))
  const certificateId = token.certificates[0]!.id
  const signer = await driver.open({ tokenSerial: token.serial, certificateId, pin: pinBytes })
  const signatures: Uint8Array[] = []
  let outcome: Outcome<unknown> = signer
  for (let time = 0; signer.ok && outcome.ok && time < times; time++) {
    const signature = await signer.value.sign(data, defaultAlgorithm(signer.value.certificate))
    outcome = signature
    if (signature.ok) signatures.push(signature.value)
  }
  if (signer.ok) await signer.value.close()
  return { outcome, signatures, pinBytes, token }
}

function isSignedBy(certificateDer: Uint8Array, algorithm: string, signature: Uint8Array): boolean {
  const key = new X509Certificate(certificateDer).publicKey
  return verify(algorithm, data, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

describe('listing tokens', () => {
  test('shows certificates, chain and PIN state without a PIN', async () => {
    const token = await described(plugIn(), 0)
    expect(token).toMatchObject({
      label: 'token-1',
      pinState: 'ok',
      protectedPath: false,
      module: tokens.module,
    })
    expect(token.pinMinimum).toBeGreaterThan(0)
    expect(token.certificates).toHaveLength(1)
    expect(token.certificates[0]).toMatchObject({
      commonName: 'นายสมชาย ใจดี',
      email: 'somchai@nhso.example',
      issuerCommonName: 'Saraban Test Issuing CA',
      keyType: 'rsa',
    })
    expect(token.certificates[0]).not.toHaveProperty('unfit')
    expect(token.certificates[0]!.id).toBe(
      createHash('sha256').update(readDer(pki.people[0]!.certificateDer)[0]!).digest('hex'),
    )
    expect(token.chain.map((der) => Buffer.from(der))).toEqual(readDer(pki.issuing.certificateDer))
  })

  test('says which certificate has expired and which is not for signing', async () => {
    const driver = plugIn()
    expect((await described(driver, 2)).certificates[0]?.unfit).toEqual({
      code: 'certificate-expired',
      detail: { date: '2026-01-31' },
    })
    expect((await described(driver, 3)).certificates[0]?.unfit).toEqual({ code: 'certificate-usage' })
  })
})

describe('signing with a token', () => {
  test.each([
    { key: 'an RSA key', index: 0, algorithm: 'sha256' },
    { key: 'a P-256 key', index: 1, algorithm: 'sha256' },
    { key: 'a P-384 key', index: 4, algorithm: 'sha384' },
  ])('signs with $key and forgets the PIN', async ({ index, algorithm }) => {
    const { signatures, pinBytes, token } = await sign(plugIn(), index)
    expect(isSignedBy(token.certificates[0]!.der, algorithm, signatures[0]!)).toBe(true)
    expect(pinBytes.every((byte) => byte === 0)).toBe(true)
  })

  test('signs fifty letters with one entry of the PIN', async () => {
    const { signatures } = await sign(plugIn(), 1, '123451', 50)
    expect(signatures).toHaveLength(50)
  })

  test('hashes by itself where the token offers only bare RSA', async () => {
    const bare = createTokens(join(directory, 'bare'), [asToken(pki.people[0]!, 0)], '-CKM_SHA256_RSA_PKCS')
    const { signatures, token } = await sign(plugIn(bare))
    expect(isSignedBy(token.certificates[0]!.der, 'sha256', signatures[0]!)).toBe(true)
  })

  test('gives the PIN again for each signature to a key that asks for it', async () => {
    const asked = { ...asToken(pki.people[0]!, 0), alwaysAuthenticates: true }
    const driver = plugIn(createTokens(join(directory, 'guarded'), [asked]))
    const { signatures, token, pinBytes } = await sign(driver, undefined, '123450', 2)
    const { der } = token.certificates[0]!
    expect(signatures.map((made) => isSignedBy(der, 'sha256', made))).toEqual([true, true])
    expect(pinBytes.every((byte) => byte === 0)).toBe(true)
  })

  test('names the mechanism that the token lacks, and uses no try of the PIN', async () => {
    const none = createTokens(join(directory, 'none'), [asToken(pki.people[1]!, 0)], 'CKM_SHA256')
    const driver = plugIn(none)
    const { outcome } = await sign(driver, undefined, 'wrong!')
    expect(outcome).toEqual({
      ok: false,
      refusal: { code: 'mechanism-missing', detail: { mechanism: 'CKM_ECDSA' } },
    })
    expect((await described(driver)).pinState).toBe('ok')
  })
})

describe('the PIN', () => {
  test('a wrong PIN costs one try, is not tried again, and the right one clears the warning', async () => {
    const driver = plugIn()
    const wrong = await sign(driver, 0, '999999')
    expect(wrong.outcome).toEqual({ ok: false, refusal: { code: 'pin-wrong' } })
    expect(wrong.pinBytes.every((byte) => byte === 0)).toBe(true)
    expect((await described(driver, 0)).pinState).toBe('low')
    expect((await sign(driver, 0)).outcome.ok).toBe(true)
    expect((await described(driver, 0)).pinState).toBe('ok')
  })

  test('a PIN of the wrong length is not sent to the token', async () => {
    const driver = plugIn()
    const { outcome, token } = await sign(driver, 1, '1')
    expect(outcome).toEqual({
      ok: false,
      refusal: { code: 'pin-length', detail: { minimum: token.pinMinimum, maximum: token.pinMaximum } },
    })
    expect((await described(driver, 1)).pinState).toBe('ok')
  })

  test('is needed again after each signature: the token is logged out', async () => {
    const driver = plugIn()
    expect((await sign(driver, 0)).outcome.ok).toBe(true)
    expect((await sign(driver, 0, '999999')).outcome).toEqual({ ok: false, refusal: { code: 'pin-wrong' } })
    expect((await sign(driver, 0)).outcome.ok).toBe(true)
  })
})

describe('refusals', () => {
  test('a token that is not plugged in', async () => {
    const pin = Buffer.from('123450')
    const outcome = await plugIn().open({ tokenSerial: 'ffffffffffffffff', pin })
    expect(outcome).toEqual({ ok: false, refusal: { code: 'token-absent' } })
    expect(pin.every((byte) => byte === 0)).toBe(true)
  })

  test('a certificate without its key', async () => {
    const orphan = createTokens(join(directory, 'orphan'), [
      { ...asToken(pki.people[0]!, 0), certificateDer: pki.people[1]!.certificateDer },
    ])
    const { outcome } = await sign(plugIn(orphan))
    expect(outcome).toEqual({ ok: false, refusal: { code: 'key-missing' } })
  })

  test('a driver that cannot be loaded, or is none', () => {
    const broken = join(directory, 'broken.so')
    writeFileSync(broken, 'ไม่ใช่โปรแกรม')
    expect(openDriver(broken, [broken])).toEqual({
      ok: false,
      refusal: { code: 'token-module-broken', detail: { module: broken } },
    })
  })

  test('a driver outside the list is not loaded, and one that is not installed is named', () => {
    expect(openDriver('/tmp/libevil.so', modules)).toEqual({
      ok: false,
      refusal: { code: 'token-module-refused', detail: { module: '/tmp/libevil.so' } },
    })
    expect(openDriver('/usr/lib/libcastle.so.1.0.0', modules)).toEqual({
      ok: false,
      refusal: { code: 'token-module-missing', detail: { module: '/usr/lib/libcastle.so.1.0.0' } },
    })
  })
})
