import { describe, expect, it } from 'vitest'
import type { TokenCertificate, TokenState } from '../../shared/contract/views.ts'
import { certificateToUse, tokenToUse } from './useTokenChoice.ts'

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
