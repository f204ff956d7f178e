import { deflateSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { findPlaces } from '../../src/pdf/places.ts'
import { prepareSignature } from '../../src/pdf/signatureRevision.ts'
import { stamp } from '../../src/pdf/stamp.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { memoFile } from '../support/pdf/forms.ts'
import { random } from '../support/pdf/mutations.ts'
import { formFile, hybridFile, rawFile } from '../support/pdf/rawFile.ts'

const mark = { name: 'number', page: 1, place: { x: 60, y: 60 }, lines: ['๑๒๔๗'], fontSize: 12 }
const mostMilliseconds = 5000

/** Runs `work`, which has to end in time; the processor's time, for other tests run beside this one. */
async function timed<Value>(work: () => Promise<Value>): Promise<Value> {
  const before = process.cpuUsage()
  const value = await work()
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(mostMilliseconds)
  return value
}

/** Runs everything that reads a file; each has to give an outcome in time. */
async function outcomes(bytes: Uint8Array): Promise<string[]> {
  const request = { fieldName: 'S', signerName: 'ก', reason: 'ก', signedAt: new Date(0), marks: [mark] }
  const works: (() => Promise<Outcome<unknown>>)[] = [
    () => inspect(bytes),
    () => stamp(bytes, [mark]),
    () => prepareSignature(bytes, request),
  ]
  const codes: string[] = []
  for (const work of works) {
    const outcome = await timed(work)
    codes.push(outcome.ok ? 'accepted' : outcome.refusal.code)
  }
  return codes
}

let memo: Uint8Array

beforeAll(async () => {
  memo = await memoFile()
})

test.each(Array.from({ length: 40 }, (_, seed) => seed + 1))('bytes overwritten, seed %d', async (seed) => {
  const next = random(seed)
  const source = [memo, formFile(), hybridFile()][seed % 3] ?? memo
  const bytes = source.slice()
  for (let flips = 1 + Math.floor(next() * 30); flips > 0; flips--)
    bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256)
  await outcomes(bytes)
})

test.each(Array.from({ length: 16 }, (_, seed) => seed + 1))('a file that was cut, seed %d', async (seed) => {
  const bytes = memo.slice(0, Math.floor(random(seed)() * (memo.length - 40)))
  for (const code of await outcomes(bytes)) expect(['file-not-pdf', 'file-damaged']).toContain(code)
})

test.each(Array.from({ length: 8 }, (_, seed) => seed + 1))('random bytes, seed %d', async (seed) => {
  const next = random(seed)
  const bytes = Uint8Array.from({ length: 20_000 }, () => Math.floor(next() * 256))
  expect(await outcomes(bytes)).toEqual(Array(3).fill('file-not-pdf'))
  bytes.set(Buffer.from('%PDF-1.7\n'))
  expect(await outcomes(bytes)).toEqual(Array(3).fill('file-damaged'))
})

test.each([3, 7, 11, 19])('places are sought in a file with overwritten bytes, seed %d', async (seed) => {
  const next = random(seed)
  const bytes = memo.slice()
  for (let flips = 12; flips > 0; flips--) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256)
  await timed(() => findPlaces(bytes))
})

const page = '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>>>>'
const catalog = '<</Type /Catalog /Pages 2 0 R>>'

describe('files made to hold a reader', () => {
  test.each<[string, () => Uint8Array]>([
    [
      'a page tree that contains itself',
      () => rawFile({ 1: catalog, 2: '<</Type /Pages /Kids [2 0 R 3 0 R] /Count 2>>', 3: page }),
    ],
    [
      'references in a circle',
      () => rawFile({ 1: '<</Type /Catalog /Pages 4 0 R>>', 4: '5 0 R', 5: '4 0 R' }),
    ],
    [
      'a length that needs its own stream',
      () =>
        rawFile({
          1: catalog,
          2: '<</Type /Pages /Kids 4 0 R /Count 1>>',
          3: page,
          4: '<</Length 4 0 R>>\nstream\nx\nendstream',
        }),
    ],
    [
      'a cross-reference section that follows itself',
      () => withPrevious(rawFile({ 1: catalog, 2: '<</Type /Pages /Kids [3 0 R] /Count 1>>', 3: page })),
    ],
    [
      'arrays within arrays',
      () => rawFile({ 1: catalog, 2: `<</Type /Pages /Kids ${'['.repeat(60_000)} /Count 1>>`, 3: page }),
    ],
    ['no pages', () => rawFile({ 1: catalog, 2: '<</Type /Pages /Kids [] /Count 0>>' })],
    ['a cross-reference stream that unpacks to 300 MB', bomb],
    [
      'a promise of a billion objects',
      () =>
        rawFile(
          { 1: catalog, 2: '<</Type /Pages /Kids [3 0 R] /Count 1>>', 3: page },
          { trailer: '/Size 1000000000' },
        ),
    ],
  ])('%s', async (_, make) => {
    expect(await outcomes(make())).toEqual(Array(3).fill('file-damaged'))
  })

  test('an object stream whose twenty thousand objects are all one long array', async () => {
    expect(await outcomes(overlappingObjects(20_000))).toEqual(Array(3).fill('file-damaged'))
  })

  test('a form that contains itself, and fields in a long row of parents', async () => {
    const circle = rawFile({
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [4 0 R]>>>>',
      2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
      3: page,
      4: '<</T (a) /Kids [4 0 R]>>',
    })
    expect(await outcomes(circle)).toEqual(Array(3).fill('accepted'))
  })
})

test('a file with an /Encrypt dictionary is refused as such', async () => {
  const objects = { 1: catalog, 2: '<</Type /Pages /Kids [3 0 R] /Count 1>>', 3: page }
  expect(await outcomes(rawFile(objects, { trailer: '/Encrypt <</Filter /Standard /V 5>>' }))).toEqual(
    Array(3).fill('file-encrypted'),
  )
})

function withPrevious(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1')
  const start = /startxref\n(\d+)/.exec(text)?.[1] ?? '0'
  return new Uint8Array(Buffer.from(text.replace('/Root 1 0 R', `/Root 1 0 R /Prev ${start}`), 'latin1'))
}

function bomb(): Uint8Array {
  const packedZeroes = deflateSync(Buffer.alloc(300 << 20))
  const head = `%PDF-1.5\n1 0 obj\n<</Type /XRef /Size 9 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode /Length ${packedZeroes.length}>>\nstream\n`
  const tail = '\nendstream\nendobj\nstartxref\n9\n%%EOF\n'
  return new Uint8Array(Buffer.concat([Buffer.from(head), packedZeroes, Buffer.from(tail)]))
}

/** Every page is the same array of half a million numbers, which a careless reader parses once for each. */
function overlappingObjects(count: number): Uint8Array {
  const first = 10
  const numbers = Array.from({ length: count }, (_, index) => first + index)
  const heads = numbers.map((number) => `${number} 0 `).join('')
  const stream = deflateSync(Buffer.from(`${heads}[${'1 '.repeat(500_000)}]`))
  const parts: Buffer[] = [Buffer.from('%PDF-1.5\n')]
  const offsets: number[] = []
  const put = (...pieces: (string | Buffer)[]): void => {
    offsets.push(Buffer.concat(parts).length)
    parts.push(...pieces.map((piece) => Buffer.from(piece)))
  }
  put(`1 0 obj\n${catalog}\nendobj\n`)
  put(
    `2 0 obj\n<</Type /Pages /Count ${count} /Kids [${numbers.map((number) => `${number} 0 R`).join(' ')}]>>\nendobj\n`,
  )
  const entries = `/Type /ObjStm /N ${count} /First ${heads.length} /Filter /FlateDecode /Length ${stream.length}`
  put(`3 0 obj\n<<${entries}>>\nstream\n`, stream, '\nendstream\nendobj\n')
  const start = Buffer.concat(parts).length
  const rows = [...offsets.map((offset) => [1, offset, 0]), ...numbers.map((_, index) => [2, 3, index])]
  const table = Buffer.concat(
    rows.map(([type = 0, second = 0, third = 0]) => {
      const row = Buffer.alloc(6)
      row.writeUInt8(type, 0)
      row.writeUIntBE(second, 1, 3)
      row.writeUInt16BE(third, 4)
      return row
    }),
  )
  const index = `/W [1 3 2] /Index [1 3 ${first} ${count}] /Size ${first + count} /Root 1 0 R`
  put(`4 0 obj\n<</Type /XRef ${index} /Length ${table.length}>>\nstream\n`, table, '\nendstream\nendobj\n')
  return new Uint8Array(Buffer.concat([...parts, Buffer.from(`startxref\n${start}\n%%EOF\n`)]))
}
