import pkcs11 from 'pkcs11js'
import { describe, expect, test } from 'vitest'
import { logIn } from './login.ts'
import type { TokenSlot } from './tokens.ts'

const handle = Buffer.alloc(8)
const fine = pkcs11.CKF_TOKEN_INITIALIZED | pkcs11.CKF_USER_PIN_INITIALIZED

/** A driver that answers a login with one return value, after which the token shows the given flags. */
class ScriptedDriver extends pkcs11.PKCS11 {
  /** What it was given, copied. */
  readonly pins: (Buffer | null)[] = []
  readonly #returned: string
  readonly #flagsAfter: number

  constructor(returned: string, flagsAfter = fine) {
    super()
    this.#returned = returned
    this.#flagsAfter = flagsAfter
  }

  override C_GetSessionInfo(): pkcs11.SessionInfo {
    return { slotID: handle, state: 0, flags: 0, deviceError: 0 }
  }

  override C_GetTokenInfo(): pkcs11.TokenInfo {
    return info(this.#flagsAfter)
  }

  override C_Login(_session: pkcs11.Handle, _user: number, pin?: string | Uint8Array | null): void {
    this.pins.push(pin == null ? null : Buffer.from(pin))
    if (this.#returned !== 'CKR_OK') throw new pkcs11.Pkcs11Error(`${this.#returned}:160`, 160, 'C_Login')
  }
}

const info = (flags: number) => ({ flags, minPinLen: 4, maxPinLen: 16 }) as pkcs11.TokenInfo
const token = (flags = fine): TokenSlot => ({ slot: handle, info: info(flags), serial: '0001' })
const pin = Buffer.from('123456')

describe('a refused PIN', () => {
  test.each([
    ['CKR_PIN_INCORRECT', fine | pkcs11.CKF_USER_PIN_COUNT_LOW, 'pin-wrong'],
    ['CKR_PIN_INCORRECT', fine | pkcs11.CKF_USER_PIN_FINAL_TRY, 'pin-final-try'],
    ['CKR_PIN_INCORRECT', fine | pkcs11.CKF_USER_PIN_LOCKED, 'pin-locked'],
    ['CKR_PIN_LOCKED', fine, 'pin-locked'],
    ['CKR_PIN_LEN_RANGE', fine, 'pin-length'],
    ['CKR_DEVICE_REMOVED', fine, 'token-removed'],
    ['CKR_DEVICE_ERROR', fine, 'token-failed'],
  ])('%s is told as what it means', (returned, flagsAfter, code) => {
    const driver = new ScriptedDriver(returned, flagsAfter)
    expect(logIn(driver, token(), handle, pin)).toMatchObject({ ok: false, refusal: { code } })
    expect(driver.pins).toEqual([pin])
  })
})

describe('a PIN that would be wasted', () => {
  test('is not sent to a locked token', () => {
    const driver = new ScriptedDriver('CKR_OK')
    const outcome = logIn(driver, token(fine | pkcs11.CKF_USER_PIN_LOCKED), handle, pin)
    expect(outcome).toEqual({ ok: false, refusal: { code: 'pin-locked' } })
    expect(driver.pins).toEqual([])
  })

  test('is not sent to a reader with a PIN pad of its own, where it is typed', () => {
    const driver = new ScriptedDriver('CKR_OK')
    const outcome = logIn(driver, token(fine | pkcs11.CKF_PROTECTED_AUTHENTICATION_PATH), handle, pin)
    expect(outcome.ok).toBe(true)
    expect(driver.pins).toEqual([null])
  })

  test('is not sent when it is empty, whatever limits the driver tells or does not know', () => {
    const driver = new ScriptedDriver('CKR_OK')
    const unlimited = { slot: handle, info: { ...info(fine), minPinLen: 0, maxPinLen: 0 }, serial: '0001' }
    expect(logIn(driver, unlimited, handle, new Uint8Array())).toMatchObject({
      refusal: { code: 'pin-length' },
    })
    expect(driver.pins).toEqual([])
    expect(logIn(driver, unlimited, handle, pin).ok).toBe(true)
  })

  test('is not sent to a token without a PIN, and never when there is none', () => {
    const driver = new ScriptedDriver('CKR_OK')
    expect(logIn(driver, token(pkcs11.CKF_TOKEN_INITIALIZED), handle, pin)).toEqual({
      ok: false,
      refusal: { code: 'pin-not-set' },
    })
    expect(logIn(driver, token(), handle, undefined)).toMatchObject({ refusal: { code: 'pin-length' } })
    expect(driver.pins).toEqual([])
  })
})
