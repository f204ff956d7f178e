import { describe, expect, it } from 'vitest'
import type { TokenCertificate, TokenState } from '../../shared/contract/views.ts'
import { certificateToUse, maySign, tokenToUse, waitsForPad } from './useTokenChoice.ts'

const certificate = (id: string, unfit: TokenCertificate['unfit'] = null): TokenCertificate => ({
  id,
  commonName: 'นายธีรวัฒน์ ศรีสุขสันต์',
  email: 'teerawat@saraban.example',
  issuer: 'CA',
  notBefore: '2025-01-01T00:00:00Z',
  notAfter: '2028-01-01T00:00:00Z',
  keyType: 'RSA 2048',
  unfit,
})
const token = (
  serial: string,
  certificates: TokenCertificate[],
  pinState: TokenState['pinState'] = 'ok',
): TokenState => ({
  serial,
  label: serial,
  manufacturer: '',
  pinState,
  pinMinimum: 4,
  pinMaximum: 16,
  protectedPath: false,
  certificates,
  certificatesNeedPin: certificates.length === 0,
})

const expired = certificate('old', { code: 'certificate-expired', detail: { date: '1 ต.ค. 2568' } })

describe('which token and certificate sign', () => {
  it('takes the first that can sign: not a locked token, not an expired certificate', () => {
    const locked = token('locked', [certificate('a')], 'locked')
    const good = token('good', [expired, certificate('b')])
    expect(tokenToUse([locked, good], null)?.serial).toBe('good')
    expect(certificateToUse(good, null)?.id).toBe('b')
  })

  it('keeps what the person chose while it is plugged in, and no longer', () => {
    const tokens = [token('a', [certificate('1')]), token('b', [certificate('2')])]
    expect(tokenToUse(tokens, 'b')?.serial).toBe('b')
    expect(tokenToUse(tokens.slice(0, 1), 'b')?.serial).toBe('a')
  })

  it('shows an unfit certificate rather than none, so that its reason can be read', () => {
    expect(certificateToUse(token('a', [expired]), null)?.id).toBe('old')
    expect(certificateToUse(undefined, null)).toBeUndefined()
  })
})

describe('a token that shows its certificate only after the PIN', () => {
  const hiding = token('hiding', [])

  it('may be tried, but not before one whose certificate is seen to fit', () => {
    const good = token('good', [certificate('b')])
    expect(tokenToUse([hiding, good], null)?.serial).toBe('good')
    expect(tokenToUse([token('old', [expired]), hiding], null)?.serial).toBe('hiding')
    expect(maySign(hiding, undefined)).toBe(true)
    expect(maySign(token('locked', [], 'locked'), undefined)).toBe(false)
    expect(maySign(good, expired)).toBe(false)
  })

  it('asks a PIN pad first of all; others when the token’s turn has come', () => {
    const steps = [null, 'number', 'token', 'embed'] as const
    const waits = (one: TokenState) => steps.filter((step) => waitsForPad(one, step))
    expect(waits({ ...hiding, protectedPath: true })).toEqual([null])
    expect(waits({ ...token('pad', [certificate('a')]), protectedPath: true })).toEqual(['token'])
    expect(waits(hiding)).toEqual([])
  })
})
