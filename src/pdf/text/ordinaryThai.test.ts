import { expect, it } from 'vitest'
import { ordinaryThai } from './ordinaryThai.ts'

it.each([
  ['marks after a leading vowel', 'ผูใ้ ช', 'ผู้ใ ช'],
  ['marks after a space', 'ช ้าง', 'ช้ าง'],
  ['marks in the private use area', 'ท\uf702\uf70a', 'ที่'],
  ['letters without their lower parts', 'กต\uf710\uf70f\uf70fู \uf700าน', 'กตัญญู ฐาน'],
  ['ordinary text', 'แก้ไขน้ำมันเชื้อเพลิง', 'แก้ไขน้ำมันเชื้อเพลิง'],
])('%s', (_, extracted, ordinary) => {
  expect(ordinaryThai(extracted)).toBe(ordinary)
})
