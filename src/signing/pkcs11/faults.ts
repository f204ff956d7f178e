import pkcs11 from 'pkcs11js'
import type { Refusal } from '../../shared/outcome.ts'
import type { RefusalCode } from '../../shared/refusals.ts'

/** A PKCS #11 call that returned something other than CKR_OK. */
export class TokenFault extends Error {
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
  return error instanceof pkcs11.NativeError ? new TokenFault(error.message.split(/[\s:]/)[0] ?? '') : error
}

/** What each return value means to the person who signs; whatever is not listed is a fault of the token. */
const refusalOf: Readonly<Record<string, RefusalCode>> = {
  CKR_PIN_INCORRECT: 'pin-wrong',
  CKR_PIN_INVALID: 'pin-wrong',
  CKR_PIN_LOCKED: 'pin-locked',
  CKR_TOKEN_NOT_PRESENT: 'token-absent',
  CKR_SLOT_ID_INVALID: 'token-absent',
  CKR_DEVICE_REMOVED: 'token-removed',
  CKR_SESSION_HANDLE_INVALID: 'token-removed',
  CKR_SESSION_CLOSED: 'token-removed',
  // No signing call returns it: it is ours for a signature that the certificate's key does not verify.
  CKR_SIGNATURE_INVALID: 'key-missing',
  CKR_FUNCTION_CANCELED: 'signature-cancelled',
}

/** The refusal that tells a person about the fault. */
export function refusalFor({ returned }: TokenFault): Refusal {
  const code = refusalOf[returned] ?? 'token-failed'
  return code === 'token-failed' ? { code, detail: { error: returned } } : { code }
}
