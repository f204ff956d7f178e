import { beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import type { SignatureBlock } from '../../src/pdf/signature/signatureBlock.ts'
import { prepareSignature } from '../../src/pdf/signature/signatureRevision.ts'
import { type Mark, stamp } from '../../src/pdf/stamp.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { marksOfAllKinds } from '../support/marks/sampleMarks.ts'
import { inheritingFile } from '../support/pdf/rawFile.ts'
import { judge } from '../support/pdf/tools.ts'

const blank = inheritingFile()
const textMark: Mark = {
  name: 'note:1',
  page: 1,
  place: { x: 100, y: 300, width: 200, height: 60 },
  lines: ['ทราบ'],
  fontSize: 14,
}
const endorsement: Mark = {
  kind: 'endorsement',
  name: 'endorsement:1',
  page: 1,
  place: { x: 100, y: 300, width: 200, height: 160 },
  text: 'ทราบ',
  signerName: 'นายสมชาย ใจดี',
  signerPosition: 'เลขาธิการ',
  writtenAt: new Date('2026-09-16T08:42:00Z'),
}
const receiveStamp: Mark = {
  kind: 'receiveStamp',
  name: 'stamp:1',
  page: 1,
  place: { x: 400, y: 700 },
  agency: 'กรมควบคุมโรค',
  number: '12',
  receivedAt: new Date('2026-09-16T08:42:00Z'),
}
const ink: Mark = { kind: 'ink', name: 'ink:1', page: 1, width: 2, strokes: [[{ x: 1, y: 1 }]] }
const highlight: Mark = {
  kind: 'highlight',
  name: 'highlight:1',
  page: 1,
  places: [{ x: 1, y: 1, width: 9, height: 9 }],
}

const codeOf = async (mark: Mark): Promise<string> => {
  const outcome = await stamp(blank, [mark])
  return outcome.ok ? 'accepted' : outcome.refusal.code
}

const place = { x: 10, y: 10, width: 100, height: 50 }

describe('a mark is refused', () => {
  test.each<[string, Mark, string]>([
    ['text without lines', { ...textMark, lines: [] }, 'mark-malformed'],
    ['text that is blank', { ...textMark, lines: [' ', '\u200b\u00a0\n'] }, 'mark-malformed'],
    ['text of no size', { ...textMark, fontSize: 0 }, 'mark-malformed'],
    ['text whose size is no number', { ...textMark, fontSize: Number.NaN }, 'mark-malformed'],
    ['text at no place', { ...textMark, place: { x: Number.NaN, y: 10 } }, 'mark-malformed'],
    [
      'text at an endless place',
      { ...textMark, place: { ...place, width: Number.POSITIVE_INFINITY } },
      'mark-malformed',
    ],
    ['text of 10,001 characters', { ...textMark, lines: ['ก'.repeat(10_001)] }, 'mark-overflows'],
    ['10,000 characters in a small place', { ...textMark, lines: ['ทราบ '.repeat(2000)] }, 'mark-overflows'],
    ['10,000 line feeds', { ...textMark, lines: [`ก${'\n'.repeat(9998)}`] }, 'mark-overflows'],
    ['an emoji', { ...textMark, lines: ['ทราบ 👍'] }, 'glyph-missing'],
    ['Hebrew', { ...textMark, lines: ['שלום'] }, 'glyph-missing'],
    ['Arabic', { ...endorsement, text: 'مرحبا' }, 'glyph-missing'],
    ['a control character', { ...textMark, lines: ['ทราบ\u0007'] }, 'glyph-missing'],
    ['half a surrogate pair', { ...textMark, lines: ['ทราบ\ud83d'] }, 'glyph-missing'],
    ['an endorsement without text', { ...endorsement, text: ' \n' }, 'mark-malformed'],
    ['an endorsement without a name', { ...endorsement, signerName: '' }, 'mark-malformed'],
    ['an endorsement at no time', { ...endorsement, writtenAt: new Date(Number.NaN) }, 'mark-malformed'],
    [
      'an endorsement of 10,000 characters',
      { ...endorsement, text: 'เห็นชอบ '.repeat(1250) },
      'mark-overflows',
    ],
    [
      'an endorsement in no room',
      { ...endorsement, place: { ...place, width: -5, height: -5 } },
      'mark-overflows',
    ],
    ['a receive stamp without a number', { ...receiveStamp, number: '' }, 'mark-malformed'],
    ['a receive stamp without an agency', { ...receiveStamp, agency: ' ' }, 'mark-malformed'],
    ['a receive stamp at no time', { ...receiveStamp, receivedAt: new Date(Number.NaN) }, 'mark-malformed'],
    [
      'a receive stamp too small to read',
      { ...receiveStamp, place: { ...place, width: 60 } },
      'mark-overflows',
    ],
    [
      'a receive stamp with a novel for its agency',
      { ...receiveStamp, agency: 'กรม'.repeat(200) },
      'mark-overflows',
    ],
    [
      'a receive stamp with a number as long as its line',
      { ...receiveStamp, number: '1'.repeat(60) },
      'mark-overflows',
    ],
    ['ink without strokes', { ...ink, strokes: [] }, 'mark-malformed'],
    ['ink without points', { ...ink, strokes: [[], []] }, 'mark-malformed'],
    ['ink without width', { ...ink, width: 0 }, 'mark-malformed'],
    ['ink as wide as the page', { ...ink, width: 600 }, 'mark-malformed'],
    ['ink at no place', { ...ink, strokes: [[{ x: Number.NaN, y: 0 }]] }, 'mark-malformed'],
    [
      'ink under no pressure that is a number',
      { ...ink, strokes: [[{ x: 1, y: 0, pressure: Number.NaN }]] },
      'mark-malformed',
    ],
    [
      'more ink than a hand writes',
      { ...ink, strokes: [Array(50_001).fill({ x: 1, y: 1 })] },
      'mark-malformed',
    ],
    ['a highlight of nothing', { ...highlight, places: [] }, 'mark-malformed'],
    ['a highlight without height', { ...highlight, places: [{ ...place, height: 0 }] }, 'mark-malformed'],
    ['a highlight off the page', { ...highlight, places: [{ ...place, x: 5000 }] }, 'mark-malformed'],
    ['a highlight at no place', { ...highlight, places: [{ ...place, y: Number.NaN }] }, 'mark-malformed'],
    ['page 0', { ...textMark, page: 0 }, 'page-missing'],
    ['page -1', { ...textMark, page: -1 }, 'page-missing'],
    ['page 1.5', { ...ink, page: 1.5 }, 'page-missing'],
    ['a page that is no number', { ...highlight, page: Number.NaN }, 'page-missing'],
  ])('%s', async (_, mark, code) => {
    const before = performance.now()
    expect(await codeOf(mark)).toBe(code)
    expect(performance.now() - before).toBeLessThan(5000)
  })

  test('with the character that nobody can see named by its code', async () => {
    expect(await stamp(blank, [{ ...textMark, lines: ['ทราบ\u0007'] }])).toMatchObject({
      refusal: { code: 'glyph-missing', detail: { character: 'U+0007' } },
    })
  })

  test('together with all that come with it', async () => {
    expect(await stamp(blank, [ink, { ...ink, strokes: [] }])).toMatchObject({ ok: false })
  })
})

describe('what is far off or huge is brought onto the page', () => {
  let stamped: Outcome<Uint8Array>

  beforeAll(async () => {
    const far = { x: -1e300, y: 1e300 }
    stamped = await stamp(blank, [
      { ...textMark, place: { ...far, width: 1e300, height: 1e300 } },
      { ...textMark, name: 'note:2', place: far },
      { ...receiveStamp, place: far },
      { ...endorsement, place: { ...far, width: 1e9, height: 1e9 } },
      { ...ink, strokes: [[far, { x: 1e300, y: -1e300 }]] },
      { ...highlight, places: [{ x: -1e300, y: -1e300, width: 2e300, height: 2e300 }] },
      { ...textMark, name: 'note:3', fontSize: 1000 },
    ])
  })

  test('and the file stays sound', async () => {
    if (!stamped.ok) throw new Error(stamped.refusal.code)
    expect(await judge(stamped.value, 'qpdf', '--check', 'IN')).toMatchObject({ status: 0 })
    const text = Buffer.from(stamped.value).toString('latin1')
    expect(text.slice(blank.length)).not.toMatch(/NaN|Infinity|\de\+/)
    for (const [, numbers = ''] of text.matchAll(/\/Rect \[([^\]]*)\]/g)) {
      const [left = 0, bottom = 0, right = 0, top = 0] = numbers.split(' ').map(Number)
      expect(Math.min(left, bottom)).toBeGreaterThan(-3)
      expect(right).toBeLessThan(598)
      expect(top).toBeLessThan(845)
    }
  })
})

describe('the block of a signature', () => {
  const signedWith = (block: SignatureBlock) =>
    prepareSignature(blank, {
      fieldName: 'Signature',
      signerName: 'นายสมชาย ใจดี',
      reason: 'อนุมัติ',
      signedAt: new Date('2026-09-16T08:42:00Z'),
      marks: [],
      block,
    })
  const block = { page: 1, place, lines: ['นายสมชาย ใจดี'] }

  test.each<[string, SignatureBlock, string]>([
    ['at no place', { ...block, place: { ...place, x: Number.NaN } }, 'mark-malformed'],
    [
      'of endless width',
      { ...block, place: { ...place, width: Number.POSITIVE_INFINITY } },
      'mark-malformed',
    ],
    ['with a novel for its code', { ...block, qr: 'ก'.repeat(1000) }, 'mark-malformed'],
    ['with an emoji', { ...block, lines: ['👍'] }, 'glyph-missing'],
    ['on page 0', { ...block, page: 0 }, 'page-missing'],
  ])('%s is refused', async (_, asked, code) => {
    expect(await signedWith(asked)).toMatchObject({ ok: false, refusal: { code } })
  })

  test('far off or turned inside out is brought onto the page', async () => {
    for (const wrong of [
      { x: -1e300, y: 1e300, width: 1e300, height: 1e300 },
      { x: 100, y: 100, width: -50, height: -50 },
    ]) {
      const prepared = await signedWith({ ...block, place: wrong, qr: 'สปสช' })
      if (!prepared.ok) throw new Error(prepared.refusal.code)
      const [, numbers = ''] =
        /\/Rect \[([^\]]*)\]/.exec(Buffer.from(prepared.value.appended).toString('latin1')) ?? []
      const [left = -1, bottom = -1, right = 0, top = 0] = numbers.split(' ').map(Number)
      expect(Math.min(left, bottom, right - left, top - bottom)).toBeGreaterThanOrEqual(0)
      expect(right).toBeLessThanOrEqual(595)
      expect(top).toBeLessThanOrEqual(842)
    }
  })
})

test('invisible characters that turn text around are kept out of /Contents', async () => {
  const outcome = await stamp(blank, [{ ...textMark, lines: ['อนุมัติ\u202eไม่\u202c เงิน'] }])
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  const found = await inspect(outcome.value)
  expect(found.ok && found.value.marks[0]?.text).toBe('อนุมัติไม่ เงิน')
})

test('a thousand marks on one page take seconds, not minutes', async () => {
  const many = Array.from(
    { length: 3000 },
    (_, index): Mark => ({
      ...highlight,
      name: `highlight:${index}`,
      places: [{ x: index % 500, y: index / 10, width: 5, height: 5 }],
    }),
  )
  const before = performance.now()
  const outcome = await stamp(blank, [...many, ...marksOfAllKinds()])
  expect(outcome.ok).toBe(true)
  expect(performance.now() - before).toBeLessThan(8000)
})
