import { expect, test } from 'vitest'
import { skeleton } from './skeleton.ts'

test.each([
  ['marks after their spaces, as Word leaves them', 'ผูใ้ ช้', 'ผู้ใช้'],
  ['marks in the private use area', 'ท\uf702\uf70a', 'ที่'],
  ['ญ and ฐ without their lower parts', 'กตั\uf70f\uf70f\uf719 \uf700าน', 'กตัญญู ฐาน'],
  ['ำ as two characters', 'น\u0e4d\u0e49\u0e32', 'น้ำ'],
  ['NULs for marks, as Chromium’s fonts give', 'ที\0 สปสช', 'ที่ สปสช'],
  ['lost า', 'ขอแสดงควมนับถือ', 'ขอแสดงความนับถือ'],
])('%s', (_, extracted, meant) => {
  expect(skeleton(extracted)).toBe(skeleton(meant))
})

test('words that differ in their consonants stay apart', () => {
  expect(skeleton('วันที่')).not.toBe(skeleton('ที่'))
})
