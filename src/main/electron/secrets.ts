import { safeStorage } from 'electron'
import type { Secrets } from '../client/account/accountKey.ts'
import type { Log } from '../client/log.ts'

const PROTECTED = 1
const PLAIN = 0

/**
 * The system's keeper of secrets: DPAPI, Keychain or a Linux keyring. Where a Linux desktop has none, what is kept
 * is protected by the person's password alone, and the log says so.
 */
export function systemSecrets(log: Log): Secrets {
  return {
    encrypt: (text) => {
      if (safeStorage.isEncryptionAvailable()) {
        return Buffer.concat([Buffer.of(PROTECTED), safeStorage.encryptString(text)])
      }
      log('secrets.no-keyring')
      return Buffer.concat([Buffer.of(PLAIN), Buffer.from(text, 'utf8')])
    },
    decrypt: (bytes) => {
      const content = Buffer.from(bytes.subarray(1))
      return bytes[0] === PROTECTED ? safeStorage.decryptString(content) : content.toString('utf8')
    },
  }
}
