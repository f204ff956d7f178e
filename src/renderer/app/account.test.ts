import { describe, expect, it } from 'vitest'
import { initialOf } from './account.ts'

describe('initialOf', () => {
  it('is the first consonant of the given name, after titles and leading vowels', () => {
    expect(initialOf('นางสาวกมลชนก แก้วประเสริฐ')).toBe('ก')
    expect(initialOf('นายแพทย์ประวิทย์ วงศ์สวัสดิ์')).toBe('ป')
    expect(initialOf('นายเพชร ทองดี')).toBe('พ')
    expect(initialOf('นางไพลิน ใจดี')).toBe('พ')
  })
})
