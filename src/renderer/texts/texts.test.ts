import { describe, expect, it } from 'vitest'
import en from '../../../resources/texts/en.json' with { type: 'json' }
import th from '../../../resources/texts/th.json' with { type: 'json' }
import { fill } from '../../shared/fill.ts'
import { textsFor } from './texts.ts'

const thai = textsFor({ language: 'th', digits: 'arabic' })
const thaiDigits = textsFor({ language: 'th', digits: 'thai' })
const english = textsFor({ language: 'en', digits: 'arabic' })

const tables = { th: th as Record<string, string>, en: en as Record<string, string> }
const keys = Object.keys(tables.th)
const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

/** Names that people were trained on, figures, and a bare placeholder are the same in both languages. */
const SAME_IN_BOTH = [
  'language.th',
  'language.en',
  'nav.drafts',
  'nav.intray',
  'person.digitsArabic',
  'person.digitsThai',
]

describe('screen texts', () => {
  it('have the same keys in Thai and English', () => {
    expect(Object.keys(tables.en).sort()).toEqual([...keys].sort())
  })

  it('fill the same placeholders in both languages', () => {
    const different = keys.filter(
      (key) => placeholders(tables.th[key] ?? '').join() !== placeholders(tables.en[key] ?? '').join(),
    )
    expect(different).toEqual([])
  })

  it('are never empty, and never left untranslated', () => {
    const empty = keys.filter((key) => !tables.th[key]?.trim() || !tables.en[key]?.trim())
    const same = keys.filter((key) => tables.th[key] === tables.en[key] && !SAME_IN_BOTH.includes(key))
    const thaiInEnglish = keys.filter(
      (key) => /[\u0E01-\u0E5B]/.test(tables.en[key] ?? '') && !SAME_IN_BOTH.includes(key),
    )
    const noThai = keys.filter(
      (key) => !/[\u0E01-\u0E5B]/.test(tables.th[key] ?? '') && !SAME_IN_BOTH.includes(key),
    )
    expect({ empty, same, thaiInEnglish, noThai }).toEqual({
      empty: [],
      same: [],
      thaiInEnglish: [],
      noThai: [],
    })
  })

  it('leave a placeholder without a value to be seen', () => {
    expect(fill('รอส่ง {count} รายการ', { count: '๕' })).toBe('รอส่ง ๕ รายการ')
    expect(fill('รอส่ง {count} รายการ')).toBe('รอส่ง {count} รายการ')
  })
})

describe('dates, times and figures', () => {
  it('are in the Buddhist era, in Bangkok, in both languages, and English says so', () => {
    // 17:30 UTC is already the next day in Bangkok, and here the next year.
    const newYear = '2026-12-31T17:30:00.000Z'
    expect(thai.day(newYear)).toBe('1 ม.ค. 2570')
    expect(thaiDigits.day(newYear)).toBe('๑ ม.ค. ๒๕๗๐')
    expect(english.day(newYear)).toBe('1 Jan 2570 BE')
    expect(thai.fullDay('2026-09-17T03:00:00.000Z')).toBe('วันพฤหัสบดีที่ 17 กันยายน 2569')
    expect(english.fullDay('2026-09-17T03:00:00.000Z')).toMatch(/^Thursday,? 17 September 2569 BE$/)
  })

  it('take a whole day as that day', () => {
    expect(thai.day('2026-09-17')).toBe('17 ก.ย. 2569')
    expect(thai.paperDate('2026-09-17')).toBe('๑๗ กันยายน ๒๕๖๙')
  })

  it('show the time alone today, and the day for what is older', () => {
    const now = '2026-11-23T06:00:00.000Z'
    expect(thai.when('2026-11-23T02:45:00.000Z', now)).toBe('09.45 น.')
    expect(english.when('2026-11-23T02:45:00.000Z', now)).toBe('09:45')
    expect(thai.when('2026-11-22T02:45:00.000Z', now)).toBe('22 พ.ย. 2569')
  })

  it('tell ages as people do', () => {
    const now = '2026-11-23T06:00:00.000Z'
    const ages = [
      '2026-11-23T05:59:40.000Z',
      '2026-11-23T05:09:00.000Z',
      '2026-11-23T04:57:00.000Z',
      '2026-11-20T06:00:00.000Z',
    ]
    expect(ages.map((since) => thai.age(since, now))).toEqual(['เมื่อครู่', '51 นาที', '1 ชม. 3 น.', '3 วัน'])
    expect(thai.age('2026-11-23T07:00:00.000Z', now)).toBe('เมื่อครู่')
  })

  it('write letter numbers in Thai digits whatever the setting', () => {
    expect(thai.number('สปสช 5.30/1247')).toBe('สปสช ๕.๓๐/๑๒๔๗')
    expect(english.number('สปสช 5.30/1247')).toBe('สปสช ๕.๓๐/๑๒๔๗')
    expect([thai.count(19), thaiDigits.count(19)]).toEqual(['19', '๑๙'])
  })

  it('name sizes in units that people know', () => {
    expect(thai.size(184_320)).toBe('184 KB')
    expect(thai.size(12_345_678)).toBe('12.3 MB')
  })
})

describe('refusals', () => {
  it('say what happened and what to do, with their facts filled in, in the language of the screen', () => {
    const refusal = { code: 'file-too-large', detail: { megabytes: 61, limit: 50 } } as const
    expect(thai.refusal(refusal).what).toContain('61 MB เกินกำหนด 50 MB')
    expect(english.refusal(refusal)).toEqual({
      what: 'The file has 61 MB, over the limit of 50 MB. It was not imported.',
      next: 'Reduce the scan, or put the enclosures into a file of their own.',
    })
  })
})
