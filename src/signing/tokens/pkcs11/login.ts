import pkcs11 from 'pkcs11js'
import { accept, type Outcome, type Refusal, refuse } from '../../../shared/outcome.ts'
import { calling, refusalFor, TokenFault } from './faults.ts'
import { attempt, hasProtectedPath, pinStateOf, type TokenSlot } from './tokens.ts'

/**
 * Logs the user in: one try of the PIN, never a second. On a reader with a PIN pad of its own the PIN is typed there,
 * and `pin` is not used. Refuses pin-locked, pin-not-set and pin-length before the token is asked, and pin-wrong,
 * pin-final-try or pin-locked after it refused the PIN.
 */
export function logIn(
  driver: pkcs11.PKCS11,
  token: TokenSlot,
  session: pkcs11.Handle,
  pin: Uint8Array | undefined,
): Outcome<void> {
  const { info } = token
  const state = pinStateOf(info)
  if (state === 'locked') return refuse('pin-locked')
  if (state === 'not-initialised') return refuse('pin-not-set')
  const { minPinLen: minimum, maxPinLen: maximum } = info
  if (!hasProtectedPath(info) && !isPlausible(pin?.length ?? 0, info)) {
    return refuse('pin-length', { minimum, maximum })
  }
  try {
    // A login left behind by an earlier fault would let any PIN pass.
    if (isLoggedIn(driver, session)) calling(() => driver.C_Logout(session))
    submitPin(driver, token, session, pkcs11.CKU_USER, pin)
    return accept(undefined)
  } catch (error) {
    if (!(error instanceof TokenFault)) throw error
    return { ok: false, refusal: refusalOfLogin(driver, token, error) }
  }
}

/** An empty PIN would be a try for nothing. Some drivers do not know the limits and tell a maximum of 0. */
const isPlausible = (length: number, { minPinLen, maxPinLen }: pkcs11.TokenInfo): boolean =>
  length > 0 && length >= minPinLen && (maxPinLen === 0 || length <= maxPinLen)

/** Logs in for one signature with a key that asks for its PIN each time (CKA_ALWAYS_AUTHENTICATE). */
export const confirmWithPin = (
  driver: pkcs11.PKCS11,
  token: TokenSlot,
  session: pkcs11.Handle,
  pin: Uint8Array | undefined,
): void => submitPin(driver, token, session, pkcs11.CKU_CONTEXT_SPECIFIC, pin)

/** The binding passes the PIN's own bytes on and keeps no copy; null stands for the PIN typed on the reader. */
function submitPin(
  driver: pkcs11.PKCS11,
  { info }: TokenSlot,
  session: pkcs11.Handle,
  user: number,
  pin: Uint8Array | undefined,
): void {
  const given = hasProtectedPath(info) ? null : (pin ?? new Uint8Array())
  try {
    calling(() => driver.C_Login(session, user, given))
  } catch (error) {
    const isLeftover = error instanceof TokenFault && error.returned === 'CKR_USER_ALREADY_LOGGED_IN'
    if (!isLeftover || user !== pkcs11.CKU_USER) throw error
    // Returned before the PIN is looked at, by drivers whose sessions do not show the login.
    attempt(() => driver.C_Logout(session))
    calling(() => driver.C_Login(session, user, given))
  }
}

const loggedInStates = [1, 3] // CKS_RO_USER_FUNCTIONS, CKS_RW_USER_FUNCTIONS

const isLoggedIn = (driver: pkcs11.PKCS11, session: pkcs11.Handle): boolean =>
  loggedInStates.includes(calling(() => driver.C_GetSessionInfo(session)).state)

/** What a fault of a login means; after a wrong PIN the token says how many tries are left. */
export function refusalOfLogin(driver: pkcs11.PKCS11, { slot, info }: TokenSlot, fault: TokenFault): Refusal {
  if (fault.returned === 'CKR_PIN_LEN_RANGE') {
    return { code: 'pin-length', detail: { minimum: info.minPinLen, maximum: info.maxPinLen } }
  }
  const refusal = refusalFor(fault)
  if (refusal.code !== 'pin-wrong') return refusal
  try {
    const state = pinStateOf(calling(() => driver.C_GetTokenInfo(slot)))
    if (state === 'locked') return { code: 'pin-locked' }
    return state === 'final-try' ? { code: 'pin-final-try' } : refusal
  } catch (error) {
    if (error instanceof TokenFault) return refusal
    throw error
  }
}
