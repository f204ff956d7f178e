import { describe, expect, it } from 'vitest'
import { canonicalThai } from './canonical.ts'
import { bangkokDay, bangkokTime, buddhistYear, letterDate, listDate } from './dates.ts'
import { toArabicDigits, toThaiDigits } from './digits.ts'
import {
  numberAfterAgency,
  numberAfterPrefix,
  numberWithLabel,
  writesDate,
  writesNumber,
} from './letterNumber.ts'

describe('Thai digits', () => {
  it('numbers are printed in Thai digits and kept in Arabic ones', () => {
    expect(toThaiDigits('สปสช 5.30/1247')).toBe('สปสช ๕.๓๐/๑๒๔๗')
    expect(toArabicDigits('สปสช ๕.๓๐/๑๒๔๗')).toBe('สปสช 5.30/1247')
  })
})

describe('dates', () => {
  it('the register year turns at midnight in Bangkok, which is 17:00 UTC', () => {
    expect(buddhistYear(bangkokDay('2026-12-31T16:59:59Z'))).toBe(2569)
    expect(buddhistYear(bangkokDay('2026-12-31T17:00:00Z'))).toBe(2570)
  })
  it('letters carry day, full month and Buddhist year in Thai digits', () => {
    expect(letterDate('2026-09-17')).toBe('๑๗ กันยายน ๒๕๖๙')
    expect(letterDate('2024-02-29')).toBe('๒๙ กุมภาพันธ์ ๒๕๖๗')
  })
  it('lists show the short month and all four digits of the year', () => {
    expect(listDate('2026-09-17')).toBe('17 ก.ย. 2569')
  })
  it('times have a dot and end in น.', () => {
    expect(bangkokTime('2026-09-17T02:45:10Z')).toBe('09.45 น.')
  })
})

describe('canonical text', () => {
  it.each([
    ['two ways to type ที่', 'ท\u0E35\u0E48', 'ท\u0E48\u0E35'],
    ['เ typed twice for แ', 'แผนงาน', 'เเผนงาน'],
    ['นิคหิต and อา for ำ', 'น้ำ', 'น\u0E49\u0E4D\u0E32'],
    ['นิคหิต before the tone mark', 'น้ำ', 'น\u0E4D\u0E49\u0E32'],
    ['Thai and Arabic digits', 'ปี ๒๕๖๙', 'ปี 2569'],
    ['zero-width spaces between words', 'งบกองทุน', 'งบ\u200Bกองทุน'],
  ])('%s compare equal', (_, one, other) => {
    expect(canonicalThai(one)).toBe(canonicalThai(other))
  })
  it('different words stay different', () => {
    expect(canonicalThai('น้ำ')).not.toBe(canonicalThai('นำ'))
    expect(canonicalThai('เกษียน')).not.toBe(canonicalThai('เกษียณ'))
  })
})

describe('letter numbers', () => {
  const number = 'สปสช 5.30/1247'

  it('only the rest is written where the paper says "ที่ สปสช " already', () => {
    expect(numberAfterAgency(number, 'สปสช')).toBe('๕.๓๐/๑๒๔๗')
    expect(numberWithLabel(number)).toBe('ที่ สปสช ๕.๓๐/๑๒๔๗')
  })
  it('a mark with another number or date is told from the right one', () => {
    expect(writesNumber('๕.๓๐/๑๒๔๗', number, 'สปสช')).toBe(true)
    expect(numberAfterPrefix(number, 'สปสช๕.๓๐/')).toBe('๑๒๔๗')
    expect(numberAfterPrefix('สปสช 5.30/ว 12', 'สปสช 5.30/ว')).toBe('๑๒')
    expect(numberAfterPrefix(number, 'สปสช๕.๓๑/')).toBe('สปสช ๕.๓๐/๑๒๔๗')
    expect(writesNumber('๑๒๔๗', number, 'สปสช')).toBe(true)
    expect(writesNumber('๒๔๗', number, 'สปสช')).toBe(false)
    expect(writesNumber('๕.๓๐/๑๒๔๘', number, 'สปสช')).toBe(false)
    expect(writesDate('วันที่ ๑๗ กันยายน ๒๕๖๙', '2026-09-17')).toBe(true)
    expect(writesDate('๑๘ กันยายน ๒๕๖๙', '2026-09-17')).toBe(false)
  })
})
