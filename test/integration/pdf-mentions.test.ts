import { expect, test } from 'vitest'
import { openFile } from '../../src/pdf/structure/document.ts'
import { mayMention } from '../../src/pdf/structure/mentions.ts'
import { rawFile } from '../support/pdf/rawFile.ts'

/** A file whose page has `entry`, with object numbers above 1200. */
function fileWith(entry: string, hidden?: string): Parameters<typeof mayMention>[0] {
  const objects = {
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    3: `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${entry}>>`,
  }
  const opened = openFile(rawFile(objects, hidden === undefined ? {} : { hidden: { 6: hidden } }))
  if (!opened.ok) throw new Error(opened.refusal.code)
  return opened.value
}

const wanted = new Set([1205, 1206])

test.each([
  ['plainly', '/Thumb 1205 0 R'],
  ['with zeroes before it', '/Thumb 0001206 0 R'],
  ['with a sign', '/Thumb +1205 0 R'],
  ['with a comment inside', '/Thumb 1205 % not seen\n 0 R'],
  ['with a comment right behind it', '/Thumb 1205% not seen\n0 R'],
  ['with a comment behind the generation', '/Thumb 1205 0%\nR'],
  ['with more white space than anybody writes', `/Thumb 1205${' '.repeat(300)}0${'\n'.repeat(300)}R`],
])('a reference is found when it is written %s', (_, entry) => {
  expect(mayMention(fileWith(entry), wanted)).toBe(true)
})

test('a reference within an object stream is found', () => {
  expect(mayMention(fileWith('', '<</Thumb 1205 0 R>>'), wanted)).toBe(true)
})

test('numbers that only look alike are no reference', () => {
  expect(mayMention(fileWith('/PieceInfo [1205 0 (1206) 12050 0 1204]'), wanted)).toBe(false)
})

test('small numbers, and very many, are taken as named', () => {
  expect(mayMention(fileWith(''), new Set([12]))).toBe(true)
  const many = new Set(Array.from({ length: 2000 }, (_, index) => 5000 + index))
  expect(mayMention(fileWith(''), many)).toBe(true)
})
