import { beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { composeMemo } from '../../src/pdf/memo/memo.ts'
import { coveredBytes } from '../../src/pdf/signature/signatureDictionary.ts'
import {
  embedSignature,
  type PreparedSignature,
  prepareSignature,
  type SignatureRequest,
} from '../../src/pdf/signature/signatureRevision.ts'
import { stamp, type TextMark } from '../../src/pdf/stamp.ts'
import { withAppended } from '../../src/pdf/structure/append.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { certifiedFile, formFile } from '../support/pdf/rawFile.ts'

const mark: TextMark = {
  name: 'number',
  page: 1,
  place: { x: 100, y: 700 },
  lines: ['๕.๓๐/๑๒๔๗'],
  fontSize: 14,
}
const request: SignatureRequest = {
  fieldName: 'Signature',
  signerName: 'นายธีรวัฒน์ ศรีสุขสันต์',
  reason: 'อนุมัติ',
  signedAt: new Date('2026-09-16T20:30:00Z'),
  marks: [],
}

function accepted<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`)
  return outcome.value
}

const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'accepted' : outcome.refusal.code)

let memo: Uint8Array
let prepared: PreparedSignature
let whole: Uint8Array

beforeAll(async () => {
  memo = accepted(
    await composeMemo({
      agency: 'สำนักงานหลักประกันสุขภาพแห่งชาติ',
      department: 'สำนักกฎหมาย',
      departmentPhone: '0 2141 4000',
      numberPrefix: 'สปสช ',
      subject: 'ขอความเห็น',
      salutationTo: 'เลขาธิการ',
      paragraphs: ['เพื่อโปรดพิจารณา'],
      signerName: 'นายสมชาย ใจดี',
      signerPosition: 'นิติกร',
    }),
  )
  prepared = accepted(await prepareSignature(memo, { ...request, contentsBytes: 1000 }))
  whole = withAppended(memo, prepared.appended)
})

describe('the bytes that a signature covers', () => {
  const covered = (bytes: Uint8Array, range: PreparedSignature['byteRange']): Buffer =>
    Buffer.concat([...coveredBytes(bytes, range)])

  test('are the whole file but for /Contents with its brackets', () => {
    const { byteRange } = prepared
    expect(covered(whole, byteRange).length + 2002).toBe(whole.length)
    expect(byteRange[2] + byteRange[3]).toBe(whole.length)
    const hole = Buffer.from(whole.subarray(byteRange[1], byteRange[2])).toString('latin1')
    expect(hole).toBe(`<${'0'.repeat(2000)}>`)
  })

  test('are views of the file, not copies, as often as they are asked for', () => {
    const parts = coveredBytes(whole, prepared.byteRange)
    for (const part of [...parts, ...parts]) expect(part.buffer).toBe(whole.buffer)
  })

  test('do not change when the CMS is put in', async () => {
    const cms = Buffer.concat([Buffer.from('3082010a', 'hex'), Buffer.alloc(266, 7)])
    const signed = withAppended(memo, accepted(embedSignature(prepared, cms)))
    expect(covered(signed, prepared.byteRange)).toEqual(covered(whole, prepared.byteRange))
    const [found] = accepted(await inspect(signed)).signatures
    expect(found?.contents).toHaveLength(270)
  })

  test('a CMS that is larger than its room is refused', () => {
    expect(codeOf(embedSignature(prepared, new Uint8Array(1001)))).toBe('signature-too-large')
  })
})

test('the dictionary states who, why and when, on the clock of Bangkok', async () => {
  expect(Buffer.from(whole).toString('latin1')).toContain("/M (D:20260917033000+07'00')")
  const [found] = accepted(await inspect(whole)).signatures
  expect(found).toMatchObject({
    signerName: request.signerName,
    reason: 'อนุมัติ',
    signedAt: '2026-09-16T20:30:00.000Z',
    subFilter: 'ETSI.CAdES.detached',
    page: 0,
  })
})

test('the fields that a form has are kept, and a name that is taken gets a number', async () => {
  const signed = accepted(await prepareSignature(formFile(), { ...request, fieldName: 'applicant' }))
  expect(signed.fieldName).toBe('applicant-2')
  const text = Buffer.from(signed.appended).toString('latin1')
  expect(text).toContain('/Fields [8 0 R ')
  expect(text).toContain('/DA (/Helv 12 Tf 0 g)')
  expect(text).toContain('/SigFlags 3')
})

test('an array of annotations that two pages share is not changed for both', async () => {
  const stamped = accepted(await stamp(formFile(), [mark]))
  expect(accepted(await inspect(stamped)).marks).toEqual([{ name: 'number', text: '๕.๓๐/๑๒๔๗', page: 1 }])
})

describe('what an author’s certification allows', () => {
  test('nothing: neither marks nor a signature', async () => {
    expect(codeOf(await stamp(certifiedFile(1), [mark]))).toBe('file-changes-forbidden')
    expect(codeOf(await prepareSignature(certifiedFile(1), request))).toBe('file-changes-forbidden')
    expect(accepted(await inspect(certifiedFile(1))).certifiedAgainstChanges).toBe(true)
  })

  test('forms: a signature, but no marks', async () => {
    expect(codeOf(await stamp(certifiedFile(2), [mark]))).toBe('file-changes-forbidden')
    expect(codeOf(await prepareSignature(certifiedFile(2), { ...request, marks: [mark] }))).toBe(
      'file-changes-forbidden',
    )
    expect(codeOf(await prepareSignature(certifiedFile(2), request))).toBe('accepted')
  })

  test('annotations: both', async () => {
    expect(codeOf(await stamp(certifiedFile(3), [mark]))).toBe('accepted')
    expect(codeOf(await prepareSignature(certifiedFile(3), request))).toBe('accepted')
  })
})

describe('refusals', () => {
  test('a page that the file has not', async () => {
    const outcome = await stamp(memo, [{ ...mark, page: 2 }])
    expect(outcome).toEqual({ ok: false, refusal: { code: 'page-missing', detail: { page: 2, pages: 1 } } })
  })

  test('a character that the font has not', async () => {
    const outcome = await stamp(memo, [{ ...mark, lines: ['อนุมัติ ✓'] }])
    expect(outcome).toEqual({ ok: false, refusal: { code: 'glyph-missing', detail: { character: '✓' } } })
  })

  test('no marks leave the file as it is', async () => {
    expect(accepted(await stamp(memo, []))).toBe(memo)
  })
})
