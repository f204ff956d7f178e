import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DamagedFile } from './damaged.ts'
import { formatValue } from './serialize.ts'
import { SyntaxReader } from './syntax.ts'
import { nameOf, type PdfValue, readText, referenceTo, textString } from './values.ts'

const read = (text: string): PdfValue => new SyntaxReader(Buffer.from(text, 'latin1'), 0, false).value()

describe('values', () => {
  test.each<[string, PdfValue]>([
    ['12', 12],
    ['-.5', -0.5],
    ['+3.', 3],
    ['--7', -7],
    ['true', true],
    ['null', null],
    ['/Lime#20Green', nameOf('Lime Green')],
    ['/', nameOf('')],
    ['12 0 R', referenceTo(12)],
    ['[1 0 2 0 R]', [1, 0, referenceTo(2)]],
    ['[ 1 % remark\n 2 ]', [1, 2]],
    ['(a\\(b\\)(c)\\051\\n)', { kind: 'string', bytes: new Uint8Array(Buffer.from('a(b)(c))\n')) }],
    ['(one\\\ntwo)', { kind: 'string', bytes: new Uint8Array(Buffer.from('onetwo')) }],
    [
      '<</A/B/C[<4 1>]>>',
      new Map<string, PdfValue>([
        ['A', nameOf('B')],
        ['C', [{ kind: 'string', bytes: Buffer.from('A') }]],
      ]),
    ],
  ])('%s', (text, value) => {
    expect(read(text)).toEqual(value)
  })

  test.each(['', '<<', '[1', '(abc', '<4', '<</A>>', '<<1 2>>', 'obj', '<zz>', '>>', '['.repeat(5000)])(
    'no value: %.20s',
    (text) => {
      expect(() => read(text)).toThrow(DamagedFile)
    },
  )
})

test('what is written is read back the same', () => {
  const { value } = fc.letrec<{ value: PdfValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constant(null),
      fc.boolean(),
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.integer({ min: -1e6, max: 1e6 }).map((count) => count / 1000),
      fc.string().map((text) => nameOf(Buffer.from(text).toString('latin1'))),
      fc.uint8Array().map((bytes) => ({ kind: 'string' as const, bytes: Buffer.from(bytes) })),
      fc.nat(9999).map((count) => referenceTo(count)),
      fc.array(tie('value'), { maxLength: 5 }),
      fc
        .array(fc.tuple(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), tie('value')), { maxLength: 5 })
        .map((entries) => new Map(entries)),
    ),
  }))
  const plain = (item: PdfValue): unknown => {
    if (item instanceof Map) return [...item].map(([key, inner]) => [key, plain(inner)])
    if (Array.isArray(item)) return item.map(plain)
    return item !== null && typeof item === 'object' && 'bytes' in item
      ? Buffer.from(item.bytes).toString('hex')
      : item
  }
  fc.assert(
    fc.property(value, (item) => {
      expect(plain(read(formatValue(item)))).toEqual(plain(item))
    }),
  )
})

test.each([595.303937007874, 0.1, -12.000000001, 1e-7, 3e21, -0.5])(
  'a number that is copied from the file keeps all its digits: %d',
  (value) => {
    expect(formatValue(value)).not.toContain('e')
    expect(read(formatValue(value))).toBe(value)
  },
)

test('past the end of the file there is nothing to read, and no fault', () => {
  const bytes = Buffer.from('trailer')
  expect(new SyntaxReader(bytes.subarray(0, 3), 40).word()).toBe('')
  expect(new SyntaxReader(bytes, 3).word()).toBe('iler')
})

test('Thai text strings keep their marks', () => {
  const text = 'ผู้อำนวยการ นายธีรวัฒน์ ปู่กตัญญู'
  expect(readText(textString(text))).toBe(text)
  expect(readText(read(formatValue(textString(text))))).toBe(text)
})
