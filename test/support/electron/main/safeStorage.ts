import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type * as Electron from 'electron'
import { app } from './app.ts'
import { refuseUnknown } from './unimplemented.ts'

const PREFIX = Buffer.from('v10')
const NONCE_LENGTH = 12
const TAG_LENGTH = 16

/** The key beside the profile, readable by its owner only; made when it is not there. */
function storedKey(): Buffer {
  const file = join(app.getPath('userData'), 'safe-storage-key')
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file)
}

/** Electron's `safeStorage`, as weak as its `basic_text` backend says: the key lies beside the profile. */
export const safeStorage = refuseUnknown('safeStorage', {
  isEncryptionAvailable: () => app.isReady(),
  getSelectedStorageBackend: () => 'basic_text' as const,
  setUsePlainTextEncryption: () => undefined,
  encryptString(plainText) {
    const nonce = randomBytes(NONCE_LENGTH)
    const cipher = createCipheriv('aes-256-gcm', storedKey(), nonce)
    return Buffer.concat([
      PREFIX,
      nonce,
      cipher.update(plainText, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ])
  },
  decryptString(encrypted) {
    const bytes = Buffer.from(encrypted)
    if (!bytes.subarray(0, PREFIX.length).equals(PREFIX)) {
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.')
    }
    const nonce = bytes.subarray(PREFIX.length, PREFIX.length + NONCE_LENGTH)
    const decipher = createDecipheriv('aes-256-gcm', storedKey(), nonce)
    decipher.setAuthTag(bytes.subarray(-TAG_LENGTH))
    const covered = bytes.subarray(PREFIX.length + NONCE_LENGTH, -TAG_LENGTH)
    return Buffer.concat([decipher.update(covered), decipher.final()]).toString('utf8')
  },
} satisfies Partial<Electron.SafeStorage>)
