import { beforeAll, describe, expect, test } from 'vitest'
import { loadTypefaces, type Typeface } from './typeface.ts'

let regular: Typeface

beforeAll(async () => {
  regular = (await loadTypefaces()).regular
})

describe('shaping', () => {
  test.each([
    'น้ำ',
    'ที่',
    'ปู่',
    'ญู',
    'ฏุ',
    'กิ์',
    'เป็น',
    'ฬุ',
    'กำ',
    '๐๑๒๓๔๕๖๗๘๙',
    'สปสช. 5.30/1247 (Copy)',
    'ผู้ใช้ฎีกาฐานะ',
  ])('the glyphs of %s read as %s', (text) => {
    const { glyphs, width } = regular.shape(text)
    expect(
      glyphs
        .map((glyph) => glyph.text)
        .join('')
        .replaceAll('\u200b', ''),
    ).toBe(text)
    expect(glyphs.every(({ glyph }) => glyph !== 0)).toBe(true)
    expect(width).toBeGreaterThan(0)
  })

  test('marks above and below take no room of their own', () => {
    expect(regular.shape('ปู่').width).toBe(regular.shape('ป').width)
    expect(regular.shape('กิ์').width).toBe(regular.shape('ก').width)
  })

  test('a tone mark over a vowel is set higher than over the bare consonant', () => {
    const toneOf = (text: string): string => JSON.stringify(regular.shape(text).glyphs.at(-1))
    expect(toneOf('ที่')).not.toBe(toneOf('ท่'))
  })

  test('ำ written as two characters is set and read as one', () => {
    expect(regular.shape('น\u0e49\u0e4d\u0e32').text).not.toContain('\u0e4d\u0e32')
  })
})

test('characters that the font lacks are named', () => {
  expect(regular.missing('ทราบ ดำเนินการ')).toBeUndefined()
  expect(regular.missing('ทราบ ✍ ดำเนินการ')).toBe('✍')
  expect(regular.missing('漢')).toBe('漢')
})

test('zero-width characters and tabs are no missing characters', () => {
  expect(regular.missing('ตาม\u200bที่\tสำนัก\u00a0งาน\n')).toBeUndefined()
})
