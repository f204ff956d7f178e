import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { addMarks, finishFont, startFont } from '../../src/pdf/marks/revisionMarks.ts'
import { stamp } from '../../src/pdf/stamp.ts'
import { Revision, withAppended } from '../../src/pdf/structure/append.ts'
import { openFile } from '../../src/pdf/structure/document.ts'
import { readPages } from '../../src/pdf/structure/pages.ts'
import { loadTypefaces } from '../../src/pdf/text/typeface.ts'
import { extendPdf } from '../../src/signing/extend.ts'
import { rawFile, streamOf } from '../support/pdf/rawFile.ts'
import { approvalForm } from '../support/pki/fieldForms.ts'
import { makeLetter } from '../support/pki/letters.ts'
import { createPairOfSigners, type PairOfSigners } from '../support/pki/pairOfSigners.ts'
import { startTimestampService } from '../support/pki/timestampService.ts'

let pair: PairOfSigners
let letter: Uint8Array

beforeAll(async () => {
  pair = createPairOfSigners()
  letter = await makeLetter('stream')
}, 60_000)

afterAll(() => pair.close())

const [author, other] = [0, 1] as const
const block = (y: number) => ({
  page: 1,
  place: { x: 300, y, width: 200, height: 80 },
  lines: ['(นายสมชาย ใจดี)', 'ผู้อำนวยการสำนัก'],
})
const mark = {
  name: 'stamp:1',
  page: 1,
  place: { x: 380, y: 760, width: 160, height: 50 },
  lines: ['รับที่ ๑๒๓/๒๕๖๙'],
  fontSize: 14,
}

const forbidden = { ok: false, refusal: { code: 'file-changes-forbidden' } }

/** Puts a mark on a file as a program would that does not ask what is allowed. */
async function marked(bytes: Uint8Array): Promise<Uint8Array> {
  const { regular } = await loadTypefaces()
  const file = openFile(bytes)
  if (!file.ok) throw new Error(file.refusal.code)
  const revision = new Revision(file.value)
  const font = startFont(revision, regular)
  addMarks(revision, readPages(file.value), [mark], font)
  finishFont(revision, font)
  return withAppended(bytes, revision.write().appended)
}

describe('an author’s certification', () => {
  test.each([1, 2, 3] as const)(
    'that permits %i is valid and stands in signature and catalog',
    async (permits) => {
      const bytes = await pair.signed(letter, author, { block: block(100), certifies: permits })
      expect(pair.byPdfsig(bytes)).toMatchObject({ signatures: 1, valid: 1 })
      expect(pair.byMutool(bytes)).toMatchObject({ signatures: 1, valid: 1 })
      expect((await pair.verify(bytes)).verdict).toBe('valid')
      const text = Buffer.from(bytes).toString('latin1')
      const [, signature] = /\/Perms <<\/DocMDP (\d+) 0 R>>/.exec(text) ?? []
      expect(text).toContain(`\n${signature} 0 obj\n<</Type /Sig `)
      const parameters = `/TransformParams <</Type /TransformParams /P ${permits} /V /1.2>>`
      expect(text).toContain(`/Reference [<</Type /SigRef /TransformMethod /DocMDP ${parameters}>>]`)
    },
  )

  test('of nothing leaves no room for signatures and marks', async () => {
    const bytes = await pair.signed(letter, author, { certifies: 1 })
    expect(await pair.sign(bytes, other)).toEqual(forbidden)
    expect(await stamp(bytes, [mark])).toEqual(forbidden)
    const inspection = await inspect(bytes)
    expect(inspection.ok && inspection.value.certifiedAgainstChanges).toBe(true)
    expect((await pair.verify(await marked(bytes))).verdict).toBe('invalid')
  })

  test('of nothing leaves room for what proves the time, as the standard wants it', async () => {
    const bytes = await pair.signed(letter, author, { certifies: 1 })
    const service = await startTimestampService(pair.pki)
    const trust = [readFileSync(pair.pki.root.certificatePem)]
    const raised = await extendPdf(bytes, {
      level: 'B-T',
      trust,
      timestampServices: [service],
      services: {},
    }).finally(() => service.close())
    if (!raised.ok) throw new Error(JSON.stringify(raised.refusal))
    expect(await pair.verify(raised.value)).toMatchObject({
      verdict: 'valid',
      signatures: [{ level: 'B-T', laterChanges: 'permitted' }, { level: 'timestamp' }],
    })
  })

  test('of filling in and signing lets others sign, but put no marks', async () => {
    const bytes = await pair.signed(letter, author, { block: block(100), certifies: 2 })
    expect(await stamp(bytes, [mark])).toEqual(forbidden)
    expect(await pair.sign(bytes, other, { marks: [mark] })).toEqual(forbidden)
    const twice = await pair.signed(bytes, other, { block: block(200) })
    expect((await pair.verify(twice)).verdict).toBe('valid')
    expect(pair.byPdfsig(twice)).toMatchObject({ signatures: 2, valid: 2 })
    expect(pair.byMutool(twice)).toMatchObject({ signatures: 2, valid: 2 })
    expect((await pair.verify(await marked(bytes))).verdict).toBe('invalid')
  })

  test('of annotating lets others put marks and sign', async () => {
    const bytes = await pair.signed(letter, author, { block: block(100), certifies: 3 })
    const stamped = await stamp(bytes, [mark])
    if (!stamped.ok) throw new Error(stamped.refusal.code)
    const twice = await pair.signed(stamped.value, other, { block: block(200) })
    expect((await pair.verify(twice)).verdict).toBe('valid')
    expect(pair.byPdfsig(twice)).toMatchObject({ signatures: 2, valid: 2 })
  })

  test('has to be the first signature', async () => {
    const signed = await pair.signed(letter, author)
    expect(await pair.sign(signed, other, { certifies: 2 })).toEqual({
      ok: false,
      refusal: { code: 'file-signed-already' },
    })
    const certified = await pair.signed(letter, author, { certifies: 3 })
    expect(await pair.sign(certified, other, { certifies: 2 })).toMatchObject({ ok: false })
  })

  test('may be put into a field that exists', async () => {
    const bytes = await pair.signed(approvalForm(), author, {
      existingField: { name: 'approval' },
      certifies: 2,
    })
    expect(pair.byPdfsig(bytes)).toMatchObject({ signatures: 1, valid: 1 })
    expect(await pair.verify(bytes)).toMatchObject({ verdict: 'valid', signatures: [{ field: 'approval' }] })
  })

  test('leaves the rights that a file grants to readers as they are', async () => {
    const rights = '<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Contents <00>>>'
    const granted = rawFile({
      1: '<</Type /Catalog /Pages 2 0 R /Perms 5 0 R>>',
      2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
      3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>> /Contents 4 0 R>>',
      4: streamOf('0 0 m 10 10 l S'),
      5: '<</UR3 6 0 R>>',
      6: rights,
    })
    const bytes = await pair.signed(granted, author, { certifies: 2 })
    expect((await pair.verify(bytes)).verdict).toBe('valid')
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/\/Perms <<\/UR3 6 0 R \/DocMDP \d+ 0 R>>/)
  })
})
