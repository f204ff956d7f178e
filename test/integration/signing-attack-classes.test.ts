import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dictionaryOf, nameOf, type PdfValue, referenceTo } from '../../src/pdf/structure/values.ts'
import type { Reason } from '../../src/signing/verification/reasons.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import {
  addAnnotation,
  alter,
  appended,
  dictionaryAt,
  drawing,
  type Edit,
  entryAt,
  handWritten,
  mark,
  opened,
  painted,
  stream,
  syntax,
} from '../support/attacks/attacker.ts'
import { parts, target, textLook } from '../support/attacks/target.ts'
import { createTestPki, type TestPki } from '../support/pki/authority.ts'
import { signWithKey } from '../support/pki/keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'attacks-'))
let pki: TestPki
let strangers: TestPki
let trust: Uint8Array[]
/** The target signed by the director, with nothing to be seen of it. */
let signed: Uint8Array

beforeAll(async () => {
  const person = { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'ec-p256' } as const
  pki = createTestPki(join(folder, 'pki'), [person])
  strangers = createTestPki(join(folder, 'strangers'), [person])
  trust = [readFileSync(pki.root.certificatePem)]
  signed = await signedBy(pki, target())
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function signedBy(by: TestPki, bytes: Uint8Array, request = {}): Promise<Uint8Array> {
  const outcome = await signWithKey(by, 0, bytes, { contentsBytes: 4096, ...request })
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

/** The director's signature is invalid, and the attack is called by its name. */
async function expectNamed(bytes: Uint8Array, name: Reason): Promise<void> {
  const { signatures } = await verifyFile(bytes, { trust })
  expect(signatures[0]).toMatchObject({ verdict: 'invalid', reasons: expect.arrayContaining([name]) })
}

const reference = referenceTo
const replaced =
  (number: number, value: PdfValue): Edit =>
  (revision) =>
    revision.replace(reference(number), value)
const altered =
  (number: number, entries: Readonly<Record<string, PdfValue | undefined>>): Edit =>
  (revision, file) =>
    alter(revision, file, number, entries)
const textOf = (text: string): PdfValue => ({ kind: 'string', bytes: Buffer.from(text, 'latin1') })
const script = dictionaryOf({ S: nameOf('JavaScript'), JS: { kind: 'string', bytes: Buffer.from('1') } })
const action = dictionaryOf({ S: nameOf('URI'), URI: { kind: 'string', bytes: Buffer.from('x') } })
/** Over the line that says how much is to be paid. */
const overSum = [70, 640, 470, 680]
const overPay = [70, 690, 470, 730]
const aside = [320, 200, 520, 230]

test('the contract is valid before it is attacked, whatever its author prepared', async () => {
  expect(await verifyFile(signed, { trust })).toMatchObject({
    verdict: 'valid',
    signatures: [{ laterChanges: 'none', changes: [] }],
  })
})

/** Each attack appends a revision to the signed contract. */
const attacks: Partial<Record<Reason, Readonly<Record<string, Edit>>>> = {
  'incremental-saving': {
    'the page gets other content': (revision, file) =>
      alter(revision, file, parts.page, { Contents: revision.add(stream('BT ET')) }),
    'the content stream is replaced': replaced(parts.content, stream('BT ET')),
    'the page gets other resources': altered(parts.page, { Resources: new Map() }),
    'the resources of all pages are replaced': altered(parts.resources, { XObject: new Map() }),
    'a picture on the page is replaced': replaced(parts.cover, painted('9,000,000')),
  },
  'pages-changed': {
    'a page is taken out': altered(parts.pages, { Kids: [reference(3), reference(7)], Count: 2 }),
    'a page is put in': (revision, file) => {
      const page = revision.add(
        dictionaryOf({ Type: nameOf('Page'), Parent: reference(parts.pages), Contents: reference(20) }),
      )
      alter(revision, file, parts.pages, { Kids: [reference(3), page, reference(7), reference(8)], Count: 4 })
    },
    'the pages change their order': altered(parts.pages, {
      Kids: [reference(3), reference(8), reference(7)],
    }),
    'a page is turned': altered(parts.page, { Rotate: 180 }),
    'a page is cropped': altered(parts.page, { CropBox: [0, 0, 595, 640] }),
    'all pages get another size, which they inherit': altered(parts.pages, { MediaBox: [0, 0, 595, 640] }),
    'a page gets another unit': altered(parts.page, { UserUnit: 10 }),
    'the page tree is replaced by a new one': (revision, file) => {
      const page = revision.add(dictionaryOf({ Type: nameOf('Page'), MediaBox: [0, 0, 595, 842] }))
      const pages = revision.add(dictionaryOf({ Type: nameOf('Pages'), Kids: [page], Count: 1 }))
      alter(revision, file, parts.catalog, { Pages: pages })
    },
  },
  'shadow-hide': {
    'what covered the page is taken away': replaced(parts.cover, null),
    'the content stream is taken away': replaced(parts.content, null),
    'the page loses its content': altered(parts.page, { Contents: undefined }),
    'a stamp that was signed over is taken off the page': altered(parts.page, {
      Annots: [12, 13, 14, 15, 16, 17].map((number) => reference(number)),
    }),
  },
  'shadow-replace': {
    'the font is exchanged': replaced(
      parts.font,
      syntax(
        '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding <</Differences [48 /nine /eight]>>>>',
      ),
    ),
    'a field is filled in with one text and shows another': fillIn('1,000', '9,000,000'),
    'a field is filled in and shows a drawing besides': fillIn('1,000', '1,000', '0 0 m 5 5 9 9 9 0 c f'),
    'a field is filled in and shows nothing': altered(parts.textField, { V: textOf('1,000') }),
    'a check box gets another look': (revision, file) =>
      alter(revision, file, parts.checkBox, {
        V: nameOf('Yes'),
        AS: nameOf('Yes'),
        AP: dictionaryOf({
          N: dictionaryOf({ Yes: revision.add(painted('No')), Off: reference(23) }),
        }),
      }),
    'a check box says yes and shows no': altered(parts.checkBox, { V: nameOf('Yes') }),
  },
  'shadow-hide-and-replace': {
    'pages that were hidden come in the place of those that were signed': altered(parts.catalog, {
      Pages: reference(parts.hiddenPages),
    }),
    'content that was hidden comes onto the page': altered(parts.page, {
      Contents: reference(parts.hiddenContent),
    }),
    'a look that was hidden becomes an annotation': (revision, file) => {
      const signedOver = file.array(dictionaryAt(file, parts.page).get('Annots')) ?? []
      alter(revision, file, parts.page, { Annots: [...signedOver, reference(parts.look)] })
    },
    // Readers that heed generations then find nothing at the page's reference.
    'the content is written once more as of another generation': (revision, file) =>
      revision.replace(reference(parts.content, 1), file.object(parts.content)),
    'the font is written once more as of another generation': (revision, file) =>
      revision.replace(reference(parts.font, 1), file.object(parts.font)),
  },
  'annotation-changed': {
    'a stamp that was signed over gets another look': (revision, file) =>
      alter(revision, file, 18, { AP: dictionaryOf({ N: revision.add(painted('VOID')) }) }),
    'a stamp that was signed over moves': altered(18, { Rect: overSum }),
    'the look of a stamp is replaced': replaced(parts.look, painted('VOID')),
  },
  'evil-annotation': {
    'white over the sum': (revision, file) =>
      addAnnotation(revision, file, mark(revision, overSum, drawing('1 g 0 0 400 40 re f'))),
    'another sum over the sum': (revision, file) =>
      addAnnotation(revision, file, mark(revision, overSum, painted('The sum is 9,888,000 baht'))),
    'a black bar over the sum': (revision, file) =>
      addAnnotation(revision, file, mark(revision, overSum, drawing('0 g 0 0 400 40 re f'))),
    'a yellow bar over the sum': (revision, file) =>
      addAnnotation(revision, file, mark(revision, overSum, drawing('1 1 0 rg 0 0 400 40 re f'))),
    'a veil that lets hardly anything through': (revision, file) =>
      addAnnotation(revision, file, mark(revision, overSum, blended('/Normal', '/ca 0.93', '1 g'))),
    'a light that turns ink into paper': (revision, file) =>
      addAnnotation(revision, file, mark(revision, overSum, blended('/Screen', '', '1 g'))),
    'a white stroke that makes a three of an eight': (revision, file) =>
      addAnnotation(revision, file, mark(revision, [157, 640, 175, 670], drawing('1 g 0 0 130 40 re f'))),
    'a hundred white points, each too little to see': (revision, file) => {
      const points = Array.from({ length: 100 }, (_, at) => at)
      const annotations = points.map((at) =>
        revision.add(
          dictionaryOf(mark(revision, [74 + 2 * at, 650, 75 + 2 * at, 663], drawing('1 g 0 0 400 40 re f'))),
        ),
      )
      const signedOver = file.array(dictionaryAt(file, parts.page).get('Annots')) ?? []
      alter(revision, file, parts.page, { Annots: [...signedOver, ...annotations] })
    },
    'a mark that only paper shows': (revision, file) =>
      addAnnotation(revision, file, mark(revision, aside, painted('x'), { F: 4 | 32 })),
    'a mark that shows under the pointer': (revision, file) =>
      addAnnotation(revision, file, mark(revision, aside, painted('x'), { F: 4 | 32 | 256 })),
    'a mark that looks otherwise under the pointer': (revision, file) =>
      addAnnotation(revision, file, {
        ...mark(revision, aside, drawing('')),
        AP: dictionaryOf({ N: revision.add(drawing('')), R: revision.add(painted('x')) }),
      }),
    'a mark with looks to be switched': (revision, file) =>
      addAnnotation(revision, file, {
        ...mark(revision, aside, drawing('')),
        AS: nameOf('Off'),
        AP: dictionaryOf({
          N: dictionaryOf({ Off: revision.add(drawing('')), On: revision.add(painted('x')) }),
        }),
      }),
    'a mark that keeps its size while the page shrinks': (revision, file) =>
      addAnnotation(revision, file, mark(revision, aside, painted('x'), { F: 4 | 8 })),
    'a mark that every reader draws in its own way': (revision, file) =>
      addAnnotation(revision, file, { Subtype: nameOf('FreeText'), Rect: aside, F: 4 }),
    'a note that lies open': (revision, file) =>
      addAnnotation(
        revision,
        file,
        mark(revision, [20, 20, 40, 40], drawing(''), { Subtype: nameOf('Text'), Open: true }),
      ),
    'a mark that prints what the screen does not show': (revision, file) =>
      addAnnotation(
        revision,
        file,
        mark(
          revision,
          aside,
          resourceful('/ExtGState <</G <</TR <</FunctionType 2 /Domain [0 1] /N 1>>>>>>'),
        ),
      ),
    'a mark with a picture for others': (revision, file) => {
      const image = stream('x', { Subtype: nameOf('Image'), Width: 1, Height: 1, Alternates: [] })
      const look = drawing('', {
        Resources: dictionaryOf({ XObject: dictionaryOf({ I: revision.add(image) }) }),
      })
      addAnnotation(revision, file, mark(revision, aside, look))
    },
    'a redaction': (revision, file) =>
      addAnnotation(revision, file, mark(revision, aside, drawing(''), { Subtype: nameOf('Redact') })),
    'a watermark': (revision, file) =>
      addAnnotation(revision, file, mark(revision, aside, drawing(''), { Subtype: nameOf('Watermark') })),
  },
  'sneaky-signature': {
    'an empty signature field that shows something': (revision, file) =>
      addAnnotation(revision, file, {
        ...signatureBlock,
        AP: dictionaryOf({ N: revision.add(painted('Paid')) }),
      }),
    'a signature field whose value is no signature': (revision, file) =>
      addAnnotation(revision, file, {
        ...signatureBlock,
        V: textOf('x'),
        AP: dictionaryOf({ N: revision.add(painted('Paid')) }),
      }),
    'a block that claims the director’s own signature': (revision, file) =>
      addAnnotation(revision, file, {
        ...signatureBlock,
        V: reference(signatureNumber(signed)),
        AP: dictionaryOf({ N: revision.add(painted('Paid')) }),
      }),
    'the waiting field gets a look but no signature': (revision, file) =>
      alter(revision, file, parts.signatureField, {
        V: textOf('x'),
        AP: dictionaryOf({ N: revision.add(painted('Approved')) }),
      }),
  },
  'form-field-added': {
    'a text field over the sum': (revision, file) =>
      addAnnotation(
        revision,
        file,
        mark(revision, overSum, painted('9'), { Subtype: nameOf('Widget'), FT: nameOf('Tx') }),
      ),
    'a field of the form': (revision, file) => {
      const field = revision.add(dictionaryOf({ FT: nameOf('Tx'), T: textOf('more') }))
      const fields = file.array(dictionaryAt(file, parts.form).get('Fields')) ?? []
      alter(revision, file, parts.form, { Fields: [...fields, field] })
    },
  },
  'form-field-changed': {
    'a value that was signed over is changed': (revision, file) =>
      alter(revision, file, parts.filledField, {
        V: textOf('Me'),
        AP: dictionaryOf({ N: revision.add(syntax(textLook('Me'))) }),
      }),
    'a field that nobody may fill in is filled in': (revision, file) =>
      alter(revision, file, parts.readOnlyField, {
        V: textOf('9'),
        AP: dictionaryOf({ N: revision.add(syntax(textLook('9'))) }),
      }),
    'a field moves': altered(parts.textField, { Rect: overSum }),
    'a field is hidden': altered(parts.textField, { F: 2 }),
    'a field becomes its own parent': altered(parts.textField, { Kids: [reference(parts.textField)] }),
    'a field leaves the form': (revision, file) => {
      const fields = file.array(dictionaryAt(file, parts.form).get('Fields')) ?? []
      alter(revision, file, parts.form, { Fields: fields.slice(1) })
    },
    'readers are asked to draw the fields anew': altered(parts.form, { NeedAppearances: true }),
  },
  'certification-added': {
    'the file is certified afterwards': (revision, file) =>
      alter(revision, file, parts.catalog, {
        Perms: dictionaryOf({ DocMDP: reference(signatureNumber(signed)) }),
      }),
  },
  'scripts-added': {
    'a script runs when the file is opened': altered(parts.catalog, { OpenAction: script }),
    'scripts have names': altered(parts.catalog, {
      Names: dictionaryOf({ JavaScript: dictionaryOf({ Names: [textOf('a'), script] }) }),
    }),
    'a script runs before the file is printed': altered(parts.catalog, { AA: dictionaryOf({ WP: script }) }),
    'a script runs when the page is opened': altered(parts.page, { AA: dictionaryOf({ O: script }) }),
    'a link lies over the page': (revision, file) =>
      addAnnotation(revision, file, { Subtype: nameOf('Link'), Rect: overPay, A: action }),
    'a mark does something': (revision, file) =>
      addAnnotation(revision, file, mark(revision, aside, drawing(''), { A: action })),
    'an empty signature field has scripts': (revision, file) =>
      addAnnotation(revision, file, { ...signatureBlock, AA: dictionaryOf({ E: script }) }),
  },
  'layers-changed': {
    'a layer is switched off': altered(parts.catalog, {
      OCProperties: dictionaryOf({ OCGs: [reference(11)], D: dictionaryOf({ OFF: [reference(11)] }) }),
    }),
    'a layer is for the screen only': altered(parts.layer, {
      Usage: dictionaryOf({ View: dictionaryOf({ ViewState: nameOf('OFF') }) }),
    }),
    'a mark belongs to a layer': (revision, file) =>
      addAnnotation(revision, file, mark(revision, aside, drawing(''), { OC: reference(parts.layer) })),
    'a part of a mark belongs to a layer': (revision, file) =>
      addAnnotation(
        revision,
        file,
        mark(revision, aside, resourceful(`/Properties <</L ${parts.layer} 0 R>>`)),
      ),
  },
  'xfa-changed': {
    'the form gets a template that readers show in place of the pages': (revision, file) =>
      alter(revision, file, parts.form, { XFA: revision.add(stream('<xdp/>')) }),
    'readers shall render anew': altered(parts.catalog, { NeedsRendering: true }),
  },
  'embedded-file': {
    'a second PDF is put inside': (revision, file) => {
      const inner = revision.add(stream('%PDF-1.7', { Type: nameOf('EmbeddedFile') }))
      const specification = dictionaryOf({ Type: nameOf('Filespec'), EF: dictionaryOf({ F: inner }) })
      const names = dictionaryOf({ EmbeddedFiles: dictionaryOf({ Names: [textOf('a'), specification] }) })
      alter(revision, file, parts.catalog, { Names: names })
    },
    'the file becomes a portfolio': altered(parts.catalog, { Collection: new Map() }),
    'a file hangs on a mark': (revision, file) =>
      addAnnotation(
        revision,
        file,
        mark(revision, aside, drawing(''), { Subtype: nameOf('FileAttachment') }),
      ),
  },
  'catalog-swapped': {
    'the version falls': altered(parts.catalog, { Version: nameOf('1.0') }),
    'names of places are exchanged': altered(parts.catalog, { Names: dictionaryOf({ Dests: new Map() }) }),
    'the page to begin with changes': altered(parts.catalog, { PageMode: nameOf('FullScreen') }),
  },
}

const signatureBlock = {
  Type: nameOf('Annot'),
  Subtype: nameOf('Widget'),
  FT: nameOf('Sig'),
  F: 4,
  Rect: aside,
}

function fillIn(value: string, shown: string, operators = ''): Edit {
  return (revision, file) =>
    alter(revision, file, parts.textField, {
      V: { kind: 'string', bytes: Buffer.from(value, 'latin1') },
      AP: dictionaryOf({ N: revision.add(syntax(textLook(shown, operators))) }),
    })
}

/** A form that fills its box in a blend mode. */
const blended = (mode: string, more: string, color: string): PdfValue =>
  syntax(
    `<</Subtype /Form /BBox [0 0 400 40] /Resources <</ExtGState <</G <</BM ${mode} ${more}>>>>>> /Length 60>>\nstream\n${`/G gs ${color} 0 0 400 40 re f`.padEnd(60)}\nendstream`,
  )

const resourceful = (resources: string): PdfValue =>
  syntax(`<</Subtype /Form /BBox [0 0 400 40] /Resources <<${resources}>> /Length 1>>\nstream\n \nendstream`)

function signatureNumber(bytes: Uint8Array): number {
  const file = opened(bytes)
  const found = [...file.crossReference.places.numbers()].find(
    (number) => file.dictionary(reference(number))?.has('ByteRange') === true,
  )
  if (found === undefined) throw new Error('there is no signature')
  return found
}

describe.each(Object.entries(attacks))('%s', (name, edits) => {
  test.each(Object.entries(edits))('%s', async (_, edit) => {
    await expectNamed(appended(signed, edit), name as Reason)
  })
})

describe('a stranger signs as well', () => {
  test('with a block over the sum', async () => {
    const block = { page: 1, place: { x: 70, y: 640, width: 400, height: 40 }, lines: ['ก'] }
    const twice = await signedBy(strangers, signed, { block })
    // Our own blocks have no ground; the stranger’s has.
    const covered = appended(signed, (revision, file) => {
      const look = revision.add(painted('The sum is 9,888,000 baht'))
      addAnnotation(revision, file, {
        ...signatureBlock,
        Rect: overSum,
        V: strangeSignature,
        AP: dictionaryOf({ N: look }),
      })
    })
    await expectNamed(covered, 'sneaky-signature')
    const { signatures } = await verifyFile(twice, { trust })
    expect(signatures).toMatchObject([
      { verdict: 'valid', changes: [{ kind: 'signature', page: 1, field: 'Signature-2' }] },
      { verdict: 'indeterminate' },
    ])
  })

  const strangeSignature = syntax(
    '<</Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <3003>>>',
  )
})

describe('cross-reference-forged', () => {
  test('the chain leaves out the signed revision', async () => {
    const [newest] = opened(signed).crossReference.places.sections
    const entries = [...(newest?.entries.numbers() ?? [])].map((number): [number, string] => {
      const place = newest?.entries.get(number)
      return [number, entryAt(place?.at === 'offset' ? place.offset : 0)]
    })
    const forged = handWritten(signed, {
      objects: { [parts.content]: '<</Length 5>>\nstream\nBT ET\nendstream' },
      entries: Object.fromEntries(entries),
      trailer: { Prev: String(opened(target()).crossReference.newest) },
    })
    await expectNamed(forged, 'cross-reference-forged')
  })

  test('a hybrid section says two things about the page', async () => {
    const { length } = signed
    const rows = Buffer.from([1, ...[24, 16, 8, 0].map((shift) => (length >> shift) & 255), 0]).toString(
      'latin1',
    )
    const forged = handWritten(signed, {
      objects: {
        [parts.content]: '<</Length 5>>\nstream\nBT ET\nendstream',
        600: `<</Type /XRef /Size 601 /W [1 4 1] /Index [${parts.content} 1] /Length 6>>\nstream\n${rows}\nendstream`,
      },
      trailer: {
        XRefStm: String(
          length + 1 + `${parts.content} 0 obj\n<</Length 5>>\nstream\nBT ET\nendstream\nendobj\n`.length,
        ),
      },
    })
    await expectNamed(forged, 'cross-reference-forged')
  })

  test('an object number leads to other bytes that were signed', async () => {
    const hidden = opened(signed).crossReference.places.get(parts.hiddenContent)
    const offset = hidden?.at === 'offset' ? hidden.offset : 0
    // What stands there has another number: it is the reader who shall not look.
    const text = Buffer.from(signed).toString('latin1').replace('32 0 obj', '04 0 obj')
    expect(text.length).toBe(signed.length)
    const prepared = await signedBy(
      pki,
      new Uint8Array(
        Buffer.from(
          Buffer.from(target())
            .toString('latin1')
            .replace('\n32 0 obj', '\n04 0 obj')
            .replace(/\/Contents 32 0 R/, '/Contents 04 0 R'),
          'latin1',
        ),
      ),
    )
    await expectNamed(
      handWritten(prepared, { entries: { [parts.content]: entryAt(offset) } }),
      'shadow-hide-and-replace',
    )
  })

  test.each([
    ['freed', '0000000000 00001 f ', 'shadow-hide'],
    ['of another generation, which nothing names', undefined, 'shadow-hide-and-replace'],
  ] as const)('the content is %s', async (_, entry, name) => {
    const place = opened(signed).crossReference.places.get(parts.content)
    const offset = place?.at === 'offset' ? place.offset : 0
    await expectNamed(
      handWritten(signed, { entries: { [parts.content]: entry ?? entryAt(offset, 7) } }),
      name,
    )
  })

  test('the root is another object', async () => {
    const forged = handWritten(signed, {
      objects: { 600: '<</Type /Catalog /Pages 30 0 R /AcroForm 6 0 R>>' },
      trailer: { Root: '600 0 R' },
    })
    await expectNamed(forged, 'catalog-swapped')
  })

  test('objects are appended for readers that repair', async () => {
    const body = `\n${parts.content} 0 obj\n<</Length 5>>\nstream\nBT ET\nendstream\nendobj\n`
    await expectNamed(new Uint8Array(Buffer.concat([signed, Buffer.from(body)])), 'change-unexplained')
  })
})

test('encryption that is added afterwards leaves the file unreadable, and says so', async () => {
  const locked = handWritten(signed, { trailer: { Encrypt: '<</Filter /Standard /V 5>>' } })
  expect(await verifyFile(locked, { trust })).toEqual({
    verdict: 'unreadable',
    refusal: 'file-encrypted',
    signatures: [],
  })
})

test('a page tree that is made to contain itself leaves the file unreadable', async () => {
  const circle = appended(signed, altered(parts.pages, { Kids: [reference(parts.pages)] }))
  expect(await verifyFile(circle, { trust })).toMatchObject({
    verdict: 'unreadable',
    refusal: 'file-damaged',
  })
})

describe('universal-forgery', () => {
  const sound = '/Contents <3003020100>'
  test.each([
    ['no /ByteRange', sound],
    ['/ByteRange null', `/ByteRange null ${sound}`],
    ['four zeroes', `/ByteRange [0 0 0 0] ${sound}`],
    ['negative numbers', `/ByteRange [0 -1 -20 -30] ${sound}`],
    ['giant numbers', `/ByteRange [0 99999999999 999999999999 9999999999] ${sound}`],
    ['three numbers', `/ByteRange [0 100 200] ${sound}`],
    ['parts of numbers', `/ByteRange [0 100.5 200.5 300] ${sound}`],
    ['words for numbers', `/ByteRange [/a /b /c /d] ${sound}`],
    ['no /Contents', '/ByteRange [0 100 200 300]'],
    ['/Contents null', '/ByteRange [0 100 200 300] /Contents null'],
    ['empty /Contents', '/ByteRange [0 100 200 300] /Contents <>'],
    ['zeroes for /Contents', '/ByteRange [0 100 200 300] /Contents <0000>'],
  ])('%s', async (_, entries) => {
    const text = `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached ${entries}>>`
    const forged = appended(signed, (revision) =>
      revision.replace(reference(signatureNumber(signed)), syntax(text)),
    )
    await expectNamed(forged, 'universal-forgery')
  })
})

describe('signature-dictionary', () => {
  /** The director’s own signature, moved into a dictionary that was written to be read in several ways. */
  function moved(write: (range: string, contents: string) => string): Uint8Array {
    const text = Buffer.from(signed).toString('latin1')
    const range = /\/ByteRange\s*(\[[^\]]*\])/.exec(text)?.[1] ?? ''
    const contents = /\/Contents\s*(<[0-9a-fA-F]{200,}>)/.exec(text)?.[1] ?? ''
    const head = '<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached'
    return appended(signed, (revision) =>
      revision.replace(reference(signatureNumber(signed)), syntax(`${head} ${write(range, contents)}>>`)),
    )
  }

  test.each([
    [
      'two /Contents',
      (range: string, contents: string) => `/Contents <00> /ByteRange ${range} /Contents ${contents}`,
    ],
    [
      'two /ByteRange',
      (range: string, contents: string) => `/ByteRange [0 1 2 3] /Contents ${contents} /ByteRange ${range}`,
    ],
    [
      'one /Type spelt otherwise',
      (range: string, contents: string) => `/T#79pe /Sig /ByteRange ${range} /Contents ${contents}`,
    ],
    ['/ByteRange elsewhere', (_: string, contents: string) => `/ByteRange 900 0 R /Contents ${contents}`],
  ])('%s', async (_, write) => {
    await expectNamed(moved(write), 'signature-dictionary')
  })

  test('a comment in the dictionary deceives nobody', async () => {
    await expectNamed(
      moved((range, contents) => `/ByteRange ${range} % /Contents <00>\n /Contents ${contents}`),
      'signature-wrapping',
    )
  })
})
