import { expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { Revision } from '../../src/pdf/structure/append.ts'
import { DamagedFile } from '../../src/pdf/structure/damaged.ts'
import { openFile, type PdfFile } from '../../src/pdf/structure/document.ts'
import { referenceTo } from '../../src/pdf/structure/values.ts'
import { rawFile } from '../support/pdf/rawFile.ts'

const objects = {
  1: '<</Type /Catalog /Pages 2 0 R>>',
  2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
  3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>> /Contents 4 0 R /Annots [5 0 R]>>',
  4: '(content)',
  5: '<</Type /Annot /Subtype /Square /Rect [10 10 90 90]>>',
}
const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const opened = (text: string): PdfFile => {
  const file = openFile(Buffer.from(text, 'latin1'))
  if (!file.ok) throw new Error(file.refusal.code)
  return file.value
}
/** The file with the generation in the cross-reference entry of object 4. */
const withEntry = (text: string): string => {
  const offset = String(text.indexOf('\n4 0 obj') + 1).padStart(10, '0')
  return text.replace(`${offset} 00000 n`, `${offset} 00007 n`)
}
const withHeader = (text: string): string => text.replace('\n4 0 obj', '\n4 7 obj')
const text = latin(rawFile(objects))

test('an object is found by its number and generation', () => {
  expect(opened(text).resolve(referenceTo(4))).toMatchObject({ kind: 'string' })
  expect(opened(withHeader(withEntry(text))).resolve(referenceTo(4, 7))).toMatchObject({ kind: 'string' })
})

// Poppler and qpdf show nothing at such a reference (7.3.10), MuPDF shows the object.
test.each([
  ['the reference', opened(text), 7],
  ['the object and its entry', opened(withHeader(withEntry(text))), 0],
  ['the entry', opened(withEntry(text)), 0],
  ['the entry and the reference', opened(withEntry(text)), 7],
  ['the object', opened(withHeader(text)), 0],
  ['the object and the reference', opened(withHeader(text)), 7],
])('what is at a reference is not guessed when %s says another generation', (_, file, generation) => {
  expect(() => file.resolve(referenceTo(4, generation))).toThrow(DamagedFile)
})

test('a reference of another generation to an object that is free or absent is null, as for any reader', () => {
  expect(opened(text).resolve(referenceTo(0, 7))).toBeNull()
  expect(opened(text).resolve(referenceTo(9, 7))).toBeNull()
})

test.each([
  ['an annotation', { ...objects, 3: objects[3].replace('5 0 R', '5 7 R') }],
  ['a page', { ...objects, 2: objects[2].replace('3 0 R', '3 7 R') }],
  ['a field', { ...objects, 1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [5 7 R]>>>>' }],
])('a file in which %s is there for some readers only is refused', async (_, odd) => {
  expect(await inspect(rawFile(objects))).toMatchObject({ ok: true })
  expect(await inspect(rawFile(odd))).toMatchObject({ ok: false, refusal: { code: 'file-damaged' } })
})

test('a member of an object stream is found whatever generation is asked for, but not appended by a wrong one', () => {
  const { 4: content, ...others } = objects
  const file = opened(latin(rawFile(others, { hidden: { 4: content } })))
  expect(file.resolve(referenceTo(4, 7))).toMatchObject({ kind: 'string' })
  const revision = new Revision(file)
  expect(() => revision.replace(referenceTo(4, 7), null)).toThrow(DamagedFile)
  revision.replace(referenceTo(4), null)
})
