import { beforeAll, describe, expect, test } from 'vitest'
import { readInk } from '../../src/pdf/places/pageInk.ts'
import { openWithPdfJs } from '../../src/pdf/places/pdfjs.ts'
import { prepareSignature } from '../../src/pdf/signature/signatureRevision.ts'
import { withAppended } from '../../src/pdf/structure/append.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { type BlankPage, inheritingFile } from '../support/pdf/rawFile.ts'
import { drawPage } from '../support/pdf/tools.ts'

function accepted<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`)
  return outcome.value
}

const place = { x: 40, y: 60, width: 200, height: 58 }
const stampPlace = { x: 60, y: 180, width: 150, height: 62 }

const signed = async (page: BlankPage): Promise<Uint8Array> => {
  const file = inheritingFile(page)
  const { appended } = accepted(
    await prepareSignature(file, {
      fieldName: 'Signature',
      signerName: 'นายธีรวัฒน์ ศรีสุขสันต์',
      reason: 'อนุมัติ',
      signedAt: new Date('2026-09-16T08:42:00Z'),
      marks: [
        {
          name: 'stamp:1',
          page: 1,
          place: stampPlace,
          lines: ['กรมควบคุมโรค', 'เลขรับ ๑๒๓๔/๒๕๖๙', 'ผู้รับ ปิ่นน้ำ กตัญญู'],
          fontSize: 13,
          color: 'red',
          frame: true,
        },
      ],
      block: { page: 1, place, lines: ['ลงลายมือชื่อดิจิทัลโดย ธีรวัฒน์ ศรีสุขสันต์'], qr: 'https://saraban.example/v/1' },
    }),
  )
  return withAppended(file, appended)
}

/** The lower left part of the page as poppler shows it, where block and stamp are. */
async function cornerOf(bytes: Uint8Array): Promise<number[]> {
  const { width, height, pixels } = await drawPage(bytes, 1, 72)
  const corner: number[] = []
  for (let row = height - 260; row < height; row++)
    for (let column = 0; column < 260; column++) corner.push(pixels[row * width + column] ?? 0)
  return corner
}

const blackness = (pixels: readonly number[]): number => pixels.filter((value) => value < 128).length

const difference = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length

describe('stamp and signature block', () => {
  let upright: number[]

  beforeAll(async () => {
    upright = await cornerOf(await signed({}))
  })

  test('are seen', () => {
    expect(blackness(upright)).toBeGreaterThan(1000)
  })

  test.each<[string, BlankPage]>([
    ['a page turned by 90°', { rotate: 90 }],
    ['a page turned by 180°', { rotate: 180 }],
    ['a page turned by 270°', { rotate: 270 }],
    ['a page that begins elsewhere', { mediaBox: '100 -200 695 642' }],
    ['a cropped page', { cropBox: '20 20 595 842' }],
    ['a cropped page turned by 90°', { cropBox: '20 20 595 842', rotate: 90 }],
    ['a page turned by -90°', { rotate: -90 }],
  ])('look the same on %s', async (_, page) => {
    const corner = await cornerOf(await signed(page))
    expect(Math.abs(blackness(corner) / blackness(upright) - 1)).toBeLessThan(0.15)
    expect(difference(corner, upright)).toBeLessThan(4)
  })

  test('are drawn by pdf.js as well, inside their places', async () => {
    const opening = await openWithPdfJs(await signed({ rotate: 90 }))
    const document = await opening.promise
    const ink = await readInk(document, await document.getPage(1), [])
    expect(ink.under(place)).toBeGreaterThan(0.1)
    expect(ink.under(stampPlace)).toBeGreaterThan(0.02)
    expect(ink.under({ x: 0, y: 0, width: 260, height: 55 })).toBe(0)
    expect(ink.under({ x: 250, y: 60, width: 100, height: 180 })).toBe(0)
    await opening.destroy()
  })
})
