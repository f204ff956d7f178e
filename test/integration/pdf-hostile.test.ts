import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { findPlaces } from '../../src/pdf/places/places.ts'
import { stamp } from '../../src/pdf/stamp.ts'
import { type BoundedReader, startBoundedReader } from '../support/hostile/boundedReader.ts'
import { bearable, damaging, exhausting, manySignatures } from '../support/hostile/structures.ts'
import { memoFile } from '../support/pdf/forms.ts'
import { random } from '../support/pdf/mutations.ts'
import { formFile, hybridFile, rawFile } from '../support/pdf/rawFile.ts'
import { createTestPki, type TestPki } from '../support/pki/authority.ts'
import { signWithKey } from '../support/pki/keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
let pki: TestPki
let reader: BoundedReader
let memo: Uint8Array

beforeAll(async () => {
  pki = createTestPki(folder, [{ name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'ec-p256' }])
  reader = startBoundedReader()
  memo = await memoFile()
})

afterAll(() => {
  reader.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A page with so many links to places on it, in object streams. */
async function crowdedFile(annotations: number): Promise<Uint8Array> {
  const made = await PDFDocument.create()
  const page = made.addPage([595, 842])
  const links = Array.from({ length: annotations }, (_, index) => {
    const [x, y] = [(index * 7919) % 595, (index * 104_729) % 842]
    return made.context.register(
      made.context.obj({
        Type: 'Annot',
        Subtype: 'Link',
        Rect: [x, y, x + 3.5, y + 1.25],
        Border: [0, 0, 1],
        C: [0.125, 0.25, 0.5],
        F: 4,
        P: page.ref,
        NM: PDFString.of(`link-${index}-of-the-annotations-that-were-put-on-this-page`),
        Contents: PDFString.of(
          `This leads to another place on the same page, which is number ${index} of all`,
        ),
        A: { Type: 'Action', S: 'GoTo', D: [page.ref, 'FitR', x, y, x + 100, y + 100] },
      }),
    )
  })
  page.node.set(PDFName.of('Annots'), made.context.obj(links))
  return await made.save({ useObjectStreams: true })
}

/** Everything that reads a file comes to an outcome, with little time and memory. */
const settle = (bytes: Uint8Array) => reader.settle({ bytes, base: bytes, pki })
const outcomes = async (bytes: Uint8Array): Promise<readonly string[]> => (await settle(bytes)).outcomes

test.each(Array.from({ length: 12 }, (_, seed) => seed + 1))('bytes overwritten, seed %d', async (seed) => {
  const next = random(seed)
  const source = [memo, formFile(), hybridFile()][seed % 3] ?? memo
  const bytes = source.slice()
  for (let flips = 1 + Math.floor(next() * 30); flips > 0; flips--)
    bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256)
  await outcomes(bytes)
})

test.each(Array.from({ length: 8 }, (_, seed) => seed + 1))('a file that was cut, seed %d', async (seed) => {
  const bytes = memo.slice(0, Math.floor(random(seed)() * (memo.length - 40)))
  for (const code of await outcomes(bytes)) expect(['file-not-pdf', 'file-damaged']).toContain(code)
})

test.each(Array.from({ length: 4 }, (_, seed) => seed + 1))('random bytes, seed %d', async (seed) => {
  const next = random(seed)
  const bytes = Uint8Array.from({ length: 20_000 }, () => Math.floor(next() * 256))
  expect(await outcomes(bytes)).toEqual(Array(3).fill('file-not-pdf'))
  bytes.set(Buffer.from('%PDF-1.7\n'))
  expect(await outcomes(bytes)).toEqual(Array(3).fill('file-damaged'))
})

test.each([3, 11])('places are sought in a file with overwritten bytes, seed %d', async (seed) => {
  const next = random(seed)
  const bytes = memo.slice()
  for (let flips = 12; flips > 0; flips--) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256)
  const before = process.cpuUsage()
  await findPlaces(bytes)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(5000)
})

describe('files made to hold a reader', () => {
  test.each(Object.entries(damaging))('%s', async (_, make) => {
    expect(await outcomes(make())).toEqual(Array(3).fill('file-damaged'))
  })

  test.each(Object.entries(bearable))('%s', async (_, make) => {
    await settle(make())
  })
})

test('a page of thirty thousand annotations, all of them packed, is no hostile file', async () => {
  const bytes = await crowdedFile(32_768)
  const before = process.cpuUsage()
  expect(await inspect(bytes)).toMatchObject({ ok: true })
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(5000)
})

test('five hundred signatures that each cover eight megabytes', async () => {
  const signed = await signWithKey(pki, 0, memo, { contentsBytes: 4096 })
  const inspected = signed.ok ? await inspect(signed.value) : signed
  if (!inspected.ok) throw new Error(inspected.refusal.code)
  const cms = inspected.value.signatures[0]!.contents
  expect(await settle(manySignatures(500, cms))).toMatchObject({ verdict: 'invalid' })
})

describe('signed pages that cannot be drawn in bounds, with a mark put on them afterwards', () => {
  test.each(Object.entries(exhausting))('%s', async (_, make) => {
    const signed = await signWithKey(pki, 0, make(), { contentsBytes: 4096 })
    if (!signed.ok) throw new Error(signed.refusal.code)
    const mark = { name: 'stamp:1', page: 1, place: { x: 60, y: 300 }, lines: ['รับที่ ๑๒๓'], fontSize: 14 }
    const stamped = await stamp(signed.value, [mark])
    if (!stamped.ok) throw new Error(stamped.refusal.code)
    const { verdict } = await settle(stamped.value)
    expect(['valid', 'invalid']).toContain(verdict)
  })
})

test('a file with an /Encrypt dictionary is refused as such', async () => {
  const objects = {
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>>>>',
  }
  expect(await outcomes(rawFile(objects, { trailer: '/Encrypt <</Filter /Standard /V 5>>' }))).toEqual(
    Array(3).fill('file-encrypted'),
  )
})
