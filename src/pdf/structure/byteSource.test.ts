import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { type ByteSource, find, firstPart, joined, sourceOf, wholeOf } from './byteSource.ts'
import { type FileSource, openFileSource } from './fileSource.ts'

const folder = mkdtempSync(join(tmpdir(), 'source-'))
const opened: FileSource[] = []
afterAll(() => {
  for (const source of opened) source.close()
  rmSync(folder, { recursive: true, force: true })
})

function onDisk(bytes: Uint8Array): FileSource {
  const path = join(folder, `${opened.length}.bin`)
  writeFileSync(path, bytes)
  const source = openFileSource(path)
  opened.push(source)
  return source
}

/** Bytes of which each says where it is, more than are read whole from a disk. */
const long = Uint8Array.from({ length: (4 << 20) + 100_000 }, (_, at) => at % 251)
const short = long.subarray(0, 1000)

const sources: Record<string, () => ByteSource> = {
  'in memory': () => sourceOf(long),
  'a large file': () => onDisk(long),
  'a file with something appended': () =>
    joined(onDisk(long.subarray(0, long.length - 5000)), long.subarray(long.length - 5000)),
  'a small file with much appended': () => joined(onDisk(short), long.subarray(1000)),
  'the first part of more': () => firstPart(sourceOf(Buffer.concat([long, short])), long.length),
}

describe.each(Object.entries(sources))('a source: %s', (_, make) => {
  const source = make()

  test('has the bytes of every range, and none beyond its ends', () => {
    const offset = fc.integer({ min: -10, max: long.length + 10 })
    const near = fc
      .tuple(fc.constantFrom(0, 1000, 65_536, 131_072, long.length - 5000), fc.integer({ min: -9, max: 9 }))
      .map(([at, by]) => at + by)
    const length = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(65_536, 70_000, long.length))
    fc.assert(
      fc.property(fc.oneof(offset, near), length, (from, count) => {
        const wanted = long.subarray(Math.max(0, from), Math.max(0, from + count))
        expect(Buffer.compare(source.read(from, from + count), wanted)).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  test('is the same in parts', () => {
    const parts: Uint8Array[] = []
    for (const part of source.parts(3, long.length)) parts.push(Uint8Array.from(part))
    expect(Buffer.compare(Buffer.concat(parts), long.subarray(3))).toBe(0)
    expect([...source.parts(10, 10)].every((part) => part.length === 0)).toBe(true)
  })

  test('is the same as a whole', () => {
    expect(source.length).toBe(long.length)
    expect(Buffer.compare(wholeOf(source), long)).toBe(0)
  })
})

test('what is sought is found across the places where reading is cut', () => {
  const bytes = Buffer.alloc(200_000, 0x20)
  for (const at of [0, 65_530, 65_535, 131_071, 199_991]) {
    const copy = Buffer.from(bytes)
    copy.write('endstream', at)
    expect(find(onDisk(copy), Buffer.from('endstream'), 0)).toBe(at)
    expect(find(sourceOf(copy), Buffer.from('endstream'), at + 1)).toBe(-1)
  }
})

test('a file that is written to after it was opened is not unchanged', () => {
  const source = onDisk(short)
  expect(source.isUnchanged()).toBe(true)
  writeFileSync(join(folder, `${opened.length - 1}.bin`), 'other')
  expect(source.isUnchanged()).toBe(false)
})
