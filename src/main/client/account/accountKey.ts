import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'
import { readJson, writeJson } from './durableFile.ts'

/** What the system keeps secret for this user of the computer (safeStorage: DPAPI, Keychain, libsecret). */
export interface Secrets {
  encrypt(text: string): Uint8Array
  decrypt(bytes: Uint8Array): string
}

const KEY_BYTES = 32
/** scrypt (RFC 7914): 64 MB and about 0.2 s for each guess. */
const COST = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 2 ** 20 }

const wrappedSchema = z.object({ salt: z.base64(), nonce: z.base64(), sealed: z.base64() })
const keyFileSchema = z.object({ version: z.literal(1), wrapped: z.base64() })

/** An account's new key: 32 random bytes. */
export const newAccountKey = (): Uint8Array => new Uint8Array(randomBytes(KEY_BYTES))

/** Keeps an account's key in `path` under the password and then under the system's secret, in place of what was there. */
export async function keepAccountKey(
  path: string,
  key: Uint8Array,
  password: string,
  secrets: Secrets,
): Promise<void> {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await keyFromPassword(password, salt), nonce)
  const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()])
  const wrapped = JSON.stringify({
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    sealed: sealed.toString('base64'),
  })
  await writeJson(path, { version: 1, wrapped: Buffer.from(secrets.encrypt(wrapped)).toString('base64') })
}

/** The account's key when `password` opens it; 'absent' without a key file, 'closed' when it does not open. */
export async function readAccountKey(
  path: string,
  password: string,
  secrets: Secrets,
): Promise<Uint8Array | 'absent' | 'closed'> {
  const content = await readJson(path)
  if (content === undefined) return 'absent'
  const wrapped = unlock(content, secrets)
  if (wrapped === undefined) return 'closed'
  const sealed = Buffer.from(wrapped.sealed, 'base64')
  const salt = Buffer.from(wrapped.salt, 'base64')
  const nonce = Buffer.from(wrapped.nonce, 'base64')
  const passwordKey = await keyFromPassword(password, salt)
  try {
    const decipher = createDecipheriv('aes-256-gcm', passwordKey, nonce)
    decipher.setAuthTag(sealed.subarray(KEY_BYTES))
    return Buffer.concat([decipher.update(sealed.subarray(0, KEY_BYTES)), decipher.final()])
  } catch {
    return 'closed'
  }
}

/** A key for one purpose, from the account's key (HKDF, RFC 5869). */
export const purposeKey = (accountKey: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', accountKey, new Uint8Array(), `saraban ${purpose}`, KEY_BYTES))

/** What the system's secret opens; undefined on another computer, for another user, or when the file is damaged. */
function unlock(content: unknown, secrets: Secrets) {
  const file = keyFileSchema.safeParse(content)
  if (!file.success) return undefined
  try {
    const text = secrets.decrypt(Buffer.from(file.data.wrapped, 'base64'))
    return wrappedSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const keyFromPassword = (password: string, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, COST, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  )
