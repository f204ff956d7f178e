import pkcs11 from 'pkcs11js'
import type { Refusal } from '../../../shared/outcome.ts'
import type { RefusalCode } from '../../../shared/refusals.ts'

/** A PKCS #11 call that returned something other than CKR_OK. */
export class TokenFault extends Error {
  /** The name of what it returned, with the number where the name stands for many: CKR_VENDOR_DEFINED:0x80000101. */
  readonly returned: string

  constructor(returned: string) {
    super(returned)
    this.returned = returned
  }
}

/** Runs PKCS #11 calls; a failing one becomes a TokenFault with the name of what it returned. */
export function calling<Value>(call: () => Value): Value {
  try {
    return call()
  } catch (error) {
    throw asFault(error)
  }
}

/** The fault behind an error from the driver; other errors are bugs and stay what they are. */
export function asFault(error: unknown): unknown {
  if (!(error instanceof pkcs11.NativeError)) return error
  const name = error.message.split(/[\s:]/)[0] ?? ''
  const code = 'code' in error && typeof error.code === 'number' ? error.code : 0
  return new TokenFault(name === 'CKR_VENDOR_DEFINED' ? `${name}:0x${code.toString(16)}` : name)
}

/**
 * What each return value of C_Login, C_SignInit and C_Sign means to the person who signs (PKCS #11 v2.40, 5.1). A
 * value that is not listed is a fault of the token, and never of the PIN.
 */
const refusalOf: Readonly<Record<string, RefusalCode>> = {
  CKR_PIN_INCORRECT: 'pin-wrong',
  CKR_PIN_INVALID: 'pin-wrong',
  CKR_PIN_LOCKED: 'pin-locked',
  CKR_PIN_EXPIRED: 'pin-expired',
  CKR_USER_PIN_NOT_INITIALIZED: 'pin-not-set',

  // The person pressed the reader's cancel key, or waited too long before it.
  CKR_CANCEL: 'signature-cancelled',
  CKR_FUNCTION_CANCELED: 'signature-cancelled',
  CKR_FUNCTION_REJECTED: 'signature-cancelled',

  CKR_TOKEN_NOT_PRESENT: 'token-absent',
  CKR_SLOT_ID_INVALID: 'token-absent',
  CKR_DEVICE_REMOVED: 'token-removed',
  CKR_SESSION_HANDLE_INVALID: 'token-removed',
  CKR_SESSION_CLOSED: 'token-removed',
  CKR_KEY_HANDLE_INVALID: 'token-removed',
  CKR_OBJECT_HANDLE_INVALID: 'token-removed',
  CKR_USER_NOT_LOGGED_IN: 'token-login-lost',

  // Another program, or another user type, has the token.
  CKR_SESSION_COUNT: 'token-busy',
  CKR_SESSION_READ_ONLY_EXISTS: 'token-busy',
  CKR_SESSION_READ_WRITE_SO_EXISTS: 'token-busy',
  CKR_USER_ALREADY_LOGGED_IN: 'token-busy',
  CKR_USER_ANOTHER_ALREADY_LOGGED_IN: 'token-busy',
  CKR_USER_TOO_MANY_TYPES: 'token-busy',
  CKR_OPERATION_ACTIVE: 'token-busy',

  CKR_KEY_FUNCTION_NOT_PERMITTED: 'key-unusable',
  CKR_KEY_SIZE_RANGE: 'key-unusable',
  CKR_KEY_TYPE_INCONSISTENT: 'key-unusable',
  CKR_MECHANISM_INVALID: 'key-unusable',
  CKR_MECHANISM_PARAM_INVALID: 'key-unusable',
}

/** The refusal that tells a person about the fault. */
export function refusalFor({ returned }: TokenFault): Refusal {
  const code = refusalOf[returned] ?? 'token-failed'
  return code === 'token-failed' || code === 'key-unusable' ? { code, detail: { error: returned } } : { code }
}

/** Whether the token cannot make the signature in this way with this key, so that another way may do. */
export const isUnsuited = ({ returned }: TokenFault): boolean => refusalOf[returned] === 'key-unusable'
