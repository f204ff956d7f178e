import { describe, expect, test } from 'vitest'
import { composeMemo } from '../../src/pdf/memo/memo.ts'
import { openWithPdfJs } from '../../src/pdf/places/pdfjs.ts'
import { memoFile, sampleMemo } from '../support/pdf/forms.ts'

async function pagesOf(bytes: Uint8Array): Promise<{ text: string; top: number }[]> {
  const opening = await openWithPdfJs(bytes)
  const document = await opening.promise
  const pages = []
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent()
    const lines = items.flatMap((item) => ('str' in item ? [item] : []))
    pages.push({
      text: lines.map((item) => item.str).join(''),
      top: Math.max(...lines.map((item) => item.transform[5])),
    })
  }
  await opening.destroy()
  return pages
}

const packed = (text: string): string => text.replaceAll(/\s/g, '')

describe('a memo', () => {
  test('reads in pdf.js as it was written', async () => {
    const [page] = await pagesOf(await memoFile())
    const text = packed(page?.text ?? '')
    for (const part of [sampleMemo.subject, ...sampleMemo.paragraphs, `(${sampleMemo.signerName})`])
      expect(text).toContain(packed(part))
    expect(text).toContain('บันทึกข้อความ')
    expect(text).toContain('โทร.๐๒๑๔๑๔๐๐๐ต่อ๔๓๑๒')
  })

  test('leaves number and date empty', async () => {
    const [page] = await pagesOf(await memoFile())
    expect(packed(page?.text ?? '')).toContain('ที่สปสชวันที่เรื่อง')
  })

  test('numbers its later pages and leads over to them', async () => {
    const pages = await pagesOf(await memoFile({ paragraphs: Array(12).fill(sampleMemo.paragraphs[1]) }))
    expect(pages.length).toBeGreaterThan(1)
    expect(packed(pages[0]?.text ?? '')).toMatch(/\/[^/]{2,}\.\.\.$/)
    expect(packed(pages[1]?.text ?? '')).toContain('-๒-')
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'never leaves the name alone on a page (%d paragraphs)',
    async (count) => {
      const pages = await pagesOf(await memoFile({ paragraphs: Array(count).fill(sampleMemo.paragraphs[0]) }))
      const last = packed(pages.at(-1)?.text ?? '')
      expect(last).toContain(packed(`เป็นต้นไป นั้น(${sampleMemo.signerName})`))
    },
  )

  test('is refused when the font has no such character', async () => {
    expect(await composeMemo({ ...sampleMemo, subject: 'ขอความเห็น 漢' })).toEqual({
      ok: false,
      refusal: { code: 'glyph-missing', detail: { character: '漢' } },
    })
  })
})
