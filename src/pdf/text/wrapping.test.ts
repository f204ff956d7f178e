import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unbreakablePieces, wrapText } from './wrapping.ts'

const within =
  (letters: number) =>
  (line: string): boolean =>
    line.replace(/[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/g, '').length <= letters

describe('Thai lines', () => {
  test('break between words', () => {
    expect(wrapText('จึงเรียนมาเพื่อโปรดพิจารณา', within(14))).toEqual(['จึงเรียนมาเพื่อ', 'โปรดพิจารณา'])
  })

  test('never begin with a closing bracket, ๆ or ฯ', () => {
    const pieces = unbreakablePieces('ครั้งหนึ่ง ๆ (สามแสนบาทถ้วน) กรุงเทพฯ ครับ')
    expect(pieces.some((piece) => /^[)ๆฯ]/.test(piece))).toBe(false)
    expect(pieces.some((piece) => /\($/.test(piece))).toBe(false)
  })

  test.each(['๓๘๖,๔๐๐', '5.30/1247', 'สำนักนายกรัฐมนตรี', 'โทร.\u00a0๐\u00a0๒๑๔๑\u00a0๔๐๐๐'])(
    'keep %s whole',
    (whole) => {
      expect(unbreakablePieces(`ตาม ${whole} ลง`).some((piece) => piece.includes(whole))).toBe(true)
    },
  )

  test('cut a word that is longer than the line, between its letters with their marks', () => {
    expect(wrapText('กี่กี่กี่กี่', within(2))).toEqual(['กี่กี่', 'กี่กี่'])
  })

  test('lose no letter', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'กขตาม ที่นี้ำๆฯ()๑๒.,/สำนักงาน-\n'), maxLength: 80 })
    fc.assert(
      fc.property(letters, fc.integer({ min: 1, max: 20 }), (text, room) => {
        const lines = wrapText(text, within(room))
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }),
    )
  })
})
