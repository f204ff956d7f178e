import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { stamp } from '../../src/pdf/stamp.ts'
import { Revision, withAppended } from '../../src/pdf/structure/append.ts'
import { openFile } from '../../src/pdf/structure/document.ts'
import { type PdfValue, referenceTo, textString } from '../../src/pdf/structure/values.ts'
import { linearized, withObjectStreams } from '../support/pdf/forms.ts'
import { drawPage, judge } from '../support/pdf/tools.ts'
import { approvalForm, approvalWidget, type FieldForm, fieldForm } from '../support/pki/fieldForms.ts'
import { createPairOfSigners, type PairOfSigners } from '../support/pki/pairOfSigners.ts'

let pair: PairOfSigners

beforeAll(() => {
  pair = createPairOfSigners()
}, 60_000)

afterAll(() => pair.close())

const approval = { existingField: { name: 'approval' } }

async function fieldOf(bytes: Uint8Array) {
  const inspection = await inspect(bytes)
  return inspection.ok ? inspection.value.signatures[0] : undefined
}

/** What every judge has to say of a file with one signature. They list empty fields as well. */
async function expectSound(bytes: Uint8Array, fields = 1): Promise<void> {
  expect(pair.byPdfsig(bytes)).toMatchObject({ signatures: fields, valid: 1 })
  expect(pair.byMutool(bytes)).toMatchObject({ signatures: fields, valid: 1 })
  expect((await pair.verify(bytes)).verdict).toBe('valid')
}

const structures: [string, string, FieldForm][] = [
  [
    'its own widget',
    'approval',
    {
      objects: { 10: `<<${approvalWidget} /FT /Sig /T (approval) /AS /Off>>` },
      fields: [10],
      annotations: [10],
    },
  ],
  [
    'a widget apart',
    'approval',
    {
      objects: {
        10: '<</FT /Sig /T (approval) /Kids [11 0 R]>>',
        11: `<<${approvalWidget} /Parent 10 0 R>>`,
      },
      fields: [10],
      annotations: [11],
    },
  ],
  [
    'a type that its parent has',
    'form.approval',
    {
      objects: {
        10: '<</FT /Sig /T (form) /Kids [11 0 R]>>',
        11: `<<${approvalWidget} /T (approval) /Parent 10 0 R>>`,
      },
      fields: [10],
      annotations: [11],
    },
  ],
  [
    'a Thai name',
    'ผู้อนุมัติ',
    {
      objects: {
        10: `<<${approvalWidget} /FT /Sig /T <${Buffer.from(textString('ผู้อนุมัติ').bytes).toString('hex')}>>>`,
      },
      fields: [10],
      annotations: [10],
    },
  ],
]

describe('an empty field of a form that has', () => {
  test.each(structures)('%s is signed where it is', async (_, name, form) => {
    const bytes = await pair.signed(fieldForm(form), 0, { existingField: { name } })
    await expectSound(bytes)
    expect(await fieldOf(bytes)).toMatchObject({
      fieldName: name,
      page: 1,
      place: { x: 300, y: 100, width: 240, height: 80 },
    })
    const appended = Buffer.from(bytes).toString('latin1')
    expect(appended).not.toContain('/AS /Off /')
    expect(appended.match(/\/Subtype \/Widget/g)).toHaveLength(2)
  })

  test.each([
    ['object streams', withObjectStreams],
    ['pages that come first', linearized],
  ])('%s around it is signed where it is', async (_, made) => {
    const bytes = await pair.signed(await made(approvalForm()), 0, approval)
    await expectSound(bytes)
    expect(await fieldOf(bytes)).toMatchObject({ fieldName: 'approval', page: 1 })
  })

  test('no place on the page is signed without being seen', async () => {
    const widget = approvalWidget.replace('300 100 540 180', '0 0 0 0')
    const form = { objects: { 10: `<<${widget} /FT /Sig /T (approval)>>` }, fields: [10], annotations: [10] }
    const bytes = await pair.signed(fieldForm(form), 0, approval)
    await expectSound(bytes)
    expect(await fieldOf(bytes)).toMatchObject({ fieldName: 'approval', page: 0 })
  })

  test('a place on two pages shows the signature on both', async () => {
    const form = {
      objects: {
        10: '<</FT /Sig /T (approval) /Kids [11 0 R 12 0 R]>>',
        11: `<<${approvalWidget} /Parent 10 0 R>>`,
        12: `<<${approvalWidget.replace('300 100 540 180', '50 100 290 180')} /Parent 10 0 R>>`,
      },
      fields: [10],
      annotations: [11, 12],
    }
    const bytes = await pair.signed(fieldForm(form), 0, approval)
    const text = Buffer.from(bytes).toString('latin1')
    expect(text.match(/\/AP <<\/N \d+ 0 R>>/g)).toHaveLength(2)
    expect(await pair.verify(bytes)).toMatchObject({ verdict: 'valid', signatures: [{ field: 'approval' }] })
  })
})

/** The share of dark pixels in each quarter of the widget's rectangle on the page as shown, left to right. */
async function darkness(bytes: Uint8Array, at: readonly [number, number, number, number]) {
  const { width, pixels } = await drawPage(bytes, 1, 72)
  const [left, top, right, bottom] = at
  const isWide = right - left > bottom - top
  return [0, 1, 2, 3].map((quarter) => {
    const [from, to] = isWide ? [left, right] : [top, bottom]
    const step = (to - from) / 4
    let dark = 0
    for (let along = from + quarter * step + 2; along < from + (quarter + 1) * step - 2; along++) {
      const [start, end] = isWide ? [top, bottom] : [left, right]
      for (let across = start + 2; across < end - 2; across++) {
        const [x, y] = isWide ? [along, across] : [across, along]
        if ((pixels[Math.round(y) * width + Math.round(x)] ?? 255) < 128) dark++
      }
    }
    return dark
  })
}

describe('the signer’s block in a field that exists', () => {
  const look = { existingField: { name: 'approval', lines: ['อนุมัติ'], qr: 'https://example.go.th/๑๒' } }

  test('stands upright on the page as shown, however the page is turned', async () => {
    const upright = await pair.signed(approvalForm(), 0, look)
    const [first = 0, , , last = 0] = await darkness(upright, [300, 662, 540, 742])
    expect(first).toBeGreaterThan(5 * last)
    const turned = await pair.signed(approvalForm('', 180), 0, look)
    const [turnedFirst = 0, , , turnedLast = 0] = await darkness(turned, [55, 100, 295, 180])
    expect(turnedFirst).toBeGreaterThan(5 * turnedLast)
  })

  test('is turned as the form’s author turned the field', async () => {
    const form = (turn: number) => {
      const widget = approvalWidget.replace('300 100 540 180', `300 100 380 340`)
      return fieldForm({
        objects: {
          10: `<<${widget.replace('/MK <<', `/MK <</R ${turn} `)} /FT /Sig /T (approval)>>`,
        },
        fields: [10],
        annotations: [10],
      })
    }
    const upwards = await darkness(await pair.signed(form(90), 0, look), [300, 502, 380, 742])
    expect(upwards[3]).toBeGreaterThan(5 * (upwards[0] ?? 0))
    const downwards = await darkness(await pair.signed(form(270), 0, look), [300, 502, 380, 742])
    expect(downwards[0]).toBeGreaterThan(5 * (downwards[3] ?? 0))
  })

  test('says as much as its author left room for, in letters that can be read', async () => {
    const lines = ['นางสาวมาลี รักษาสิทธิ์', 'ผู้อำนวยการสำนัก', '๒๓ พ.ย. ๒๕๖๙']
    const shown = async (height: number): Promise<string[]> => {
      const widget = approvalWidget.replace('300 100 540 180', `300 100 540 ${100 + height}`)
      const form = {
        objects: { 10: `<<${widget} /FT /Sig /T (approval)>>` },
        fields: [10],
        annotations: [10],
      }
      const bytes = await pair.signed(fieldForm(form), 0, { existingField: { name: 'approval', lines } })
      const { output } = await judge(bytes, 'mutool', 'draw', '-q', '-F', 'txt', 'IN')
      return lines.filter((line) => output.normalize().includes(line))
    }
    expect(await shown(60)).toEqual(lines)
    expect(await shown(16)).toEqual(lines.slice(0, 2))
    expect(await shown(10)).toEqual(lines.slice(0, 1))
  })

  test('says who signed when nothing else is asked for, and only what the font can show', async () => {
    const bytes = await pair.signed(approvalForm(), 0, approval)
    expect(Buffer.from(bytes).toString('latin1')).toContain('/BaseFont')
    const outcome = await pair.sign(approvalForm(), 0, { existingField: { name: 'approval', lines: ['✓'] } })
    expect(outcome).toEqual({ ok: false, refusal: { code: 'glyph-missing', detail: { character: '✓' } } })
  })
})

describe('a field is refused', () => {
  const refused = (code: string, field = 'approval') => ({ ok: false, refusal: { code, detail: { field } } })

  test('that the file does not have, or that is not for signatures', async () => {
    const other = { existingField: { name: 'approver' } }
    expect(await pair.sign(approvalForm(), 0, other)).toEqual(refused('field-missing', 'approver'))
    const text = fieldForm({
      objects: { 10: `<<${approvalWidget} /FT /Tx /T (approval)>>` },
      fields: [10],
      annotations: [10],
    })
    expect(await pair.sign(text, 0, approval)).toEqual(refused('field-missing'))
  })

  test('that is signed', async () => {
    const signed = await pair.signed(approvalForm(), 0, approval)
    expect(await pair.sign(signed, 1, approval)).toEqual(refused('field-signed'))
  })

  test('that is read-only, by itself or by its parent', async () => {
    expect(await pair.sign(approvalForm('/Ff 1'), 0, approval)).toEqual(refused('field-locked'))
    const inheriting = fieldForm({
      objects: {
        10: '<</FT /Sig /T (form) /Ff 1 /Kids [11 0 R]>>',
        11: `<<${approvalWidget} /T (approval) /Parent 10 0 R>>`,
      },
      fields: [10],
      annotations: [11],
    })
    const name = 'form.approval'
    expect(await pair.sign(inheriting, 0, { existingField: { name } })).toEqual(refused('field-locked', name))
  })
})

/** A form with two signature fields and a text field; `lock` is the first one's. */
const twoApprovals = (lock: string): Uint8Array =>
  fieldForm({
    objects: {
      10: `<<${approvalWidget} /FT /Sig /T (approval) ${lock}>>`,
      11: `<<${approvalWidget.replace('300 100 540 180', '300 200 540 280')} /FT /Sig /T (receipt)>>`,
      12: '<</Type /Annot /Subtype /Widget /FT /Tx /T (amount) /Rect [100 600 300 620] /F 4 /P 3 0 R /DA (/Helv 12 Tf 0 g)>>',
    },
    fields: [10, 11, 12],
    annotations: [10, 11, 12],
  })

/** Fills the text field in as a program would that does not ask what is locked. */
function filled(bytes: Uint8Array): Uint8Array {
  const file = openFile(bytes)
  if (!file.ok) throw new Error(file.refusal.code)
  const revision = new Revision(file.value)
  const field = new Map(file.value.dictionary(referenceTo(12)))
  const look: PdfValue = {
    kind: 'stream',
    dictionary: new Map<string, PdfValue>([
      ['Type', { kind: 'name', name: 'XObject' }],
      ['Subtype', { kind: 'name', name: 'Form' }],
      ['BBox', [0, 0, 200, 20]],
      ['Resources', new Map([['Font', new Map([['Helv', referenceTo(6)]])]])],
    ]),
    encoded: Buffer.from('/Tx BMC q BT /Helv 12 Tf 0 g 2 5 Td (386,400) Tj ET Q EMC'),
  }
  const entries: [string, PdfValue][] = [
    ['V', textString('386,400')],
    ['AP', new Map([['N', revision.add(look)]])],
  ]
  revision.replace(referenceTo(12), new Map([...field, ...entries]))
  return withAppended(bytes, revision.write().appended)
}

describe('the lock of a field', () => {
  const parameters = (text: string): string | undefined =>
    /\/TransformMethod \/FieldMDP \/Data 1 0 R \/TransformParams <<([^>]*)>>/.exec(text)?.[1]

  test('goes into the signature as it is', async () => {
    const lock = '/Lock <</Type /SigFieldLock /Action /Include /Fields [(amount) (receipt)] /P 2>>'
    const bytes = await pair.signed(twoApprovals(lock), 0, approval)
    await expectSound(bytes, 2)
    expect(parameters(Buffer.from(bytes).toString('latin1'))).toBe(
      '/Type /TransformParams /Action /Include /Fields [(amount) (receipt)] /P 2 /V /1.2',
    )
  })

  test('forbids others to fill in the fields that it names, and no others', async () => {
    const including = '/Lock <</Type /SigFieldLock /Action /Include /Fields [(amount)]>>'
    const locked = await pair.signed(twoApprovals(including), 0, approval)
    expect((await pair.verify(filled(locked))).verdict).toBe('invalid')
    const receipt = { existingField: { name: 'receipt' } }
    const twice = await pair.signed(locked, 1, receipt)
    expect((await pair.verify(twice)).verdict).toBe('valid')
    expect(pair.byPdfsig(twice)).toMatchObject({ signatures: 2, valid: 2 })
    expect(pair.byMutool(twice)).toMatchObject({ signatures: 2, valid: 2 })

    const excluding = '/Lock <</Type /SigFieldLock /Action /Exclude /Fields [(amount)]>>'
    const open = await pair.signed(twoApprovals(excluding), 0, approval)
    expect((await pair.verify(filled(open))).verdict).toBe('valid')
    expect(await pair.sign(open, 1, receipt)).toEqual({
      ok: false,
      refusal: { code: 'field-locked', detail: { field: 'receipt' } },
    })
  })

  test('of all fields leaves no room for a new one that is seen', async () => {
    const bytes = await pair.signed(twoApprovals('/Lock <</Type /SigFieldLock /Action /All>>'), 0, approval)
    const block = { page: 1, place: { x: 50, y: 300, width: 200, height: 80 }, lines: ['รับทราบ'] }
    expect(await pair.sign(bytes, 1, { block })).toEqual({
      ok: false,
      refusal: { code: 'field-locked', detail: { field: 'Signature' } },
    })
    const unseen = await pair.signed(bytes, 1)
    expect((await pair.verify(unseen)).verdict).toBe('valid')
  })

  test.each(['/Action /All /P 1', '/P 1'])('may close the whole document: %s', async (entries) => {
    const lock = `/Lock <</Type /SigFieldLock ${entries}>>`
    const bytes = await pair.signed(twoApprovals(lock), 0, approval)
    await expectSound(bytes, 2)
    const mark = { name: 'stamp:1', page: 1, place: { x: 50, y: 500 }, lines: ['รับที่ ๑๒๓'], fontSize: 14 }
    const forbidden = { ok: false, refusal: { code: 'file-changes-forbidden' } }
    expect(await stamp(bytes, [mark])).toEqual(forbidden)
    expect(await pair.sign(bytes, 1)).toEqual(forbidden)
  })

  test('is written for a new field that asks for one', async () => {
    const lock = { action: 'Include', fields: ['amount'], permits: 2 } as const
    const bytes = await pair.signed(twoApprovals(''), 0, { lock })
    await expectSound(bytes, 3)
    const text = Buffer.from(bytes).toString('latin1')
    expect(text).toContain('/Lock <</Type /SigFieldLock /Action /Include /Fields [(amount)] /P 2>>')
    expect(parameters(text)).toBe('/Type /TransformParams /Action /Include /Fields [(amount)] /P 2 /V /1.2')
    expect((await pair.verify(filled(bytes))).verdict).toBe('invalid')
  })
})

test('place and contact are stated when they are given', async () => {
  const bytes = await pair.signed(approvalForm(), 0, {
    ...approval,
    location: 'กรุงเทพมหานคร',
    contactInfo: '0 2141 4000',
  })
  const { output } = pair.byPdfsig(bytes)
  expect(output).toContain('Signature is Valid.')
  const text = Buffer.from(bytes).toString('latin1')
  expect(text).toContain('/ContactInfo (0 2141 4000)')
  expect(text).toContain(`/Location <${Buffer.from(textString('กรุงเทพมหานคร').bytes).toString('hex')}>`)
})
