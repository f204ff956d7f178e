import pkcs11 from 'pkcs11js'
import { describe, expect, test } from 'vitest'
import type { RefusalCode } from '../../../shared/refusals.ts'
import { asFault, refusalFor, TokenFault } from './faults.ts'

/**
 * What C_Login, C_SignInit and C_Sign may return by PKCS #11 v2.40 (5.6, 5.11), and what drivers return besides, with
 * what it tells the person who signs.
 */
const meanings: readonly (readonly [RefusalCode, ...string[]])[] = [
  ['pin-wrong', 'PIN_INCORRECT', 'PIN_INVALID'],
  ['pin-locked', 'PIN_LOCKED'],
  ['pin-expired', 'PIN_EXPIRED'],
  ['pin-not-set', 'USER_PIN_NOT_INITIALIZED'],
  ['signature-cancelled', 'CANCEL', 'FUNCTION_CANCELED', 'FUNCTION_REJECTED'],
  ['token-absent', 'TOKEN_NOT_PRESENT', 'SLOT_ID_INVALID'],
  ['token-removed', 'DEVICE_REMOVED', 'SESSION_CLOSED', 'SESSION_HANDLE_INVALID'],
  ['token-removed', 'KEY_HANDLE_INVALID', 'OBJECT_HANDLE_INVALID'],
  ['token-login-lost', 'USER_NOT_LOGGED_IN'],
  ['token-busy', 'SESSION_COUNT', 'SESSION_READ_ONLY_EXISTS', 'SESSION_READ_WRITE_SO_EXISTS'],
  ['token-busy', 'USER_ALREADY_LOGGED_IN', 'USER_ANOTHER_ALREADY_LOGGED_IN', 'USER_TOO_MANY_TYPES'],
  ['token-busy', 'OPERATION_ACTIVE'],
  ['key-unusable', 'KEY_FUNCTION_NOT_PERMITTED', 'KEY_SIZE_RANGE', 'KEY_TYPE_INCONSISTENT'],
  ['key-unusable', 'MECHANISM_INVALID', 'MECHANISM_PARAM_INVALID'],
  ['token-failed', 'DEVICE_ERROR', 'DEVICE_MEMORY', 'GENERAL_ERROR', 'FUNCTION_FAILED', 'HOST_MEMORY'],
  [
    'token-failed',
    'ARGUMENTS_BAD',
    'CRYPTOKI_NOT_INITIALIZED',
    'FUNCTION_NOT_SUPPORTED',
    'USER_TYPE_INVALID',
  ],
  ['token-failed', 'OPERATION_NOT_INITIALIZED', 'DATA_INVALID', 'DATA_LEN_RANGE', 'BUFFER_TOO_SMALL'],
  ['token-failed', 'TOKEN_NOT_RECOGNIZED', 'TOKEN_WRITE_PROTECTED', 'RANDOM_NO_RNG', 'VENDOR_DEFINED'],
]

describe('what a driver returns', () => {
  test.each(
    meanings.flatMap(([code, ...returned]) => returned.map((name) => [`CKR_${name}`, code] as const)),
  )('%s tells %s', (returned, code) => {
    expect(refusalFor(new TokenFault(returned)).code).toBe(code)
  })

  test('only what a token says of the PIN is called a fault of the PIN', () => {
    const ofThePin = ['PIN_INCORRECT', 'PIN_INVALID', 'PIN_LOCKED', 'PIN_EXPIRED', 'USER_PIN_NOT_INITIALIZED']
    const names = Object.keys(pkcs11).filter((name) => name.startsWith('CKR_'))
    expect(names.length).toBeGreaterThan(80)
    const called = names.filter((name) => refusalFor(new TokenFault(name)).code.startsWith('pin-'))
    expect(called.toSorted()).toEqual(ofThePin.map((name) => `CKR_${name}`).toSorted())
  })

  test('is named to whoever looks after tokens, by its number where the name stands for many', () => {
    const fault = (name: string, code: number) =>
      asFault(new pkcs11.Pkcs11Error(`${name}:${code}`, code, 'C_Sign'))
    expect(refusalFor(fault('CKR_FUNCTION_FAILED', 6) as TokenFault).detail).toEqual({
      error: 'CKR_FUNCTION_FAILED',
    })
    expect(refusalFor(fault('CKR_VENDOR_DEFINED', 0x80000101) as TokenFault).detail).toEqual({
      error: 'CKR_VENDOR_DEFINED:0x80000101',
    })
  })

  test('is told from a bug of ours, which stays what it is', () => {
    const bug = new TypeError('Argument 2 has wrong type')
    expect(asFault(bug)).toBe(bug)
  })
})
