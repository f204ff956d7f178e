import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dictionaryOf, nameOf, type PdfValue, referenceTo } from '../../src/pdf/structure/values.ts'
import { laterChangesOf } from '../../src/signing/verification/laterChanges.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import {
  alter,
  appended,
  drawing,
  type Edit,
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

const folder = mkdtempSync(join(tmpdir(), 'shared-'))
let pki: TestPki
let trust: Uint8Array[]

beforeAll(() => {
  pki = createTestPki(folder, [{ name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'ec-p256' }])
  trust = [readFileSync(pki.root.certificatePem)]
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function signedBy(bytes: Uint8Array, request = {}): Promise<Uint8Array> {
  const outcome = await signWithKey(pki, 0, bytes, { contentsBytes: 4096, ...request })
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

/** What the director’s signature says about a contract that was prepared, signed, and then changed. */
async function judged(prepare: Edit | Uint8Array, attack: Edit) {
  const prepared = prepare instanceof Uint8Array ? prepare : appended(target(), prepare)
  const { signatures } = await verifyFile(appended(await signedBy(prepared), attack), { trust })
  return signatures.find(({ field }) => field === 'Signature')
}

/** What was done to a revision, be it signed or not, that was prepared for it. */
function changesAfter(prepared: Uint8Array, attack: Edit) {
  return laterChangesOf(appended(prepared, attack))(prepared.length)
}

const trapChange = {
  kind: 'suspicious',
  changes: expect.arrayContaining([expect.objectContaining({ kind: 'shadow-hide-and-replace' })]),
}
const trap = { verdict: 'invalid', reasons: expect.arrayContaining(['shadow-hide-and-replace']) }
const text = (value: string): PdfValue => ({ kind: 'string', bytes: Buffer.from(value, 'latin1') })
const look = 60
const looks = 61
const list = 62

/** The look of the empty text field is an object, and so are its looks; `more` uses one of them elsewhere. */
const sharing =
  (more: Edit): Edit =>
  (revision, file) => {
    revision.replace(referenceTo(look), syntax(textLook('')))
    revision.replace(referenceTo(looks), dictionaryOf({ N: referenceTo(look) }))
    alter(revision, file, parts.textField, { AP: referenceTo(looks) })
    more(revision, file)
  }
const lookReplaced: Edit = (revision, file) => {
  revision.replace(referenceTo(look), syntax(textLook('9,999')))
  alter(revision, file, parts.textField, { V: text('9,999') })
}
const looksReplaced: Edit = (revision, file) => {
  revision.replace(referenceTo(looks), dictionaryOf({ N: revision.add(syntax(textLook('9,999'))) }))
  alter(revision, file, parts.textField, { V: text('9,999') })
}
const drawnBy = (number: number): PdfValue =>
  drawing('/X Do', {
    Resources: dictionaryOf({ XObject: dictionaryOf({ X: referenceTo(number) }) }),
  })
const nothing: Edit = () => undefined

describe('the look of a field that is filled in', () => {
  test.each([
    ['look', lookReplaced],
    ['dictionary of looks', looksReplaced],
  ])('may get another %s in its place when it is shown nowhere else', async (_, attack) => {
    expect(await judged(sharing(nothing), attack)).toMatchObject({
      verdict: 'valid',
      changes: [{ kind: 'form-filled', field: 'amount' }],
    })
  })

  test.each<[string, Edit, Edit]>([
    [
      'a field that nobody may fill in draws it',
      (revision, file) =>
        alter(revision, file, parts.readOnlyField, { AP: dictionaryOf({ N: revision.add(drawnBy(look)) }) }),
      lookReplaced,
    ],
    [
      'a field that nobody may fill in shows it under the mouse',
      (revision, file) =>
        alter(revision, file, parts.readOnlyField, {
          AP: dictionaryOf({ N: revision.add(drawing('')), D: referenceTo(look) }),
        }),
      lookReplaced,
    ],
    [
      'a box shows it when it is ticked',
      (revision, file) =>
        alter(revision, file, parts.checkBox, {
          AP: dictionaryOf({ N: dictionaryOf({ Yes: referenceTo(look), Off: referenceTo(23) }) }),
        }),
      lookReplaced,
    ],
    [
      'a box shows it always',
      (revision, file) =>
        alter(revision, file, parts.checkBox, { AP: dictionaryOf({ N: referenceTo(look) }) }),
      lookReplaced,
    ],
    [
      'a stamp shows it',
      (revision, file) => alter(revision, file, 18, { AP: dictionaryOf({ N: referenceTo(look) }) }),
      lookReplaced,
    ],
    [
      'a stamp has the same looks',
      (revision, file) => alter(revision, file, 18, { AP: referenceTo(looks) }),
      looksReplaced,
    ],
    [
      'pages may draw it',
      (revision, file) =>
        alter(revision, file, parts.resources, {
          XObject: dictionaryOf({ Cover: referenceTo(parts.cover), Sum: referenceTo(look) }),
        }),
      lookReplaced,
    ],
    [
      'the catalog names its dictionary, and through it the look',
      (revision, file) => alter(revision, file, parts.catalog, { Own: referenceTo(looks) }),
      lookReplaced,
    ],
    [
      'the catalog names its dictionary',
      (revision, file) => alter(revision, file, parts.catalog, { Own: referenceTo(looks) }),
      looksReplaced,
    ],
    [
      'the catalog names its dictionary, which the field leaves',
      (revision, file) => alter(revision, file, parts.catalog, { Own: referenceTo(looks) }),
      (revision, file) =>
        alter(revision, file, parts.textField, {
          V: text('1'),
          AP: dictionaryOf({ N: revision.add(syntax(textLook('1'))) }),
        }),
    ],
  ])('may not when %s', async (_, prepare, attack) => {
    expect(await judged(sharing(prepare), attack)).toMatchObject(trap)
  })

  test('may not when the trailer names its dictionary', () => {
    const prepared = handWritten(appended(target(), sharing(nothing)), { trailer: { Own: `${looks} 0 R` } })
    expect(changesAfter(prepared, looksReplaced)).toMatchObject(trapChange)
  })

  test('may not when it is a box, whose looks stay', async () => {
    const prepare: Edit = (revision, file) => {
      revision.replace(referenceTo(look), drawing(''))
      alter(revision, file, parts.checkBox, { AP: dictionaryOf({ N: referenceTo(look) }) })
    }
    const attack: Edit = (revision) => revision.replace(referenceTo(look), painted('Agreed'))
    expect(await judged(prepare, attack)).toMatchObject({ verdict: 'invalid' })
  })
})

describe('a list that may grow', () => {
  test('may not when it is also the list of pages', () => {
    const prepare: Edit = (revision, file) => {
      revision.replace(
        referenceTo(list),
        [3, 7, 8].map((number) => referenceTo(number)),
      )
      alter(revision, file, parts.page, { Annots: referenceTo(list) })
      alter(revision, file, parts.pages, { Kids: referenceTo(list) })
    }
    const attack: Edit = (revision) => {
      const page = revision.add(
        dictionaryOf({
          ...mark(revision, [320, 200, 520, 230], drawing('')),
          Type: nameOf('Page'),
          Parent: referenceTo(parts.pages),
          Contents: revision.add(stream('BT /F1 16 Tf 72 700 Td (Pay 9,999 baht) Tj ET')),
          Resources: referenceTo(parts.resources),
        }),
      )
      revision.replace(referenceTo(list), [page, ...[3, 7, 8].map((number) => referenceTo(number))])
    }
    expect(changesAfter(appended(target(), prepare), attack)).toMatchObject(trapChange)
  })

  test('may grow when a page and the form share it', () => {
    const fields = [12, 13, 14, 15, 16, 17].map((number) => referenceTo(number))
    const prepare: Edit = (revision, file) => {
      revision.replace(referenceTo(list), fields)
      alter(revision, file, parts.page, { Annots: referenceTo(list) })
      alter(revision, file, parts.form, { Fields: referenceTo(list) })
    }
    const attack: Edit = (revision) => {
      const next = { Subtype: nameOf('Widget'), FT: nameOf('Sig'), T: text('Next'), Rect: [0, 0, 0, 0] }
      revision.replace(referenceTo(list), [...fields, revision.add(dictionaryOf(next))])
    }
    expect(changesAfter(appended(target(), prepare), attack)).toMatchObject({
      kind: 'permitted',
      changes: [{ kind: 'signature-field' }],
    })
  })
})

describe('a signature field whose widget is an object of its own', () => {
  type Entries = Readonly<Record<string, PdfValue | undefined>>
  /** Adds such a field to form and page; the entries are added to field and widget. */
  const added =
    (field: Entries = {}, widget: Entries = {}, kids: readonly PdfValue[] = [], isListed = true): Edit =>
    (revision, file) => {
      const holder = revision.add(null)
      const block = revision.add(
        dictionaryOf({
          ...{ Type: nameOf('Annot'), Subtype: nameOf('Widget'), Parent: holder },
          ...{ Rect: [320, 200, 520, 230], F: 4, P: referenceTo(parts.page), ...widget },
        }),
      )
      const whole = { FT: nameOf('Sig'), T: text('Next'), Kids: [block, ...kids], ...field }
      revision.replace(holder, dictionaryOf(whole))
      const items = (number: number, key: string): readonly PdfValue[] =>
        file.array(file.dictionary(referenceTo(number))?.get(key)) ?? []
      const fields = items(parts.form, 'Fields')
      alter(revision, file, parts.form, { Fields: isListed ? [...fields, holder] : fields })
      alter(revision, file, parts.page, { Annots: [...items(parts.page, 'Annots'), block] })
    }
  const signature = syntax(
    '<</Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <3003>>>',
  )
  const shows =
    (form: PdfValue): Edit =>
    (revision, file) =>
      added({ V: signature }, { AP: dictionaryOf({ N: revision.add(form) }) })(revision, file)

  test.each<[string, Edit, string]>([
    ['waits for the next signer', added(), 'signature-field'],
    ['is signed', shows(drawing('0 0 1 RG 0 0 m 400 40 l S')), 'signature'],
  ])('%s', async (_, attack, kind) => {
    expect(await judged(nothing, attack)).toMatchObject({
      verdict: 'valid',
      changes: [{ kind, page: 1, field: 'Next' }],
    })
  })

  test('is signed by us once it waits', async () => {
    const waiting = appended(await signedBy(target()), added())
    const twice = await signedBy(waiting, { existingField: { name: 'Next' } })
    const { signatures } = await verifyFile(twice, { trust })
    expect(signatures).toMatchObject([
      { verdict: 'valid', changes: [{ kind: 'signature', field: 'Next' }] },
      { verdict: 'valid' },
    ])
  })

  test.each<[string, Edit, string]>([
    [
      'shows something while it is empty',
      (revision, file) =>
        added({}, { AP: dictionaryOf({ N: revision.add(painted('Paid')) }) })(revision, file),
      'sneaky-signature',
    ],
    ['shows what no other reader does', shows(drawing('', { Ref: dictionaryOf({}) })), 'sneaky-signature'],
    ['has a script', added({}, { AA: dictionaryOf({}) }), 'scripts-added'],
    ['belongs to a layer', added({}, { OC: referenceTo(parts.layer) }), 'layers-changed'],
    ['has two widgets', added({}, {}, [referenceTo(18)]), 'form-field-added'],
    ['is a widget besides', added({ Rect: [0, 0, 9, 9] }), 'form-field-added'],
    ['has a field for a widget', added({}, { T: text('Deep') }), 'form-field-added'],
    [
      'has a widget of another field',
      added({}, { Parent: referenceTo(parts.textField) }),
      'form-field-added',
    ],
    ['is not in the form', added({}, {}, [], false), 'form-field-added'],
    ['takes no signature', added({ FT: nameOf('Tx') }), 'form-field-added'],
  ])('is refused when it %s', async (_, attack, kind) => {
    expect(await judged(nothing, attack)).toMatchObject({
      verdict: 'invalid',
      reasons: expect.arrayContaining([kind]),
    })
  })
})

test('a look that nobody else draws is judged in a widget apart as in one merged with its field', async () => {
  const prepare: Edit = (revision, file) => {
    const widget = revision.add(
      dictionaryOf({
        Subtype: nameOf('Widget'),
        Parent: referenceTo(parts.signatureField),
        Rect: [72, 300, 272, 360],
      }),
    )
    const field = { FT: nameOf('Sig'), T: text('Approval'), Kids: [widget] }
    revision.replace(referenceTo(parts.signatureField), dictionaryOf(field))
    const annotations = [12, 13, 14, 15, 17, 18].map((number) => referenceTo(number))
    alter(revision, file, parts.page, { Annots: [...annotations, widget] })
  }
  const prepared = appended(target(), prepare)
  const [widget] = opened(prepared).array(opened(prepared).dictionary(referenceTo(16))?.get('Kids')) ?? []
  const number = typeof widget === 'object' && widget !== null && 'number' in widget ? widget.number : 0
  const attack: Edit = (revision, file) => {
    const form = drawing('', { Ref: dictionaryOf({}) })
    alter(revision, file, number, { AP: dictionaryOf({ N: revision.add(form) }) })
    alter(revision, file, parts.signatureField, {
      V: syntax('<</Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <3003>>>'),
    })
  }
  expect(await judged(prepared, attack)).toMatchObject({
    verdict: 'invalid',
    reasons: expect.arrayContaining(['sneaky-signature']),
  })
})
