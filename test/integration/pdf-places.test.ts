import { beforeAll, describe, expect, test } from 'vitest'
import type { Rectangle } from '../../src/pdf/geometry.ts'
import { inspect } from '../../src/pdf/inspect.ts'
import { overlapOf } from '../../src/pdf/places/overlap.ts'
import { findPlaces, type Places } from '../../src/pdf/places/places.ts'
import { prepareSignature } from '../../src/pdf/signature/signatureRevision.ts'
import { type Mark, stamp } from '../../src/pdf/stamp.ts'
import { withAppended } from '../../src/pdf/structure/append.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { chromiumLetter, memoFile } from '../support/pdf/forms.ts'
import { linesOnPages, type PlacedLine } from '../support/pdf/oddForms.ts'
import { formFile, fullPage, inheritingFile } from '../support/pdf/rawFile.ts'
import { scanOf } from '../support/pdf/scanForms.ts'
import { judge } from '../support/pdf/tools.ts'

function accepted<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`)
  return outcome.value
}

const apart = (one: Rectangle, other: Rectangle): boolean =>
  one.x + one.width <= other.x ||
  other.x + other.width <= one.x ||
  one.y + one.height <= other.y ||
  other.y + other.height <= one.y

const signedAt = async (bytes: Uint8Array, { block }: Places): Promise<Uint8Array> => {
  const { appended } = accepted(
    await prepareSignature(bytes, {
      fieldName: 'Signature',
      signerName: 'นางสาววรรณวิภา เจริญสุข',
      reason: 'ลงนาม',
      signedAt: new Date('2026-09-16T08:42:00Z'),
      marks: [],
      block: { ...block, lines: ['ลงลายมือชื่อดิจิทัลโดย วรรณวิภา เจริญสุข'], qr: 'https://saraban.example/v/1' },
    }),
  )
  return withAppended(bytes, appended)
}

describe('a memo', () => {
  let memo: Uint8Array
  let places: Places

  beforeAll(async () => {
    memo = await memoFile()
    places = accepted(await findPlaces(memo))
  })

  test('takes the number after ที่ สปสช and the date after วันที่, on one baseline, in the size of the text', () => {
    expect(places.number.form).toBe('afterAgency')
    expect(places.date.form).toBe('date')
    expect(places.number.place.y).toBe(places.date.place.y)
    expect(places.number.place.x).toBeLessThan(places.date.place.x)
    expect(places.number.fontSize).toBeCloseTo(12.5, 0)
  })

  test('takes the signature above the name, in the right half, over nothing', () => {
    const { place } = places.block
    expect(place.x + place.width / 2).toBeGreaterThan(595 / 2)
    expect(place.height).toBeGreaterThan(50)
    expect(places.overlaps).toMatchObject({ number: 0, date: 0, block: 0 })
  })

  test('gives three signers three places', async () => {
    const second = await signedAt(memo, places)
    const secondPlaces = accepted(await findPlaces(second))
    const third = await signedAt(second, secondPlaces)
    const thirdPlaces = accepted(await findPlaces(third))
    expect(apart(places.block.place, secondPlaces.block.place)).toBe(true)
    expect(apart(places.block.place, thirdPlaces.block.place)).toBe(true)
    expect(apart(secondPlaces.block.place, thirdPlaces.block.place)).toBe(true)
  })
})

const letterWith = (number: string): PlacedLine[] => [
  [72, 760, number],
  [340, 760, 'สำนักงานหลักประกันสุขภาพแห่งชาติ'],
  [72, 690, 'เรื่อง ขอเชิญประชุม'],
  [72, 660, 'เรียน ผู้อำนวยการโรงพยาบาล'],
  [300, 520, 'ขอแสดงความนับถือ'],
  [300, 420, '(นายแพทย์ธีรวัฒน์ ศรีสุขสันต์)'],
  [300, 400, 'รองเลขาธิการ'],
]

describe.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
  ['a memo', () => memoFile()],
  ['an external letter', () => chromiumLetter()],
  ['a scan', async () => scanOf(await chromiumLetter())],
  ['a page turned by 90°', () => inheritingFile({ rotate: 90 })],
  ['a cropped page', () => inheritingFile({ cropBox: '40 50 500 700', rotate: 270 })],
  ['A5', () => inheritingFile({ mediaBox: '0 0 420 595' })],
  ['a landscape page', () => inheritingFile({ mediaBox: '0 0 842 595' })],
])('on %s', (_, make) => {
  let bytes: Uint8Array
  let places: Places

  beforeAll(async () => {
    bytes = await make()
    places = accepted(await findPlaces(bytes))
  })

  test('the receive stamp goes toward the upper right, nearly as large as its form', async () => {
    const { page, place } = places.receiveStamp
    const [width, height] = accepted(await inspect(bytes)).pages.map((each) => [each.width, each.height])[
      page - 1
    ]!
    expect(place.x + place.width / 2).toBeGreaterThan((width ?? 0) * 0.55)
    expect(place.y).toBeGreaterThan((height ?? 0) * 0.6)
    expect(place.width).toBeGreaterThan(0.79 * 141.73)
    expect(place.width / place.height).toBeCloseTo(2)
  })

  test('the endorsement goes toward the lower left', () => {
    const { place } = places.endorsement
    expect(place.x).toBeLessThan(90)
    expect(place.y).toBeLessThan(200)
    expect(place.width).toBeGreaterThan(169)
  })

  test('no place covers what is there, and none covers another', async () => {
    expect(places.overlaps).toEqual({ number: 0, date: 0, block: 0, receiveStamp: 0, endorsement: 0 })
    const { block, receiveStamp, endorsement } = places
    expect(apart(block.place, receiveStamp.place)).toBe(true)
    expect(apart(block.place, endorsement.place)).toBe(true)
    expect(apart(receiveStamp.place, endorsement.place)).toBe(true)
    for (const { page, place } of [block, receiveStamp, endorsement])
      expect(accepted(await overlapOf(bytes, page, place))).toBe(0)
  })

  test('what was stamped there is covered by what comes next, so that this goes elsewhere', async () => {
    const { receiveStamp } = places
    const mark: Mark = {
      kind: 'receiveStamp',
      name: 'stamp:1',
      ...receiveStamp,
      agency: 'กรมควบคุมโรค',
      number: '1234',
      receivedAt: new Date('2026-09-16T08:42:00Z'),
    }
    const stamped = accepted(await stamp(bytes, [mark]))
    expect(accepted(await overlapOf(stamped, receiveStamp.page, receiveStamp.place))).toBeGreaterThan(0.95)
    const next = accepted(await findPlaces(stamped)).receiveStamp
    expect(next.page !== receiveStamp.page || apart(next.place, receiveStamp.place)).toBe(true)
  })
})

test('an endorsement goes to the page before when the last is full', async () => {
  const full = Array.from(
    { length: 95 },
    (_, row): PlacedLine => [40, 830 - 8.6 * row, 'ข้อความเต็มหน้า '.repeat(9)],
  )
  const places = accepted(await findPlaces(linesOnPages(letterWith('ที่ สปสช'), full)))
  expect(places.endorsement.page).toBe(1)
  expect(places.overlaps.endorsement).toBe(0)
})

describe('the overlap of a place', () => {
  test.each<[string, Rectangle, number]>([
    ['with nothing', { x: 50, y: 50, width: 100, height: 50 }, 0],
    ['half off the page', { x: 545, y: 50, width: 100, height: 50 }, 0.5],
    ['wholly off the page', { x: 2000, y: 2000, width: 100, height: 50 }, 1],
  ])('%s', async (_, place, overlap) => {
    expect(accepted(await overlapOf(inheritingFile(), 1, place))).toBeCloseTo(overlap, 1)
  })

  test('with print is its ink', async () => {
    const overlap = accepted(await overlapOf(inheritingFile(), 1, { x: 298, y: 416, width: 60, height: 20 }))
    expect(overlap).toBeGreaterThan(0.15)
    expect(overlap).toBeLessThan(0.8)
  })

  test('with an empty field is whole', async () => {
    expect(accepted(await overlapOf(formFile(), 1, { x: 110, y: 702, width: 100, height: 16 }))).toBe(1)
  })

  test.each<[string, number, Rectangle, string]>([
    ['a page that is missing', 2, { x: 0, y: 0, width: 9, height: 9 }, 'page-missing'],
    ['page 0', 0, { x: 0, y: 0, width: 9, height: 9 }, 'page-missing'],
    ['no place', 1, { x: Number.NaN, y: 0, width: 9, height: 9 }, 'mark-malformed'],
    ['a place without height', 1, { x: 0, y: 0, width: 9, height: 0 }, 'mark-malformed'],
  ])('on %s is refused', async (_, page, place, code) => {
    expect(await overlapOf(inheritingFile(), page, place)).toMatchObject({ refusal: { code } })
  })
})

test('a page as large as a plan is looked through in a second or so', async () => {
  const before = performance.now()
  const places = accepted(await findPlaces(inheritingFile({ mediaBox: '0 0 14400 14400' })))
  expect(performance.now() - before).toBeLessThan(4000)
  expect(places.overlaps.receiveStamp).toBe(0)
})

describe('a letter', () => {
  test.each([
    ['ที่ สปสช ๕.๓๐/', 'สปสช๕.๓๐/'],
    ['ที่ สปสช ๕.๓๐/ว ', 'สปสช๕.๓๐/ว'],
    ['ที่ สปสช 5.30/', 'สปสช5.30/'],
  ])('that says %s gets what is missing after it', async (line, typed) => {
    const { number } = accepted(await findPlaces(linesOnPages(letterWith(line))))
    expect(number).toMatchObject({ form: 'afterPrefix', typed, place: { y: 760 } })
    expect(number.place.x).toBeLessThan(340)
  })

  test('behind an empty page gets number and date on its own first page', async () => {
    const places = accepted(await findPlaces(linesOnPages([], letterWith('ที่ สปสช'))))
    expect(places.number).toMatchObject({ page: 2, form: 'afterAgency' })
    expect(places.date.page).toBe(2)
    expect(places.block.page).toBe(2)
  })

  test('gets the second signature under the first, not at the far end of the page', async () => {
    const letter = linesOnPages(letterWith('ที่ สปสช'), [[72, 760, 'สิ่งที่ส่งมาด้วย']])
    const first = accepted(await findPlaces(letter))
    const second = accepted(await findPlaces(await signedAt(letter, first)))
    expect(second.block.page).toBe(1)
    expect(apart(first.block.place, second.block.place)).toBe(true)
    expect(first.block.place.y - second.block.place.y).toBeGreaterThan(0)
    expect(first.block.place.y - second.block.place.y).toBeLessThan(180)
    expect(second.overlaps.block).toBe(0)
  })
})

test('an order has its date after สั่ง ณ วันที่, and no number over its year', async () => {
  const order: PlacedLine[] = [
    [250, 760, 'คำสั่งสำนักงาน'],
    [250, 740, 'ที่ ........../๒๕๖๙'],
    [250, 720, 'เรื่อง แต่งตั้งคณะทำงาน'],
    [150, 500, 'สั่ง ณ วันที่'],
    [300, 400, '(นายแพทย์ธีรวัฒน์ ศรีสุขสันต์)'],
  ]
  const places = accepted(await findPlaces(linesOnPages(order)))
  expect(places.date).toMatchObject({ form: 'date', place: { y: 500 } })
  expect(places.date.place.x).toBeGreaterThan(150)
  expect(places.overlaps.number).toBe(0)
})

test('a long memo is signed on its last page', async () => {
  const paragraph = 'สำนักบริหารงบกองทุนพิจารณาแล้ว เห็นควรจัดประชุมเชิงปฏิบัติการชี้แจงหลักเกณฑ์ดังกล่าว '.repeat(20)
  const places = accepted(await findPlaces(await memoFile({ paragraphs: [paragraph, paragraph] })))
  expect(places.number.page).toBe(1)
  expect(places.block.page).toBe(2)
  expect(places.overlaps.block).toBe(0)
})

test('a paper without a head gets number and date with their labels near the top right', async () => {
  const places = accepted(await findPlaces(inheritingFile()))
  expect(places.number.form).toBe('withLabel')
  expect(places.date.form).toBe('withLabel')
  expect(places.number.place.x).toBeGreaterThan(595 / 2)
  expect(places.number.place.y).toBeGreaterThan(800)
  expect(places.date.place.y).toBeLessThan(places.number.place.y)
})

test.each([90, 180, 270])('nothing is proposed off a page that is turned by %d°', async (rotate) => {
  const places = accepted(
    await findPlaces(inheritingFile({ mediaBox: '0 0 300 400', cropBox: '10 10 280 350', rotate })),
  )
  const [width, height] = rotate === 180 ? [270, 340] : [340, 270]
  const { place } = places.block
  expect(place.x).toBeGreaterThanOrEqual(0)
  expect(place.y).toBeGreaterThanOrEqual(0)
  expect(place.x + place.width).toBeLessThanOrEqual(width)
  expect(place.y + place.height).toBeLessThanOrEqual(height)
})

test('a page without a free place gets the block where it hides least, and says so', async () => {
  const places = accepted(await findPlaces(fullPage()))
  const { y, height } = places.block.place
  expect(y).toBeGreaterThan(280)
  expect(y + height).toBeLessThan(400)
  expect(places.overlaps.block).toBeGreaterThan(0.02)
  expect(places.overlaps.number).toBeGreaterThan(0.1)
  expect(places.overlaps.receiveStamp).toBeGreaterThan(0.1)
  expect(places.overlaps.endorsement).toBeGreaterThan(0.02)
})

test('a page that is smaller than the block still gets a place on it', async () => {
  const places = accepted(await findPlaces(inheritingFile({ mediaBox: '0 0 90 40' })))
  expect(places.block.place.width).toBeLessThanOrEqual(90)
  expect(places.block.place.height).toBeLessThanOrEqual(40)
})

test('Electron’s utility process, which pdf.js takes for a browser, finds the same places', async () => {
  const memo = await memoFile()
  const script = `
    Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: '45.4.1' } })
    process.type = 'utility'
    const { findPlaces } = await import('${new URL('../../src/pdf/places/places.ts', import.meta.url).href}')
    const { readFile } = await import('node:fs/promises')
    console.log(JSON.stringify(await findPlaces(new Uint8Array(await readFile(process.argv[1])))))`
  const { output } = await judge(
    memo,
    process.execPath,
    '--no-warnings',
    '--input-type=module',
    '-e',
    script,
    'IN',
  )
  expect(JSON.parse(output)).toEqual(await findPlaces(memo))
})
