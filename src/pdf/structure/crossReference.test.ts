import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { firstPart, sourceOf } from './byteSource.ts'
import { DamagedFile } from './damaged.ts'
import { openFile, type PdfFile } from './document.ts'
import { EntryTable, emptyRun } from './entryTable.ts'

const opened = (...input: Parameters<typeof openFile>): PdfFile => {
  const file = openFile(...input)
  if (!file.ok) throw new Error(file.refusal.code)
  return file.value
}

/** A file and revisions of it: each says anew what object 3 is, and adds one object. */
function revisions(count: number): { readonly bytes: Uint8Array; readonly ends: readonly number[] } {
  let text = '%PDF-1.7\n'
  let newest = 0
  const ends: number[] = []
  for (let revision = 0; revision < count; revision++) {
    const offsets = new Map<number, number>()
    const bodies: [number, string][] = [
      [3, `(${revision})`],
      [4 + revision, `${revision}`],
    ]
    if (revision === 0)
      bodies.unshift([1, '<</Type /Catalog /Pages 2 0 R>>'], [2, '<</Type /Pages /Kids []>>'])
    for (const [number, body] of bodies) {
      offsets.set(number, text.length)
      text += `${number} 0 obj\n${body}\nendobj\n`
    }
    const start = text.length
    text += 'xref\n0 1\n0000000000 65535 f \n'
    for (const [number, offset] of offsets)
      text += `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`
    text += `trailer\n<</Size ${5 + revision} /Root 1 0 R${newest ? ` /Prev ${newest}` : ''}>>\nstartxref\n${start}\n%%EOF\n`
    newest = start
    ends.push(text.length)
  }
  return { bytes: Buffer.from(text, 'latin1'), ends }
}

// More sections than are looked through one by one, and fewer.
test.each([5, 40])('of %i revisions each says what it said, whether sections are shared or not', (count) => {
  const { bytes, ends } = revisions(count)
  const whole = opened(bytes)
  for (const [revision, end] of ends.entries()) {
    const alone = opened(bytes.subarray(0, end))
    const shared = opened(firstPart(sourceOf(bytes), end), whole)
    for (const file of [alone, shared]) {
      expect(file.object(3)).toMatchObject({ bytes: new Uint8Array(Buffer.from(String(revision))) })
      expect(file.object(4 + revision)).toBe(revision)
      expect(file.object(5 + revision)).toBeNull()
      expect(file.crossReference.size).toBe(5 + revision)
    }
    expect(shared.crossReference.places.sections).toEqual(alone.crossReference.places.sections)
    const apart = [...whole.crossReference.places.numbersApartFrom(shared.crossReference.places)]
    const added = Array.from({ length: count - 1 - revision }, (_, index) => 5 + revision + index)
    expect(apart.sort((one, other) => one - other)).toEqual(added.length === 0 ? [] : [0, 3, ...added])
  }
})

test('an entry in use counts before a free one, and the first of two in use', () => {
  const table = new EntryTable()
  table.addRun(emptyRun(0, 100))
  expect(table.get(7)).toEqual({ at: 'free' })
  table.add(7, { at: 'offset', offset: 70, generation: 0 })
  table.add(7, { at: 'offset', offset: 77, generation: 0 })
  table.add(7, { at: 'free' })
  expect(table.get(7)).toEqual({ at: 'offset', offset: 70, generation: 0 })
  const late = emptyRun(0, 100)
  late.types[7] = 1
  late.types[8] = 2
  late.values[8] = 5
  table.addRun(late)
  expect(table.get(7)).toEqual({ at: 'offset', offset: 70, generation: 0 })
  expect(table.get(8)).toEqual({ at: 'objectStream', stream: 5 })
  expect(table.containers).toEqual(new Set([5]))
  expect(table.get(100)).toBeUndefined()
})

test('sections that unpack to more entries than the file can have objects are damage, and fill no memory', () => {
  let text = '%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n'
  let newest = 0
  const packed = deflateSync(Buffer.alloc(1_000_000)).toString('latin1')
  for (let section = 0; section < 300; section++) {
    const start = text.length
    const previous = newest === 0 ? '' : ` /Prev ${newest}`
    text += `2 0 obj\n<</Type /XRef /Root 1 0 R /Size 1000000 /W [1 0 0] /Filter /FlateDecode${previous} /Length ${packed.length}>>\nstream\n${packed}\nendstream\nendobj\n`
    newest = start
  }
  text += `startxref\n${newest}\n%%EOF\n`
  const before = process.memoryUsage().arrayBuffers
  expect(() => openFile(Buffer.from(text, 'latin1'))).toThrow(DamagedFile)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200e6)
})
