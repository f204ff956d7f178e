import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { openWithPdfJs } from '../../src/pdf/places/pdfjs.ts'
import { stamp } from '../../src/pdf/stamp.ts'
import { packageFile } from '../../src/pdf/structure/packages.ts'
import { openTypeface, type Typeface } from '../../src/pdf/text/typeface.ts'
import {
  chromiumPicture,
  type GrayPicture,
  hardSentences,
  inkApart,
  pageOfLines,
  popplerPicture,
} from '../support/marks/thaiPage.ts'
import { rawFile } from '../support/pdf/rawFile.ts'
import { judge } from '../support/pdf/tools.ts'

const linesOf = (text: string): string[] =>
  text
    .split(/[\n\f]/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')

async function readByPdfJs(bytes: Uint8Array): Promise<string[]> {
  const opening = await openWithPdfJs(bytes)
  const { items } = await (await (await opening.promise).getPage(1)).getTextContent()
  await opening.destroy()
  const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
  return linesOf(text)
}

const blank = rawFile({
  1: '<</Type /Catalog /Pages 2 0 R>>',
  2: '<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 800] /Resources <<>>>>',
  3: '<</Type /Page /Parent 2 0 R>>',
})

describe.each([
  ['Sarabun', packageFile('@expo-google-fonts/sarabun/400Regular/Sarabun_400Regular.ttf')],
  ['Laksaman, which needs its marks moved', '/usr/share/fonts/truetype/tlwg/Laksaman.ttf'],
])('Thai text in %s', (_, fontPath) => {
  let typeface: Typeface
  let page: Uint8Array

  beforeAll(async () => {
    const opened = await openTypeface(readFileSync(fontPath))
    if (!opened.ok) throw new Error(opened.refusal.code)
    typeface = opened.value
    page = await pageOfLines(typeface, hardSentences)
  })

  test('is read by poppler exactly as it was written', async () => {
    expect(linesOf((await judge(page, 'pdftotext', '-raw', 'IN', '-')).output)).toEqual(hardSentences)
  })

  test('is read by mupdf exactly as it was written', async () => {
    const { output } = await judge(page, 'mutool', 'draw', '-q', '-F', 'text', 'IN')
    expect(linesOf(output.replace(/^warning.*$/gm, ''))).toEqual(hardSentences)
  })

  test('is read by pdf.js exactly as it was written', async () => {
    expect(await readByPdfJs(page)).toEqual(hardSentences)
  })

  test('is read by poppler and mupdf from marks, too', async () => {
    const marks = hardSentences.map((line, index) => ({
      name: `note:${index}`,
      page: 1,
      place: { x: 30, y: 760 - 50 * index },
      lines: [line],
      fontSize: 30,
    }))
    const stamped = await stamp(blank, marks, typeface)
    if (!stamped.ok) throw new Error(stamped.refusal.code)
    expect(linesOf((await judge(stamped.value, 'pdftotext', '-raw', 'IN', '-')).output)).toEqual(
      hardSentences,
    )
    const { output } = await judge(stamped.value, 'mutool', 'draw', '-q', '-F', 'text', 'IN')
    expect(linesOf(output.replace(/^warning.*$/gm, ''))).toEqual(hardSentences)
  })

  describe('looks as a browser sets it', () => {
    let ours: GrayPicture
    let browsers: GrayPicture

    beforeAll(async () => {
      ours = await popplerPicture(page)
      browsers = await chromiumPicture(fontPath, hardSentences)
    })

    test.each(hardSentences.map((line, index) => [line, index] as const))('%s', (_line, index) => {
      expect(inkApart(ours, browsers, index)).toBeLessThan(0.01)
      expect(inkApart(browsers, ours, index)).toBeLessThan(0.01)
    })
  })
})

describe('a font is refused', () => {
  test.each<[string, Uint8Array]>([
    ['without bytes', new Uint8Array(0)],
    ['that is text', Buffer.from('ไม่ใช่แบบอักษร')],
    ['that is cut short', readFileSync('/usr/share/fonts/truetype/tlwg/Laksaman.ttf').subarray(0, 5000)],
  ])('%s', async (_, bytes) => {
    expect(await openTypeface(bytes)).toEqual({ ok: false, refusal: { code: 'font-unusable' } })
  })
})
