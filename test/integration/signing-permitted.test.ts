import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWithPdfJs } from '../../src/pdf/places/pdfjs.ts'
import { stamp } from '../../src/pdf/stamp.ts'
import { dictionaryOf, nameOf, type PdfValue, referenceTo } from '../../src/pdf/structure/values.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import {
  addAnnotation,
  alter,
  appended,
  drawing,
  type Edit,
  mark,
  stream,
  syntax,
} from '../support/attacks/attacker.ts'
import { parts, target, textLook } from '../support/attacks/target.ts'
import { rawFile } from '../support/pdf/rawFile.ts'
import { inFolder, tool } from '../support/pdf/tools.ts'
import { createTestPki, type TestPki } from '../support/pki/authority.ts'
import { signWithKey } from '../support/pki/keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'permitted-'))
let pki: TestPki
let trust: Uint8Array[]
let signed: Uint8Array

beforeAll(async () => {
  pki = createTestPki(folder, [
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'ec-p256' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'ec-p256' },
  ])
  trust = [readFileSync(pki.root.certificatePem)]
  signed = await signedBy(0, target())
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Request = NonNullable<Parameters<typeof signWithKey>[3]>

async function signedBy(index: number, bytes: Uint8Array, request: Request = {}): Promise<Uint8Array> {
  const outcome = await signWithKey(pki, index, bytes, { contentsBytes: 4096, ...request })
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

async function kindsAfter(bytes: Uint8Array): Promise<string[]> {
  const { verdict, signatures } = await verifyFile(bytes, { trust })
  expect([verdict, signatures[0]?.reasons]).toEqual([
    'valid',
    expect.not.arrayContaining(['changed-after-signing']),
  ])
  return [...new Set(signatures[0]?.changes.map(({ kind }) => kind))].sort()
}

async function refusedFor(bytes: Uint8Array): Promise<readonly string[]> {
  const { signatures } = await verifyFile(bytes, { trust })
  expect(signatures[0]?.verdict).toBe('invalid')
  return signatures[0]?.reasons ?? []
}

const text = (value: string): PdfValue => ({ kind: 'string', bytes: Buffer.from(value, 'latin1') })
const altered =
  (number: number, entries: Readonly<Record<string, PdfValue | undefined>>): Edit =>
  (revision, file) =>
    alter(revision, file, number, entries)
const filled =
  (number: number, value: string, shown = value): Edit =>
  (revision, file) =>
    alter(revision, file, number, {
      V: text(value),
      AP: dictionaryOf({ N: revision.add(syntax(textLook(shown))) }),
    })
const annotated: Edit = (revision, file) =>
  addAnnotation(revision, file, mark(revision, [320, 200, 520, 230], drawing('0 0 1 RG 0 0 m 400 40 l S')))
const checked = altered(parts.checkBox, { V: nameOf('Yes'), AS: nameOf('Yes') })

describe('what may follow a signature', () => {
  test.each<[string, Edit, string[]]>([
    ['a text is filled in', filled(parts.textField, '1,000 baht'), ['form-filled']],
    [
      'a number is filled in, which the form writes with commas',
      filled(parts.textField, '1000', '1,000.00'),
      ['form-filled'],
    ],
    ['a choice is made', filled(parts.choiceField, '2', 'Omsin'), ['form-filled']],
    ['a box is ticked', checked, ['form-filled']],
    ['a mark is put on a page', annotated, ['annotation']],
    ['evidence is added', altered(parts.catalog, { DSS: dictionaryOf({ Certs: [] }) }), ['security-store']],
    [
      'the properties change',
      (revision) => revision.replace(referenceTo(parts.metadata), stream(' ')),
      ['metadata'],
    ],
    [
      'the catalog names its extensions',
      altered(parts.catalog, { Version: nameOf('1.7'), Extensions: dictionaryOf({ ESIC: new Map() }) }),
      ['structure'],
    ],
    [
      'a field waits for the next signer',
      (revision, file) =>
        addAnnotation(revision, file, {
          Subtype: nameOf('Widget'),
          FT: nameOf('Sig'),
          T: text('Next'),
          Rect: [0, 0, 0, 0],
        }),
      ['signature-field'],
    ],
  ])('%s', async (_, edit, kinds) => {
    expect(await kindsAfter(appended(signed, edit))).toEqual(kinds)
  })

  test('the field that waits is signed, and another signature is added', async () => {
    const twice = await signedBy(1, signed, { existingField: { name: 'Approval' } })
    const thrice = await signedBy(0, twice)
    expect(await kindsAfter(thrice)).toEqual(['signature'])
    expect((await verifyFile(thrice, { trust })).signatures.map(({ verdict }) => verdict)).toEqual(
      Array(3).fill('valid'),
    )
  })

  test('a stamp of ours', async () => {
    const place = { x: 330, y: 100, width: 160, height: 50 }
    const stamped = await stamp(signed, [
      { name: 'stamp:1', page: 2, place, lines: ['รับที่ ๑๒๓'], fontSize: 14 },
    ])
    if (!stamped.ok) throw new Error(stamped.refusal.code)
    const whole = Buffer.concat([signed, stamped.value.subarray(signed.length)])
    expect(await kindsAfter(new Uint8Array(whole))).toEqual(['annotation'])
  })

  test('pdf.js fills the form in', async () => {
    const opening = await openWithPdfJs(signed)
    const document = await opening.promise
    document.annotationStorage.setValue(`${parts.textField}R`, { value: 'Two thousand' })
    document.annotationStorage.setValue(`${parts.checkBox}R`, { value: true })
    const saved = await document.saveDocument()
    await opening.destroy()
    expect(Buffer.compare(saved.subarray(0, signed.length), signed)).toBe(0)
    expect(await kindsAfter(saved)).toContain('form-filled')
  })

  test('MuPDF fills the form in', async () => {
    expect(
      await kindsAfter(await byMutool("widgets[0].setTextValue('Two thousand')\nwidgets[0].update()")),
    ).toContain('form-filled')
  })

  test('MuPDF draws on a page', async () => {
    const drawn = await byMutool(
      "var note = page.createAnnotation('Square')\nnote.setRect([420, 620, 450, 650])\nnote.update()",
    )
    expect(await kindsAfter(drawn)).toContain('annotation')
  })
})

/** Runs a script of MuPDF on the signed contract and appends what it changed. */
const byMutool = (script: string): Promise<Uint8Array> =>
  inFolder(async (place) => {
    const { writeFile, readFile } = await import('node:fs/promises')
    const [from, to, change] = [join(place, 'in.pdf'), join(place, 'out.pdf'), join(place, 'change.js')]
    await writeFile(from, signed)
    const frame = `var document = new PDFDocument(scriptArgs[0])
var page = document.loadPage(0)
var widgets = page.getWidgets()
${script}
document.save(scriptArgs[1], 'incremental')`
    await writeFile(change, frame)
    const { status, output } = await tool('mutool', 'run', change, from, to)
    if (status !== 0) throw new Error(output)
    const saved = new Uint8Array(await readFile(to))
    expect(Buffer.compare(saved.subarray(0, signed.length), signed)).toBe(0)
    return saved
  })

test('a form with two thousand fields is filled in at once', async () => {
  const numbers = Array.from({ length: 2000 }, (_, at) => 1000 + at)
  const field = (number: number): string => `<</FT /Tx /T (f${number}) >>`
  const large = rawFile({
    1: '<</Type /Catalog /Pages 2 0 R /AcroForm 4 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842]>>',
    3: '<</Type /Page /Parent 2 0 R /Resources <<>>>>',
    4: `<</Fields [${numbers.map((number) => `${number} 0 R`).join(' ')}]>>`,
    ...Object.fromEntries(numbers.map((number) => [number, field(number)])),
  })
  const bytes = appended(await signedBy(0, large), (revision, file) => {
    for (const number of numbers) alter(revision, file, number, { V: text('1') })
  })
  expect(await kindsAfter(bytes)).toEqual(['form-filled'])
})

describe('what the author of a certified file allows', () => {
  const deeds: Readonly<Record<string, Edit>> = {
    'evidence is added': altered(parts.catalog, { DSS: dictionaryOf({ Certs: [] }) }),
    'a text is filled in': filled(parts.textField, '1,000'),
    'a value is filled in once more': filled(parts.filledField, 'School'),
    'a mark is put on a page': annotated,
  }
  test.each<[1 | 2 | 3, readonly string[]]>([
    [1, ['evidence is added']],
    [2, ['evidence is added', 'a text is filled in', 'a value is filled in once more']],
    [3, Object.keys(deeds)],
  ])('level %d', async (certifies, allowed) => {
    const certified = await signedBy(0, target(), { certifies })
    for (const [deed, edit] of Object.entries(deeds)) {
      const bytes = appended(certified, edit)
      if (allowed.includes(deed)) expect(await kindsAfter(bytes)).not.toContain('certification-violated')
      else expect(await refusedFor(bytes)).toContain('certification-violated')
    }
  })

  test('a value may not be filled in once more when another signed it', async () => {
    const certified = await signedBy(0, target(), { certifies: 2 })
    const twice = await signedBy(1, certified)
    const refilled = appended(twice, filled(parts.filledField, 'School'))
    expect((await verifyFile(refilled, { trust })).signatures).toMatchObject([
      { verdict: 'valid' },
      { verdict: 'invalid', reasons: expect.arrayContaining(['form-field-changed']) },
    ])
  })
})

describe('fields that a signer locks', () => {
  test.each([
    ['all of them', { action: 'All', fields: [] }, false],
    ['the one that is filled in', { action: 'Include', fields: ['amount'] }, false],
    ['another one', { action: 'Include', fields: ['agreed'] }, true],
    ['all but the one that is filled in', { action: 'Exclude', fields: ['amount'] }, true],
    ['all but another one', { action: 'Exclude', fields: ['agreed'] }, false],
  ] as const)('%s', async (_, lock, isAllowed) => {
    const locked = await signedBy(0, target(), { lock })
    const bytes = appended(locked, filled(parts.textField, '1,000'))
    if (isAllowed) expect(await kindsAfter(bytes)).toEqual(['form-filled'])
    else expect(await refusedFor(bytes)).toContain('field-locked')
  })
})

test('what is filled in may not hide what is printed below the field', async () => {
  const trap = appended(target(), altered(parts.textField, { Rect: [70, 640, 470, 680] }))
  const look =
    '<</Subtype /Form /BBox [0 0 400 40] /Resources <</Font <</F1 5 0 R>>>> /Length 59>>\nstream\n1 g 0 0 400 40 re f BT /F1 12 Tf 0 g 2 5 Td (9,999) Tj ET   \nendstream'
  const bytes = appended(await signedBy(0, trap), (revision, file) =>
    alter(revision, file, parts.textField, {
      V: text('9,999'),
      AP: dictionaryOf({ N: revision.add(syntax(look)) }),
    }),
  )
  expect(await refusedFor(bytes)).toContain('shadow-replace')
})

test('a signed file whose scripts may change what it shows is valid with a remark', async () => {
  const scripted = appended(
    target(),
    altered(parts.catalog, { OpenAction: dictionaryOf({ S: nameOf('JavaScript'), JS: text('1') }) }),
  )
  const { verdict, signatures } = await verifyFile(await signedBy(0, scripted), { trust })
  expect([verdict, signatures[0]?.reasons]).toEqual(['valid', expect.arrayContaining(['active-content'])])
})
