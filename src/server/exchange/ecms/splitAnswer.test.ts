import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerSplitter } from './splitAnswer.ts'

/** Splits an answer that comes in parts of these lengths, over and over. */
function split(answer: string, lengths: readonly number[] = [65_536]) {
  const bytes = Buffer.from(answer)
  const splitter = answerSplitter()
  const files: string[] = []
  let open = ''
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1
    for (const part of splitter.push(bytes.subarray(at, at + length))) {
      if (part.kind === 'bytes') open += Buffer.from(part.bytes).toString('latin1')
      else {
        files.push(open)
        open = ''
      }
    }
    at += length
  }
  const end = splitter.end()
  return 'fault' in end ? end.fault : { files, skeleton: end.skeleton.toString() }
}

const main = (content: string) =>
  `<ram:MainLetterBinaryObject mimeCode="a>b">${content}</ram:MainLetterBinaryObject>`

describe('splitting an answer', () => {
  it('takes the files out and leaves their places', () => {
    const answer = `<e>${main('aGVs\n bG8=')}<AttachmentBinaryObject m='1'>eA==</AttachmentBinaryObject></e>`
    expect(split(answer)).toEqual({
      files: ['hello', 'x'],
      skeleton: `<e>${main('0')}<AttachmentBinaryObject m='1'>1</AttachmentBinaryObject></e>`,
    })
  })

  it('gives the same however the bytes come in', () => {
    const whole = `<?xml version="1.0"?><!-- ${main('!')} --><e>ก<![CDATA[<ram:MainLetterBinaryObject>]]>${main('aGVs bG8h')}</e>`
    const expected = split(whole)
    expect(expected).toMatchObject({ files: ['hello!'] })
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 9 }), (lengths) => {
        expect(split(whole, lengths)).toEqual(expected)
      }),
    )
  })

  it('is not taken in by names of files in comments, CDATA and attributes', () => {
    for (const decoy of ['<!-- x -->', '<![CDATA[x]]>', '<a b="x"/>']) {
      const answer = `<e>${decoy.replace('x', '<MainLetterBinaryObject>aGk=')}</e>`
      expect(split(answer)).toEqual({ files: [], skeleton: answer })
    }
  })

  it('reads every file that base64 can hold', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 7 }), (bytes, length) => {
        const answer = `<e>${main(Buffer.from(bytes).toString('base64'))}</e>`
        expect(split(answer, [length])).toMatchObject({ files: [Buffer.from(bytes).toString('latin1')] })
      }),
    )
  })

  it.each([
    ['a DOCTYPE', '<!DOCTYPE e [<!ENTITY x "y">]><e/>', 'DOCTYPE'],
    ['an element declaration', '<e><!ELEMENT e ANY></e>', 'DOCTYPE'],
    ['an element within a file', `<e>${main('aGk=<x/>')}</e>`, 'BinaryObject'],
    ['padding in the middle', `<e>${main('aA==aA==')}</e>`, 'BinaryObject'],
    ['base64 of another alphabet', `<e>${main('a_-k')}</e>`, 'BinaryObject'],
    ['a file that breaks off', '<e><MainLetterBinaryObject>aGk=', 'xml'],
    ['a tag that breaks off', '<e><a b="', 'xml'],
    ['a tag longer than any', `<e a="${'x'.repeat(70_000)}"/>`, 'xml'],
    ['more words than any letter', `<e>${'ก'.repeat(400_000)}</e>`, 'xml'],
    ['more files than any letter', `<e>${main('aGk=').repeat(60)}</e>`, 'BinaryObject'],
  ])('refuses %s', (_, answer, fault) => {
    expect(split(answer)).toBe(fault)
    expect(split(answer, [1000, 3])).toBe(fault)
  })
})
