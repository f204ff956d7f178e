import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Mark } from '../../src/pdf/stamp.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { stampPdf } from '../../src/signing/stampPdf.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import { type ColorPicture, colorAt, drawInColor, magick } from '../support/marks/pictures.ts'
import { marksOfAllKinds } from '../support/marks/sampleMarks.ts'
import { memoFile } from '../support/pdf/forms.ts'
import { judgeByMutool, judgeByPdfsig } from '../support/pki/judge.ts'
import { createSigners, type Signers } from '../support/pki/signers.ts'

function accepted<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`)
  return outcome.value
}

let signers: Signers
let signed: Uint8Array

beforeAll(async () => {
  signers = createSigners([
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'rsa-2048' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'ec-p256' },
  ])
  signed = accepted(await signers.sign(await memoFile(), 0))
})

afterAll(() => signers.close())

const verify = (bytes: Uint8Array) => verifyFile(bytes, { trust: [signers.root] })
/** Over a paragraph of the memo. */
const highlight: Mark = {
  kind: 'highlight',
  name: 'highlight:1',
  page: 1,
  places: [{ x: 80, y: 590, width: 440, height: 60 }],
}

/** The sample marks where the memo is empty. */
function marksBesideText(): Mark[] {
  const places: Record<string, { x: number; y: number }> = {
    'stamp:1': { x: 440, y: 760 },
    'endorsement:1': { x: 40, y: 60 },
    'image:1': { x: 300, y: 60 },
    'image:2': { x: 440, y: 60 },
  }
  return marksOfAllKinds().flatMap((mark): Mark[] => {
    if (mark.kind === 'ink') return [mark]
    const place = places[mark.name]
    return place === undefined || !('place' in mark)
      ? []
      : [{ ...mark, place: { ...mark.place, ...place } } as Mark]
  })
}

test('marks of every kind follow a signature, which stays valid for us and for others', async () => {
  const stamped = accepted(await stampPdf(signed, [...marksBesideText(), highlight]))
  expect(Buffer.compare(stamped.subarray(0, signed.length), signed)).toBe(0)
  expect(await verify(stamped)).toMatchObject({
    verdict: 'valid',
    signatures: [
      {
        verdict: 'valid',
        laterChanges: 'permitted',
        reasons: expect.arrayContaining(['marks-after-signing']),
      },
    ],
  })
  const again = accepted(await signers.sign(stamped, 1, { marks: [{ ...highlight, name: 'highlight:2' }] }))
  expect(await verify(again)).toMatchObject({ verdict: 'valid' })
  const file = signers.save('again.pdf', again)
  expect(judgeByPdfsig(file, signers.nssDirectory)).toMatchObject({ signatures: 2, valid: 2 })
  expect(judgeByMutool(file)).toMatchObject({ signatures: 2, valid: 2 })
})

test('a scanned seal on white over signed text hides nothing', async () => {
  const seal = magick([
    ...['-size', '300x300', 'xc:white', '-fill', 'none', '-stroke', '#b02318', '-strokewidth', '10'],
    ...['-draw', 'circle 150,150 150,12', 'jpeg:-'],
  ])
  const overText = { x: 200, y: 560, width: 120, height: 120 }
  const image: Mark = { kind: 'image', name: 'image:1', page: 1, place: overText, bytes: seal }
  const stamped = accepted(await stampPdf(signed, [image]))
  expect(await verify(stamped)).toMatchObject({
    verdict: 'valid',
    signatures: [{ laterChanges: 'permitted' }],
  })
  const textColumn = (picture: ColorPicture): number[] =>
    Array.from({ length: 60 }, (_, row) => colorAt(picture, 260, 590 + row)[1] ?? 0)
  for (const program of ['poppler', 'mupdf'] as const) {
    const [before, after] = [await drawInColor(signed, program), await drawInColor(stamped, program)]
    expect(Math.min(...textColumn(before))).toBeLessThan(150)
    const wanted = textColumn(before)
    expect(textColumn(after).every((value, row) => Math.abs(value - (wanted[row] ?? 0)) < 4)).toBe(true)
  }
})
