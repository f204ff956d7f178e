import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openWithPdfJs } from '../../src/pdf/places/pdfjs.ts'
import { prepareSignature } from '../../src/pdf/signature/signatureRevision.ts'
import { packageFile } from '../../src/pdf/structure/packages.ts'
import { fixText } from '../../src/pdf/text/fixText.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { canonicalThai } from '../../src/shared/thai/canonical.ts'
import { hardSentences } from '../support/marks/thaiPage.ts'
import { chromiumLetter, encrypted, memoFile } from '../support/pdf/forms.ts'
import { rawFile, streamOf } from '../support/pdf/rawFile.ts'
import { drawPage, inFolder, judge, tool } from '../support/pdf/tools.ts'

function accepted<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`)
  return outcome.value
}

async function readByPdfJs(bytes: Uint8Array): Promise<string> {
  const opening = await openWithPdfJs(bytes)
  const { items } = await (await (await opening.promise).getPage(1)).getTextContent()
  await opening.destroy()
  return items.map((item) => ('str' in item ? item.str : '')).join('')
}

const readByPoppler = async (bytes: Uint8Array): Promise<string> =>
  (await judge(bytes, 'pdftotext', '-raw', 'IN', '-')).output

/** Viewers put spaces where they see fit. */
const packed = (text: string): string => canonicalThai(text).replaceAll(/\s/g, '')

/** The hard sentences printed by Chromium in a font of a file. */
const printed = (fontPath: string): Promise<Uint8Array> =>
  inFolder(async (folder) => {
    const [html, pdf] = [join(folder, 'page.html'), join(folder, 'page.pdf')]
    const style = `@font-face{font-family:Set;src:url("file://${fontPath}")}p{font:15pt Set;margin:4pt}`
    const paragraphs = hardSentences.map((line) => `<p lang="th">${line}</p>`).join('')
    writeFileSync(html, `<!doctype html><meta charset="utf-8"><style>${style}</style>${paragraphs}`)
    await tool(
      'chromium',
      ...[
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--no-pdf-header-footer',
        '--allow-file-access-from-files',
      ],
      ...[
        '--virtual-time-budget=3000',
        `--user-data-dir=${join(folder, 'profile')}`,
        `--print-to-pdf=${pdf}`,
        html,
      ],
    )
    return new Uint8Array(readFileSync(pdf))
  })

describe.each<[string, () => Promise<Uint8Array>, string]>([
  ['a letter', () => chromiumLetter(), 'ขอแสดงความนับถือ(นายแพทย์ธีรวัฒน์ ศรีสุขสันต์)รองเลขาธิการ'],
  [
    'hard sentences in Sarabun',
    () => printed(packageFile('@expo-google-fonts/sarabun/400Regular/Sarabun_400Regular.ttf')),
    hardSentences.join(''),
  ],
  [
    'hard sentences in Laksaman',
    () => printed('/usr/share/fonts/truetype/tlwg/Laksaman.ttf'),
    hardSentences.join(''),
  ],
])('%s printed by Chromium', (_, make, text) => {
  let original: Uint8Array
  let fixed: Uint8Array

  beforeAll(async () => {
    original = await make()
    fixed = accepted(await fixText(original))
  })

  test('is misread by pdf.js as it is, and read rightly once it is fixed', async () => {
    expect(packed(await readByPdfJs(original))).not.toContain(packed(text))
    expect(packed(await readByPdfJs(fixed))).toContain(packed(text))
  })

  test('reads the same in poppler before and after', async () => {
    const before = await readByPoppler(original)
    expect(packed(before)).toContain(packed(text))
    expect(await readByPoppler(fixed)).toBe(before)
  })

  test('looks the same before and after', async () => {
    const [before, after] = [await drawPage(original, 1, 72), await drawPage(fixed, 1, 72)]
    expect(Buffer.compare(after.pixels, before.pixels)).toBe(0)
  })

  test('gets nothing but new /ToUnicode streams behind it', async () => {
    expect(Buffer.compare(fixed.subarray(0, original.length), original)).toBe(0)
    const [earlier, appended] = [original, fixed.subarray(original.length)].map((part) =>
      Buffer.from(part).toString('latin1'),
    )
    const objects = [...appended!.matchAll(/^(\d+) 0 obj$/gm)].map(([, number]) => number)
    const maps = [...earlier!.matchAll(/\/ToUnicode (\d+) 0 R/g)].map(([, number]) => number)
    expect(objects.length).toBeGreaterThan(0)
    expect(maps).toEqual(expect.arrayContaining(objects))
    expect(await judge(fixed, 'qpdf', '--check', 'IN')).toMatchObject({ status: 0 })
  })

  test('is not fixed twice', async () => {
    expect(accepted(await fixText(fixed))).toBe(fixed)
  })
})

test('files that read well are returned as they are', async () => {
  const memo = await memoFile()
  expect(accepted(await fixText(memo))).toBe(memo)
})

describe('refusals', () => {
  test('a signed file', async () => {
    const request = {
      fieldName: 'Signature',
      signerName: 'นายธีรวัฒน์ ศรีสุขสันต์',
      reason: 'อนุมัติ',
      signedAt: new Date('2026-09-16T08:42:00Z'),
      marks: [],
    }
    const letter = await memoFile()
    const prepared = accepted(await prepareSignature(letter, request))
    const signed = Buffer.concat([letter, prepared.appended])
    expect(await fixText(signed)).toEqual({ ok: false, refusal: { code: 'file-signed-already' } })
  })

  test('an encrypted file', async () => {
    expect(await fixText(await encrypted(await memoFile()))).toMatchObject({
      refusal: { code: 'file-encrypted' },
    })
  })
})

describe('hostile content is gone through in bounded time', () => {
  const withContent = (content: string, map = '', form = streamOf('')): Uint8Array =>
    rawFile({
      1: '<</Type /Catalog /Pages 2 0 R>>',
      2: '<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842]>>',
      3: '<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <</F1 5 0 R>> /XObject <</X 7 0 R>>>>>>',
      4: streamOf(content),
      5: '<</Type /Font /Subtype /Type0 /Encoding /Identity-H /BaseFont /A /DescendantFonts [] /ToUnicode 6 0 R>>',
      6: streamOf(map),
      7: form,
    })
  const span = '/Span <</ActualText <FEFF0E01>>> BDC /F1 9 Tf <0001> Tj EMC\n'

  test.each<[string, Uint8Array]>([
    [
      'a form that draws itself',
      withContent(
        '/X Do',
        '',
        '<</Type /XObject /Subtype /Form /Resources <</XObject <</X 7 0 R>>>> /Length 5>>\nstream\n/X Do\nendstream',
      ),
    ],
    ['a span that never ends', withContent(span.replace('EMC', '').repeat(20_000))],
    ['beginnings without ends', withContent(`${'/A BMC '.repeat(100_000)}${span.repeat(2000)}`)],
    ['ends without beginnings', withContent('EMC Q '.repeat(100_000))],
    ['a span of a million codes', withContent(span.replace('0001', '0001'.repeat(1_000_000)))],
    ['words that are no content', withContent('>> } ] ) <zz (')],
    ['an image without end', withContent('BI /W 1 ID xxxxx')],
    [
      'ranges said again and again',
      withContent(span, `beginbfrange ${'<0000> <FFFF> <0E01> '.repeat(20_000)} endbfrange`),
    ],
    ['a range that goes backwards', withContent(span, 'beginbfrange <FFFF> <0000> <0E01> endbfrange')],
    ['codes of one byte', withContent(span, 'beginbfchar <01> <0E01> endbfchar')],
    ['a map of nothing', withContent(span, 'beginbfchar <> endbfchar beginbfrange [ <0001> endbfrange')],
  ])('%s', async (_, bytes) => {
    const before = performance.now()
    expect((await fixText(bytes)).ok).toBe(true)
    expect(performance.now() - before).toBeLessThan(5000)
  })
})
