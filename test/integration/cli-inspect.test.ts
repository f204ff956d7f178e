import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FileReport } from '../../src/cli/inspectWords.ts'
import { stamp } from '../../src/pdf/stamp.ts'
import { sarabanHere } from '../support/cli/saraban.ts'
import { encrypted, linearized } from '../support/pdf/forms.ts'
import { boxed, needingAppearances, waitingField, withJunkAfter, xfaForm } from '../support/pdf/oddForms.ts'
import { rawFile, streamOf } from '../support/pdf/rawFile.ts'
import { makeLetter } from '../support/pki/letters.ts'
import { createSigners, type Signers } from '../support/pki/signers.ts'

let folder: string
let files = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inspect-test-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const inspectBytes = async (bytes: Uint8Array, ...flags: string[]) => {
  const file = join(folder, `${++files}.pdf`)
  writeFileSync(file, bytes)
  return await sarabanHere(['inspect', file, ...flags])
}

const reportOn = async (bytes: Uint8Array): Promise<FileReport> =>
  (await inspectBytes(bytes, '--json')).json() as unknown as FileReport

test('pages with sizes and turns, the form of the cross-references, version and writer', async () => {
  const report = await reportOn(boxed('0 0 842 595', '/Rotate 90'))
  expect(report).toMatchObject({
    version: '1.6',
    xref: 'table',
    pages: [{ width: 595, height: 842, rotate: 90 }],
    sign: { possible: true },
    annotate: { possible: true },
  })
  expect(await reportOn(await makeLetter('stream', 3))).toMatchObject({
    xref: 'stream',
    pages: { length: 3 },
  })
})

test('each revision with its bytes and what it added, and each signature with what it covers', async () => {
  const signers: Signers = createSigners([
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'ec-p256' },
  ])
  try {
    const letter = await makeLetter()
    const marks = [
      { name: 'number', page: 1, place: { x: 72, y: 700 }, lines: ['ที่ สปสช ๔.๓/๑๒๓'], fontSize: 16 },
    ]
    const numbered = await stamp(letter, marks)
    const signed = numbered.ok ? await signers.sign(numbered.value, 0, { certifies: 3 }) : numbered
    if (!numbered.ok || !signed.ok) throw new Error('not signed')
    const received = await stamp(signed.value, [{ ...marks[0]!, name: 'stamp:1', lines: ['รับแล้ว'] }])
    if (!received.ok) throw new Error(received.refusal.code)

    const { revisions, signatures, permits, sign } = await reportOn(received.value)
    // The letter's last line had no end of its own.
    const ends = [letter.length + 1, numbered.value.length, signed.value.length, received.value.length]
    expect(revisions.map(({ to }) => to)).toEqual(ends)
    expect(revisions.map(({ from }) => from)).toEqual([0, ...ends.slice(0, 3)])
    expect(revisions.map((revision) => [...revision.marks, ...revision.signatures])).toEqual([
      [],
      ['number'],
      ['Signature'],
      ['stamp:1'],
    ])
    expect(revisions.at(-1)?.objects).toMatchObject({ changed: expect.any(Number), removed: 0 })
    expect(revisions.map(({ verdict }) => verdict)).toEqual(['none', 'permitted', 'permitted', 'permitted'])
    expect(revisions.map(({ changes }) => changes.map(({ kind }) => kind))).toMatchObject([
      [],
      expect.arrayContaining(['annotation']),
      expect.arrayContaining(['signature']),
      expect.arrayContaining(['annotation']),
    ])
    expect(signatures).toMatchObject([
      {
        field: 'Signature',
        signer: 'นายสมชาย ใจดี',
        subFilter: 'ETSI.CAdES.detached',
        coverage: 'whole-revision',
        certifies: 3,
        locks: null,
      },
    ])
    expect(permits).toBe(3)
    expect(sign).toEqual({ possible: true })
  } finally {
    signers.close()
  }
})

test('a linearized file is one revision, junk behind the file makes no other', async () => {
  const letter = await makeLetter()
  const report = await reportOn(await linearized(letter))
  expect(report).toMatchObject({ linearized: true, revisions: { length: 1 } })
  expect(await reportOn(withJunkAfter(letter))).toMatchObject({ revisions: { length: 1 } })
})

test('the fields that wait for a signature', async () => {
  const { emptySignatureFields } = await reportOn(waitingField())
  expect(emptySignatureFields).toEqual([{ field: 'Approval', page: 1 }])
})

test.each([
  ['an XFA form', xfaForm, 'file-form-unsettled'],
  ['a form that readers draw anew', () => needingAppearances(false), 'file-form-unsettled'],
])('why %s cannot be signed', async (_, make, code) => {
  expect((await reportOn(make())).sign).toMatchObject({ possible: false, code, message: expect.any(String) })
})

test('fonts whose text cannot be searched: codes for private use, and no map at all', async () => {
  const map = (target: string): string =>
    streamOf(
      `1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n1 beginbfchar\n<0155> <${target}>\nendbfchar`,
    )
  const composite = (name: string, more = ''): string =>
    `<</Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [<</Type /Font>>] ${more}>>`
  const { fonts } = await reportOn(
    rawFile({
      1: '<</Type /Catalog /Pages 2 0 R>>',
      2: '<</Type /Pages /Kids [3 0 R] /Count 1 /Resources <</Font <</A 4 0 R /B 5 0 R /C 6 0 R>>>>>>',
      3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>',
      4: composite('AAAAAA+Loma', '/ToUnicode 7 0 R'),
      5: composite('Angsana'),
      6: composite('Sarabun', '/ToUnicode 8 0 R'),
      7: map('F70E'),
      8: map('0E48'),
    }),
  )
  expect(fonts).toEqual([
    { name: 'Loma', embedded: false, text: 'private' },
    { name: 'Angsana', embedded: false, text: 'none' },
    { name: 'Sarabun', embedded: false, text: 'letters' },
  ])
})

test('what cannot be read is refused with the way out', async () => {
  const refused = await inspectBytes(await encrypted(await makeLetter()), '--json')
  expect(refused.status).toBe(1)
  expect(refused.json()).toMatchObject({
    code: 'file-encrypted',
    next: expect.stringContaining('saraban repair'),
  })
})

test('people read in Thai and English what each revision did', async () => {
  const mark = { name: 'number', page: 1, place: { x: 72, y: 700 }, lines: ['ที่ สปสช ๔.๓'], fontSize: 16 }
  const numbered = await stamp(await makeLetter(), [mark])
  if (!numbered.ok) throw new Error(numbered.refusal.code)
  const { stdout } = await inspectBytes(numbered.value)
  expect(stdout).toMatch(/revision 2: .*: number\n {6}\+ ประทับหรือเขียนเพิ่มบนหน้า · A mark was put on a page/)
})

test('people read it on one screen', async () => {
  const { stdout } = await inspectBytes(waitingField())
  expect(stdout).toContain('ช่องลงนามว่าง · empty signature field: Approval')
  expect(stdout.split('\n').length).toBeLessThan(12)
})
