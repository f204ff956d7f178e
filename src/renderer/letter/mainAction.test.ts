import { describe, expect, it } from 'vitest'
import { mainAction } from './mainAction.ts'

const nothing = { propose: false, sign: null, return: null, forward: null }

describe('the one filled button', () => {
  it('is signing, wherever signing is allowed', () => {
    expect(mainAction({ ...nothing, sign: 'deputy', forward: 'deputy', return: 'deputy' })).toBe('sign')
  })

  it('is forwarding once signed, and proposing for the author', () => {
    expect(mainAction({ ...nothing, forward: 'deputy' })).toBe('forward')
    expect(mainAction({ ...nothing, propose: true })).toBe('propose')
  })

  it('is never a return', () => {
    expect(mainAction({ ...nothing, return: 'deputy' })).toBeNull()
  })
})
