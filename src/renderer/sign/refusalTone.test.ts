import { describe, expect, it } from 'vitest'
import { aboutPin, endsWithToken, refusalTone } from './refusalTone.ts'

describe('the colour of a refusal', () => {
  it('is amber where nothing is lost, red where a try was, plain for one’s own stop', () => {
    expect(refusalTone('token-removed')).toBe('amber')
    expect(refusalTone('token-busy')).toBe('amber')
    expect(refusalTone('number-needs-server')).toBe('amber')
    expect(refusalTone('pin-wrong')).toBe('red')
    expect(refusalTone('certificate-expired')).toBe('red')
    expect(refusalTone('signature-cancelled')).toBe('plain')
  })

  it('marks the PIN field only when the PIN was refused', () => {
    expect(aboutPin('pin-final-try')).toBe(true)
    expect(aboutPin('token-failed')).toBe(false)
  })

  it('ends with the token’s return only when its absence was the cause', () => {
    expect(endsWithToken('token-removed')).toBe(true)
    expect(endsWithToken('pin-locked')).toBe(false)
  })
})
