import pkcs11 from 'pkcs11js'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { calling, refusalFor, TokenFault } from './faults.ts'
import { hasProtectedPath, pinStateOf, type TokenSlot } from './tokens.ts'

/**
 * Logs the user in: one call, one try of the PIN, never a second. Refuses pin-locked and pin-length before the
 * token is asked, and pin-wrong, pin-final-try or pin-locked after it refused the PIN.
 */
export function logIn(
  driver: pkcs11.PKCS11,
  { slot, info }: TokenSlot,
  session: pkcs11.Handle,
  pin: Uint8Array,
): Outcome<void> {
  // The binding takes no NULL PIN, which readers with a PIN pad of their own need.
  if (hasProtectedPath(info)) return refuse('token-failed', { error: 'CKF_PROTECTED_AUTHENTICATION_PATH' })
  if (pinStateOf(info) === 'locked') return refuse('pin-locked')
  const { minPinLen: minimum, maxPinLen: maximum } = info
  if (pin.length < minimum || pin.length > maximum) return refuse('pin-length', { minimum, maximum })
  try {
    // A login left behind by an earlier fault would let any PIN pass.
    if (isLoggedIn(driver, session)) calling(() => driver.C_Logout(session))
    submitPin(driver, session, pkcs11.CKU_USER, pin)
    return accept(undefined)
  } catch (error) {
    if (!(error instanceof TokenFault)) throw error
    return { ok: false, refusal: afterRefusedPin(driver, slot, error, { minimum, maximum }) }
  }
}

/** Logs in for one signature with a key that asks for its PIN each time (CKA_ALWAYS_AUTHENTICATE). */
export const confirmWithPin = (driver: pkcs11.PKCS11, session: pkcs11.Handle, pin: Uint8Array): void =>
  submitPin(driver, session, pkcs11.CKU_CONTEXT_SPECIFIC, pin)

/** The binding takes the PIN as a string, which cannot be overwritten: it lives for this one call only. */
function submitPin(driver: pkcs11.PKCS11, session: pkcs11.Handle, user: number, pin: Uint8Array): void {
  const view = Buffer.from(pin.buffer, pin.byteOffset, pin.byteLength)
  calling(() => driver.C_Login(session, user, view.toString('utf8')))
}

const loggedInStates = [1, 3] // CKS_RO_USER_FUNCTIONS, CKS_RW_USER_FUNCTIONS

const isLoggedIn = (driver: pkcs11.PKCS11, session: pkcs11.Handle): boolean =>
  loggedInStates.includes(calling(() => driver.C_GetSessionInfo(session)).state)

function afterRefusedPin(
  driver: pkcs11.PKCS11,
  slot: pkcs11.Handle,
  fault: TokenFault,
  length: { minimum: number; maximum: number },
) {
  if (fault.returned === 'CKR_PIN_LEN_RANGE') return { code: 'pin-length', detail: length } as const
  const refusal = refusalFor(fault)
  if (refusal.code !== 'pin-wrong') return refusal
  const state = pinStateOf(calling(() => driver.C_GetTokenInfo(slot)))
  if (state === 'locked') return { code: 'pin-locked' } as const
  return state === 'final-try' ? ({ code: 'pin-final-try' } as const) : refusal
}
