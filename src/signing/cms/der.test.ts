import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  DerError,
  dottedIdentifier,
  encode,
  objectIdentifier,
  octetString,
  readInside,
  readOrUndefined,
  readTime,
  readValue,
  setOf,
  tag,
  unsignedInteger,
} from './der.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('writing', () => {
  test('lengths are as short as can be', () => {
    expect(hex(octetString(new Uint8Array(127)).subarray(0, 2))).toBe('047f')
    expect(hex(octetString(new Uint8Array(128)).subarray(0, 3))).toBe('048180')
    expect(hex(octetString(new Uint8Array(256)).subarray(0, 4))).toBe('04820100')
  })

  test('integers stay positive and have no needless zeroes', () => {
    expect(hex(unsignedInteger(Uint8Array.of(0, 0, 0x7f)))).toBe('02017f')
    expect(hex(unsignedInteger(Uint8Array.of(0x80)))).toBe('02020080')
    expect(hex(unsignedInteger(Uint8Array.of(0, 0)))).toBe('020100')
  })

  test('a SET is in order', () => {
    expect(hex(setOf(octetString(Uint8Array.of(9)), octetString(Uint8Array.of(1))))).toBe('3106040101040109')
  })

  test.each(['1.2.840.113549.1.9.16.2.47', '2.5.29.15', '2.16.840.1.101.3.4.2.1'])(
    'identifier %s',
    (dotted) => {
      expect(dottedIdentifier(readValue(objectIdentifier(dotted)).content)).toBe(dotted)
    },
  )
})

describe('reading', () => {
  test('gives back what was written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000 }), (bytes) => {
        const [inner] = readInside(readValue(encode(tag.sequence, octetString(bytes))))
        expect(Buffer.compare(inner!.content, bytes)).toBe(0)
      }),
      { numRuns: 50 },
    )
  })

  test('never leaves the bytes it was given and fails only as DerError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const value = readOrUndefined(() => readValue(bytes))
        expect(value === undefined || value.whole.length <= bytes.length).toBe(true)
      }),
    )
  })

  test.each([
    ['an indefinite length without an end', [0x30, 0x80, 0x04, 0x00]],
    ['an indefinite length of what has no members', [0x04, 0x80, 0, 0]],
    [
      'indefinite lengths without end inside each other',
      Array.from({ length: 100 }, () => [0x30, 0x80]).flat(),
    ],
    ['a length beyond the end', [0x04, 0x05, 1]],
    ['a length of eight bytes', [0x04, 0x88, 0, 0, 0, 0, 0, 0, 0, 1, 1]],
    ['nothing', []],
  ])('refuses %s', (_, bytes) => {
    expect(() => readValue(Uint8Array.from(bytes))).toThrow(DerError)
  })

  test('a value of indefinite length with its members', () => {
    const value = readValue(Uint8Array.from([0x30, 0x80, 0x30, 0x80, 4, 1, 7, 0, 0, 4, 1, 8, 0, 0, 99]))
    expect(value.whole.length).toBe(14)
    expect(readInside(value).map(({ content }) => [...content])).toEqual([[4, 1, 7], [8]])
  })

  test('times of either kind', () => {
    expect(readTime(readValue(encode(tag.utcTime, Buffer.from('261123060000Z'))))).toEqual(
      new Date('2026-11-23T06:00:00Z'),
    )
    expect(readTime(readValue(encode(tag.generalizedTime, Buffer.from('20551123060000Z'))))).toEqual(
      new Date('2055-11-23T06:00:00Z'),
    )
  })
})
