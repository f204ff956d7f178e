import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { marksIn, reasonOf } from './marks.ts'
import type { SearchedText } from './texts.ts'
import { searchable, wordsOf } from './words.ts'

const marked = (text: string, typed: string) =>
  marksIn(text, wordsOf(typed)).map(([start, end]) => text.slice(start, end))

describe('marks', () => {
  it.each([
    ['Thai digits for Arabic ones', 'ปีงบประมาณ ๒๕๗๐', '2570', ['๒๕๗๐']],
    ['a tone mark typed before its vowel', 'เลขท\u0E48\u0E35 ๑', 'ที่', ['ท\u0E48\u0E35']],
    ['เ typed twice', 'เเผนงานและแผน', 'แผน', ['เเผน', 'แผน']],
    ['a zero-width space inside a word', 'งบ\u200Bประมาณ', 'งบประมาณ', ['งบ\u200Bประมาณ']],
    ['ํ and า for ำ', 'น\u0E49\u0E4D\u0E32มัน', 'น้ำมัน', ['น\u0E49\u0E4D\u0E32มัน']],
    ['a consonant with its marks, not half of it', 'น้ำมัน', 'น', ['น้ำ', 'น']],
    ['words that touch as one', 'กองทุนฟื้นฟู', 'กอง ทุน', ['กองทุน']],
  ])('stand on the text as it is written: %s', (_, text, typed, expected) => {
    expect(marked(text, typed)).toEqual(expected)
  })

  it('are there exactly when the text has the word, whatever is typed', () => {
    const piece = fc.constantFrom(
      'ก',
      'เ',
      'น',
      '่',
      '้',
      'ี',
      'ํ',
      'า',
      'ำ',
      '\u200B',
      ' ',
      '\u00A0',
      'é',
      'e\u0301',
      '๑',
      'A',
      '😀',
    )
    const text = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, text, (written, typed) => {
        const words = wordsOf(typed)
        const has = words.some((word) => searchable(written).includes(word))
        // What stands only at the trimmed edge of the text, a lone space, is no word.
        expect(marksIn(written, words).length > 0).toBe(has)
        for (const [start, end] of marksIn(written, words)) expect(end).toBeGreaterThan(start)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the reason why a letter was found', () => {
  const texts: SearchedText[] = [
    { field: 'subject', text: 'ขออนุมัติไปราชการ' },
    { field: 'sender', text: 'สำนักบริหารงบกองทุน' },
    {
      field: 'note',
      text: `${'ตามที่ได้รับมอบหมาย '.repeat(20)}เบิกจากงบกลาง ๕,๐๐๐ บาท${' จึงเรียนมา'.repeat(20)}`,
    },
  ]
  it('needs no second line when the subject says it', () => {
    expect(reasonOf(texts, wordsOf('ราชการ'), searchable)).toEqual({ snippet: null, complete: true })
  })
  it('is the text that has most of the words, cut around the first between characters', () => {
    const { snippet, complete } = reasonOf(texts, wordsOf('ราชการ งบ 5,000'), searchable)
    expect(complete).toBe(true)
    expect(snippet?.field).toBe('note')
    expect(snippet?.text).toMatch(/^….*เบิกจากงบกลาง ๕,๐๐๐ บาท.*…$/)
    expect(snippet?.text.length).toBeLessThan(200)
    expect(snippet?.marks.map(([start, end]) => snippet.text.slice(start, end))).toEqual(['งบ', '๕,๐๐๐'])
  })
  it('is not complete while a word is nowhere', () => {
    expect(reasonOf(texts, wordsOf('งบ ไม่มี'), searchable).complete).toBe(false)
  })
})
