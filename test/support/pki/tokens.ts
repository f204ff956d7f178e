import { createPrivateKey } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pkcs11 from 'pkcs11js'
import { mustRun } from './run.ts'

/** A token to make: one person's certificate and key behind a PIN. */
export interface TokenAsked {
  readonly label: string
  readonly pin: string
  /** Paths of the key (PEM, PKCS #8), the certificate (DER) and the authorities' certificates (DER). */
  readonly keyPem: string
  readonly certificateDer: string
  readonly chain: readonly string[]
  /** The key asks for the PIN at each signature (CKA_ALWAYS_AUTHENTICATE); RSA keys only. */
  readonly alwaysAuthenticates?: boolean
  /** The certificates are private objects, which no program sees before the login. */
  readonly hidesCertificates?: boolean
}

/** The tokens of one SoftHSM folder. Programs see them when they run with `env`. */
export interface TestTokens {
  readonly env: { readonly SOFTHSM2_CONF: string }
  /** Path of the PKCS #11 driver. */
  readonly module: string
  readonly tokens: readonly { readonly label: string; readonly pin: string; readonly serial: string }[]
}

const places = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so']

/** Path of SoftHSM's driver; throws with advice when it is not installed. */
function softHsmModule(): string {
  const found = places.find((path) => existsSync(path))
  if (found === undefined) throw new Error('SoftHSM is not installed; it comes with the package softhsm2.')
  return found
}

/**
 * Makes SoftHSM tokens in a folder of their own, one for each asked. `mechanisms` limits what they offer, in
 * SoftHSM's own words ("-CKM_SHA256_RSA_PKCS" takes one away); default ALL. Certificates are public objects, as
 * on most real tokens, so that they can be listed without the PIN.
 */
export function createTokens(
  directory: string,
  asked: readonly TokenAsked[],
  mechanisms = 'ALL',
): TestTokens {
  const module = softHsmModule()
  const store = join(directory, 'tokens')
  mkdirSync(store, { recursive: true })
  const configuration = join(directory, 'softhsm2.conf')
  const env = { SOFTHSM2_CONF: configuration }
  const configure = (offered: string): void =>
    writeFileSync(
      configuration,
      `directories.tokendir = ${store}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = true\nslots.mechanisms = ${offered}\n`,
    )
  configure('ALL')
  for (const token of asked) {
    const pins = ['--so-pin', '87654321', '--pin', token.pin]
    mustRun('softhsm2-util', ['--init-token', '--free', '--label', token.label, ...pins], { env })
    if (token.alwaysAuthenticates === true) continue
    const key = ['--id', 'a1', '--label', token.label, '--no-public-key']
    mustRun('softhsm2-util', ['--import', token.keyPem, '--token', token.label, '--pin', token.pin, ...key], {
      env,
    })
  }
  const tokens = withDriver(module, configuration, (driver) =>
    asked.map((token) => {
      const slot = driver
        .C_GetSlotList(true)
        .find((candidate) => driver.C_GetTokenInfo(candidate).label.trim() === token.label)!
      writeObjects(driver, slot, token)
      return { label: token.label, pin: token.pin, serial: driver.C_GetTokenInfo(slot).serialNumber.trim() }
    }),
  )
  configure(mechanisms)
  return { env, module, tokens }
}

function withDriver<Value>(
  module: string,
  configuration: string,
  work: (driver: pkcs11.PKCS11) => Value,
): Value {
  const before = process.env.SOFTHSM2_CONF
  process.env.SOFTHSM2_CONF = configuration
  const driver = new pkcs11.PKCS11()
  driver.load(module)
  driver.C_Initialize({ flags: pkcs11.CKF_OS_LOCKING_OK })
  try {
    return work(driver)
  } finally {
    driver.C_Finalize()
    driver.close()
    if (before === undefined) delete process.env.SOFTHSM2_CONF
    else process.env.SOFTHSM2_CONF = before
  }
}

function writeObjects(driver: pkcs11.PKCS11, slot: pkcs11.Handle, token: TokenAsked): void {
  const session = driver.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION)
  driver.C_Login(session, pkcs11.CKU_USER, token.pin)
  if (token.alwaysAuthenticates === true) driver.C_CreateObject(session, guardedKey(token))
  const own = { path: token.certificateDer, id: 'a1', label: token.label }
  const authorities = token.chain.map((path, index) => ({ path, id: `c${index}`, label: `ca-${index}` }))
  for (const { path, id, label } of [own, ...authorities]) {
    driver.C_CreateObject(session, [
      { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_CERTIFICATE },
      { type: pkcs11.CKA_CERTIFICATE_TYPE, value: pkcs11.CKC_X_509 },
      { type: pkcs11.CKA_TOKEN, value: true },
      { type: pkcs11.CKA_PRIVATE, value: token.hidesCertificates === true },
      { type: pkcs11.CKA_ID, value: Buffer.from(id, 'hex') },
      { type: pkcs11.CKA_LABEL, value: label },
      { type: pkcs11.CKA_SUBJECT, value: Buffer.from([0x30, 0]) },
      { type: pkcs11.CKA_VALUE, value: readFileSync(path) },
    ])
  }
  driver.C_Logout(session)
  driver.C_CloseSession(session)
}

/** An RSA private key as a PKCS #11 object that needs a login of its own for each signature. */
function guardedKey({ keyPem, label }: TokenAsked): pkcs11.Template {
  const key = createPrivateKey(readFileSync(keyPem)).export({ format: 'jwk' })
  const part = (type: number, text: string | undefined) => ({ type, value: Buffer.from(text!, 'base64url') })
  return [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
    { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_RSA },
    { type: pkcs11.CKA_TOKEN, value: true },
    { type: pkcs11.CKA_PRIVATE, value: true },
    { type: pkcs11.CKA_SIGN, value: true },
    { type: pkcs11.CKA_ALWAYS_AUTHENTICATE, value: true },
    { type: pkcs11.CKA_ID, value: Buffer.from('a1', 'hex') },
    { type: pkcs11.CKA_LABEL, value: label },
    part(pkcs11.CKA_MODULUS, key.n),
    part(pkcs11.CKA_PUBLIC_EXPONENT, key.e),
    part(pkcs11.CKA_PRIVATE_EXPONENT, key.d),
    part(pkcs11.CKA_PRIME_1, key.p),
    part(pkcs11.CKA_PRIME_2, key.q),
    part(pkcs11.CKA_EXPONENT_1, key.dp),
    part(pkcs11.CKA_EXPONENT_2, key.dq),
    part(pkcs11.CKA_COEFFICIENT, key.qi),
  ]
}
