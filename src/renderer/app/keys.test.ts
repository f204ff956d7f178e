import { describe, expect, it } from 'vitest'
import { type KeyPress, keyName } from './keys.ts'

const press = (code: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
})

describe('keyName', () => {
  it('names a key by its place, so that L signs while the Thai layout writes ส', () => {
    const thaiLayout = { ...press('KeyL'), key: 'ส' }
    expect(keyName(thaiLayout)).toBe('keyl')
  })

  it('puts modifiers first, and takes the Mac command key for Ctrl', () => {
    expect(keyName(press('KeyN', { ctrlKey: true }))).toBe('ctrl+keyn')
    expect(keyName(press('KeyN', { metaKey: true }))).toBe('ctrl+keyn')
    expect(keyName(press('Digit1', { altKey: true, shiftKey: true }))).toBe('alt+shift+digit1')
  })
})
