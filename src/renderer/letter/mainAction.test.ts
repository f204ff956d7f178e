import { describe, expect, it } from 'vitest'
import { mainAction } from './mainAction.ts'

type Letter = Parameters<typeof mainAction>[0]

const nothing = { propose: false, sign: null, return: null, forward: null }
const main = (may: Partial<Letter['may']>, stage: Letter['stage'] = 'proposed') =>
  mainAction({ may: { ...nothing, ...may }, stage })

describe('the one filled button', () => {
  it('is signing, wherever signing is allowed', () => {
    expect(main({ sign: 'deputy', forward: 'deputy', return: 'deputy' })).toBe('sign')
  })

  it('is forwarding once signed, and proposing for the author', () => {
    expect(main({ forward: 'deputy' }, 'signed')).toBe('forward')
    expect(main({ propose: true }, 'draft')).toBe('propose')
  })

  it('is not proposing again what is already signed', () => {
    expect(main({ propose: true }, 'signed')).toBeNull()
    expect(main({ propose: true, forward: 'deputy' }, 'signed')).toBe('forward')
  })

  it('is never a return', () => {
    expect(main({ return: 'deputy' })).toBeNull()
  })
})
