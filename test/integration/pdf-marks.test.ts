import { beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { readInk } from '../../src/pdf/places/pageInk.ts'
import { openWithPdfJs } from '../../src/pdf/places/pdfjs.ts'
import { type Mark, stamp } from '../../src/pdf/stamp.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { type ColorPicture, colorAt, drawInColor } from '../support/marks/pictures.ts'
import { marksOfAllKinds } from '../support/marks/sampleMarks.ts'
import { type BlankPage, rawFile } from '../support/pdf/rawFile.ts'
import { judge } from '../support/pdf/tools.ts'

function accepted<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`)
  return outcome.value
}

const emptyPage = ({ mediaBox = '0 0 842 842', cropBox, rotate = 0 }: BlankPage): Uint8Array =>
  rawFile({
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: `<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [${mediaBox}] /Rotate ${rotate} /Resources <<>>>>`,
    3: `<</Type /Page /Parent 2 0 R ${cropBox === undefined ? '' : `/CropBox [${cropBox}]`}>>`,
  })

let marks: Mark[]
let stamped: Uint8Array

beforeAll(async () => {
  marks = marksOfAllKinds()
  stamped = accepted(await stamp(emptyPage({}), marks))
})

/** The part of the page that has all marks on it. */
function corner({ width, height, pixels }: ColorPicture): Uint8Array {
  const rows = Array.from({ length: 580 }, (_, row) => 3 * width * (height - 580 + row))
  return Buffer.concat(rows.map((at) => pixels.subarray(at, at + 3 * 580)))
}

const differing = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((count, value, at) => count + (Math.abs(value - (other[at] ?? 0)) > 90 ? 1 : 0), 0) / one.length

describe.each(['poppler', 'mupdf', 'pdf.js'] as const)('all kinds of marks in %s', (program) => {
  let upright: Uint8Array

  beforeAll(async () => {
    upright = corner(await drawInColor(stamped, program))
  })

  test.each<[string, BlankPage]>([
    ['turned by 90°', { rotate: 90 }],
    ['turned by 180°', { rotate: 180 }],
    ['turned by 270°', { rotate: 270 }],
    ['that begins elsewhere', { mediaBox: '100 -200 942 642' }],
    ['that is cropped', { mediaBox: '0 0 1000 1000', cropBox: '30 40 872 882' }],
    [
      'that is cropped and turned by 90°',
      { mediaBox: '0 0 1000 1000', cropBox: '30 40 872 882', rotate: 90 },
    ],
    [
      'that is cropped and turned by 270°',
      { mediaBox: '-20 0 1000 900', cropBox: '3 4 845 846', rotate: 270 },
    ],
  ])('look the same on a page %s', async (_, page) => {
    const turned = corner(await drawInColor(accepted(await stamp(emptyPage(page), marks)), program))
    expect(differing(turned, upright)).toBeLessThan(0.006)
  })

  test('have the colours and the places that were asked for', async () => {
    const picture = await drawInColor(stamped, program)
    const near = (color: number[], wanted: number[]) =>
      expect(Math.max(...color.map((value, at) => Math.abs(value - (wanted[at] ?? 0))))).toBeLessThan(12)
    near(colorAt(picture, 310, 290), [255, 235, 89])
    near(colorAt(picture, 500, 265), [255, 255, 255])
    near(colorAt(picture, 100, 158), [190, 33, 34])
    near(colorAt(picture, 100, 62), [35, 64, 188])
    near(colorAt(picture, 270, 110), [183, 88, 76])
    near(colorAt(picture, 223, 156), [255, 255, 255])
    const [red = 0, green = 0] = colorAt(picture, 400, 500)
    expect(red - green).toBeGreaterThan(60)
  })
})

test('every mark stays in its place, and nothing is beside it', async () => {
  const opening = await openWithPdfJs(accepted(await stamp(emptyPage({ rotate: 270 }), marks)))
  const document = await opening.promise
  const ink = await readInk(document, await document.getPage(1), [])
  for (const found of await (await document.getPage(1)).getAnnotations())
    expect(found.rect.every((edge: number) => edge >= 0 && edge <= 842)).toBe(true)
  expect(ink.under({ x: 40, y: 200, width: 230, height: 40 })).toBe(0)
  expect(ink.under({ x: 560, y: 0, width: 280, height: 842 })).toBe(0)
  expect(ink.under({ x: 0, y: 560, width: 842, height: 280 })).toBe(0)
  await opening.destroy()
})

describe('for other programs a mark', () => {
  test('is an annotation of its kind, with its text, its author and its time, locked and printed', async () => {
    const opening = await openWithPdfJs(stamped)
    const found = await (await (await opening.promise).getPage(1)).getAnnotations()
    await opening.destroy()
    expect(found.map(({ subtype }) => subtype)).toEqual([
      ...['Stamp', 'Stamp', 'Stamp', 'Stamp', 'Ink', 'Highlight', 'Stamp', 'Stamp'],
    ])
    expect(found.map(({ contentsObj }) => contentsObj.str)).toEqual([
      'สปสช ๕.๓๐/๑๒๔๗',
      '๑๖ กันยายน ๒๕๖๙',
      'สำนักงานหลักประกันสุขภาพแห่งชาติ\nเลขรับ ๕๔๓๒/๒๕๖๙\nวันที่ ๑๖ กันยายน ๒๕๖๙\nเวลา ๑๕.๔๒ น.',
      expect.stringContaining('(นางสาวปิ่นน้ำ กตัญญู)\nผู้อำนวยการสำนักกฎหมาย\n๑๖ กันยายน ๒๕๖๙ เวลา ๑๕.๔๒ น.'),
      'ลายมือเขียน',
      'อนุมัติ',
      'รูปภาพ',
      'ตราประทับ',
    ])
    expect(found[3]?.titleObj.str).toBe('นางสาวปิ่นน้ำ กตัญญู')
    expect(found.every(({ annotationFlags }) => annotationFlags === 196)).toBe(true)
    expect(found.every(({ modificationDate }) => /^D:20\d{12}\+07'00'$/.test(modificationDate))).toBe(true)
    expect(found[4]?.inkLists).toHaveLength(3)
    expect(found[5]?.quadPoints).toHaveLength(16)
  })

  test('keeps its name, by which inspect finds it', async () => {
    const found = accepted(await inspect(stamped)).marks
    expect(found.map(({ name }) => name)).toEqual(marks.map(({ name }) => name))
  })

  test('reads as Thai text in poppler and mupdf', async () => {
    const readers = [
      await judge(stamped, 'pdftotext', 'IN', '-'),
      await judge(stamped, 'mutool', 'draw', '-q', '-F', 'text', 'IN'),
    ]
    for (const { output } of readers) {
      for (const line of ['สปสช ๕.๓๐/๑๒๔๗', 'สำนักงานหลักประกันสุขภาพแห่งชาติ', 'เลขรับ ๕๔๓๒/๒๕๖๙', 'เวลา ๑๕.๔๒ น.'])
        expect(output.replace(/ +/g, ' ')).toContain(line)
      expect(output).toContain('(นางสาวปิ่นน้ำ กตัญญู)')
    }
  })

  test('is no fault of the file', async () => {
    expect(await judge(stamped, 'qpdf', '--check', 'IN')).toMatchObject({ status: 0 })
  })
})

test('marks that hold no text bring no font', async () => {
  const drawn = accepted(
    await stamp(
      emptyPage({}),
      marks.filter(({ kind }) => kind === 'ink' || kind === 'highlight'),
    ),
  )
  expect(Buffer.from(drawn).toString('latin1')).not.toContain('/Font')
})

test('a seal on many pages is kept once', async () => {
  const seal = marks.find(({ name }) => name === 'image:2') as Mark
  const one = accepted(await stamp(emptyPage({}), [seal]))
  const many = accepted(
    await stamp(
      emptyPage({}),
      Array.from({ length: 20 }, (_, index) => ({ ...seal, name: `image:${index}` })),
    ),
  )
  expect(
    Buffer.from(many)
      .toString('latin1')
      .match(/\/Subtype \/Image/g),
  ).toHaveLength(2)
  expect(many.length).toBeLessThan(one.length + 20 * 1000)
})

describe('an endorsement', () => {
  const place = { x: 40, y: 100, width: 200, height: 300 }
  const endorsement = (text: string, height = place.height): Mark => ({
    kind: 'endorsement',
    name: 'endorsement:1',
    page: 1,
    place: { ...place, height },
    text,
    signerName: 'นายธีรวัฒน์ ศรีสุขสันต์',
    signerPosition: 'รองเลขาธิการ',
    writtenAt: new Date('2026-09-16T08:42:00Z'),
  })
  const rectOf = async (mark: Mark): Promise<number[]> => {
    const opening = await openWithPdfJs(accepted(await stamp(emptyPage({}), [mark])))
    const [found] = await (await (await opening.promise).getPage(1)).getAnnotations()
    await opening.destroy()
    return found?.rect ?? []
  }
  const order = 'มอบสำนักกฎหมายตรวจสอบและให้ความเห็นภายใน ๗ วัน แล้วเสนอเลขาธิการเพื่อโปรดพิจารณา '

  test('begins at the top of its place and takes the height that it needs', async () => {
    const [short, long] = [await rectOf(endorsement('ทราบ')), await rectOf(endorsement(order.repeat(2)))]
    expect([short[3], long[3]]).toEqual([400, 400])
    expect(short[1]).toBeGreaterThan(290)
    expect(long[1]).toBeLessThan((short[1] ?? 0) - 60)
    expect(long[1]).toBeGreaterThan(100)
  })

  test('becomes smaller to fit, and is refused when it could not be read any more', async () => {
    expect((await stamp(emptyPage({}), [endorsement(order.repeat(4), 220)])).ok).toBe(true)
    expect(await stamp(emptyPage({}), [endorsement(order.repeat(9), 220)])).toMatchObject({
      refusal: { code: 'mark-overflows' },
    })
  })
})

describe('a receive stamp', () => {
  const rectOf = async (place: {
    x: number
    y: number
    width?: number
    height?: number
  }): Promise<number[]> => {
    const mark = marks.find(({ kind }) => kind === 'receiveStamp')
    const opening = await openWithPdfJs(accepted(await stamp(emptyPage({}), [{ ...mark, place } as Mark])))
    const [found] = await (await (await opening.promise).getPage(1)).getAnnotations()
    await opening.destroy()
    const [left = 0, bottom = 0, right = 0, top = 0] = found?.rect ?? []
    return [right - left, top - bottom].map((length) => Math.round(length * 100) / 100)
  }

  test('is 5 × 2.5 cm', async () => {
    expect(await rectOf({ x: 300, y: 300 })).toEqual([141.73, 70.87])
    expect(await rectOf({ x: 300, y: 300, width: 500, height: 400 })).toEqual([141.73, 70.87])
  })

  test('keeps its proportions in a smaller place', async () => {
    expect(await rectOf({ x: 300, y: 300, width: 100, height: 90 })).toEqual([100, 50])
  })
})
