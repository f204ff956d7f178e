import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readAnnotations } from '../../src/pdf/annotations.ts'
import { assertPrefix } from '../../src/pdf/append.ts'
import { openFile } from '../../src/pdf/document.ts'
import { type Rectangle, shownSize } from '../../src/pdf/geometry.ts'
import { inspect } from '../../src/pdf/inspect.ts'
import { readPages } from '../../src/pdf/pages.ts'
import { findPlaces, type Places } from '../../src/pdf/places.ts'
import { stamp, type TextMark } from '../../src/pdf/stamp.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { checkSignedRevision } from '../../src/signing/signedRevision.ts'
import { stampPdf } from '../../src/signing/stampPdf.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import * as form from '../support/pdf/forms.ts'
import * as odd from '../support/pdf/oddForms.ts'
import { wordExports } from '../support/pdf/officeForms.ts'
import { formFile, hybridFile, inheritingFile } from '../support/pdf/rawFile.ts'
import { drawPage, judge, tool } from '../support/pdf/tools.ts'
import { createTestPki, type TestPki } from '../support/pki/authority.ts'
import { signWithKey } from '../support/pki/keys.ts'
import { createNssDatabase, importSigner } from '../support/pki/nss.ts'
import { mustRun } from '../support/pki/run.ts'

const number = 'สปสช ๕.๓๐/๑๒๔๗'
const day = '๑๖ กันยายน ๒๕๖๙'
const people = ['นางสาวน้ำทิพย์ กตัญญูรู้คุณ', 'นายปรีชา วงศ์สาม'] as const
const a4 = '0 0 595.32 841.92'

const folder = mkdtempSync(join(tmpdir(), 'matrix-'))
let pki: TestPki
let nss: string
let exports: Uint8Array[]

beforeAll(async () => {
  pki = createTestPki(join(folder, 'pki'), [
    { name: people[0], email: 'namthip@nhso.example', key: 'rsa-2048' },
    { name: people[1], email: 'preecha@nhso.example', key: 'ec-p256' },
  ])
  nss = createNssDatabase(join(folder, 'nss'), pki.root.certificatePem)
  importSigner(nss, pki.people[0]!, 'first')
  mustRun('certutil', [
    ...['-A', '-d', `sql:${nss}`, '-n', 'issuing', '-t', ',,'],
    '-i',
    pki.issuing.certificatePem,
  ])
  exports = await wordExports([
    { version: 1 },
    { version: 2 },
    { version: 3 },
    { version: 15, tagged: false },
    { version: 17, bookmarks: true },
  ])
}, 90_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function accepted<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok)
    throw new Error(`refused: ${outcome.refusal.code} ${JSON.stringify(outcome.refusal.detail)}`)
  return outcome.value
}

/** Poppler signs a file before we do. */
async function signedByPoppler(bytes: Uint8Array): Promise<Uint8Array> {
  const [from, to] = [join(folder, 'plain.pdf'), join(folder, 'poppler.pdf')]
  writeFileSync(from, bytes)
  const options = ['-add-signature', '-nick', 'first', '-nss-pwd', '', '-nssdir', nss]
  const { status, output } = await tool('pdfsig', from, to, ...options)
  if (status !== 0) throw new Error(output)
  return new Uint8Array(readFileSync(to))
}

const makers: Record<string, () => Promise<Uint8Array> | Uint8Array> = {
  'a memo of our own': () => form.memoFile(),
  'a letter printed by Chromium': form.chromiumLetter,
  'a letter exported by LibreOffice Writer': form.writerLetter,
  'object and cross-reference streams': async () => form.withObjectStreams(await form.memoFile()),
  'a linearized file': async () => form.linearized(await form.memoFile()),
  'a linearized file with object streams': async () =>
    form.linearizedWithObjectStreams(await form.memoFile()),
  'a scan': async () => form.scanOf(await form.memoFile()),
  'a scan packed as a fax': async () => form.faxOf(await form.memoFile()),
  'pages turned by 90°': async () => form.turned(await form.memoFile(), 90),
  'pages turned by 180°': async () => form.turned(await form.memoFile(), 180),
  'pages turned by 270°': async () => form.turned(await form.memoFile(), 270),
  'a cropped page': () => inheritingFile({ mediaBox: '-20 -30 700 900', cropBox: '30 20 600 800' }),
  'inherited boxes and resources, no annotations': () => inheritingFile(),
  'an inherited turn': () => inheritingFile({ rotate: 270 }),
  'a form and a shared array of annotations': formFile,
  'a hybrid file': hybridFile,
  'bytes before the header': async () => form.withJunkBefore(await form.memoFile()),
  'a letter as Word writes it': odd.wordLetter,
  'the same in object streams': () => form.withObjectStreams(odd.wordLetter()),
  'tagged PDF/A-1b': () => exports[0]!,
  'tagged PDF/A-2b': () => exports[1]!,
  'tagged PDF/A-3b': () => exports[2]!,
  'PDF 1.5': () => exports[3]!,
  'tagged PDF 1.7 with bookmarks': () => exports[4]!,
  'PDF 2.0 in its header': () => odd.version2(odd.boxed(a4)),
  'outlines and page labels': odd.outlined,
  'a hundred pages': odd.manyPages,
  'links in an array of their own': odd.linked,
  'a field that waits for a signature': odd.waitingField,
  'fields that readers may draw anew': () => odd.needingAppearances(true),
  'an attachment': odd.withAttachment,
  'values of every kind': odd.oddValues,
  'a file that poppler signed': async () => signedByPoppler(await form.memoFile()),
  'a page on its side': () => odd.boxed('0 0 841.89 595.28'),
  'a page of A5': () => odd.boxed('0 0 419.53 595.28'),
  'a page of A0': () => odd.boxed('0 0 2383.94 3370.39'),
  'an origin below zero': () => odd.boxed('-300.5 -421.25 294.78 420.64'),
  'units of two points': () => odd.boxed('0 0 297.66 420.96', '/UserUnit 2'),
  'a revision appended by mutool': async () => form.updatedByMutool(await form.memoFile()),
  'a revision appended to object streams': async () =>
    form.updatedByMutool(await form.withObjectStreams(await form.memoFile())),
  'bytes after the end': async () => odd.withJunkAfter(await form.memoFile()),
  'line ends of one carriage return': () => odd.carriageReturns(odd.linked()),
  'a wrong list of free objects': odd.brokenFreeList,
}

/** What a signer's office does with a letter: number and date, then two signatures, the second by another. */
interface Story {
  readonly original: Uint8Array
  readonly numbered: Uint8Array
  readonly once: Uint8Array
  readonly twice: Uint8Array
  readonly first: Places
  readonly second: Places
}

const marksAt = ({ number: forNumber, date }: Places): TextMark[] => [
  { name: 'number', ...forNumber, lines: [number] },
  { name: 'date', ...date, lines: [day] },
]

const blockAt = ({ block }: Places, name: string) => ({
  ...block,
  lines: [name, 'ผู้อำนวยการสำนักบริหารงบกองทุน', `ลงนาม ${day} ๑๕.๔๒ น.`],
  qr: 'https://saraban.example/v/0199',
})

async function tell(original: Uint8Array): Promise<Story> {
  const first = accepted(await findPlaces(original))
  const numbered = accepted(await stamp(original, marksAt(first)))
  const once = accepted(await signWithKey(pki, 0, numbered, { block: blockAt(first, people[0]) }))
  const second = accepted(await findPlaces(once))
  const twice = accepted(await signWithKey(pki, 1, once, { block: blockAt(second, people[1]) }))
  return { original, numbered, once, twice, first, second }
}

const packed = (text: string): string => text.replace(/\s+/g, '')
const trust = (): Uint8Array[] => [readFileSync(pki.root.certificatePem)]
/** mupdf cuts off what precedes the header, and then looks for the signed range at the wrong place. */
const unreadableForMupdf = ['bytes before the header']
const signaturesBefore = (name: string): number => (name === 'a file that poppler signed' ? 1 : 0)

describe.each(Object.keys(makers))('%s', (name) => {
  let story: Story

  beforeAll(async () => {
    story = await tell(await makers[name]!())
  }, 60_000)

  test('every revision keeps the bytes of the one before, and the server accepts it', async () => {
    const { original, numbered, once, twice } = story
    assertPrefix(original, numbered)
    const first = await checkSignedRevision({ base: original, revision: once, trust: trust() })
    expect(first).toMatchObject({ ok: true, value: { marks: [{ text: number }, { text: day }] } })
    expect(await checkSignedRevision({ base: numbered, revision: once, trust: trust() })).toMatchObject({
      ok: true,
    })
    const second = await checkSignedRevision({ base: once, revision: twice, trust: trust() })
    expect(second).toMatchObject({ ok: true, value: { signer: { commonName: people[1] } } })
  })

  test('both signatures are valid here and for poppler, and intact for mupdf', async () => {
    const { twice } = story
    const all = 2 + signaturesBefore(name)
    const verification = await verifyFile(twice, { trust: trust() })
    expect(verification).toMatchObject({ verdict: 'valid' })
    const fields = verification.signatures.map(({ field }) => field)
    expect(fields).toHaveLength(all)
    expect(fields.slice(-2)).toEqual(['Signature', 'Signature-2'])
    const [poppler, mupdf] = await Promise.all([
      judge(twice, 'pdfsig', '-nssdir', nss, 'IN'),
      judge(twice, 'mutool', 'sign', '-v', 'IN'),
    ])
    expect(poppler.output.match(/Signature is Valid\./g), poppler.output).toHaveLength(all)
    expect(poppler.output.match(/Certificate is Trusted\./g)).toHaveLength(all)
    const intact = mupdf.output.match(/unchanged since signing|signature is valid but/g)
    if (!unreadableForMupdf.includes(name)) expect(intact, mupdf.output).toHaveLength(all)
  })

  test('the receive stamp of another office leaves both signatures valid', async () => {
    const { twice } = story
    const { block } = accepted(await findPlaces(twice))
    const received = ['สำนักงานหลักประกันสุขภาพแห่งชาติ เขต ๗', `รับที่ ๑๒๓ วันที่ ${day}`]
    const mark = { name: 'stamp:1', ...block, lines: received, fontSize: 12, frame: true }
    const stamped = accepted(await stampPdf(twice, [mark]))
    const verification = await verifyFile(stamped, { trust: trust() })
    expect(verification.verdict).toBe('valid')
    expect(verification.signatures.at(-1)).toMatchObject({
      coverage: 'whole-revision',
      laterChanges: 'permitted',
    })
    const poppler = await judge(stamped, 'pdfsig', '-nssdir', nss, 'IN')
    expect(poppler.output.match(/Signature is Valid\./g)).toHaveLength(2 + signaturesBefore(name))
  })

  test('qpdf finds no more fault than before, and poppler and mupdf read number, date and names', async () => {
    const { original, twice } = story
    const [before, after, poppler, mupdf] = await Promise.all([
      judge(original, 'qpdf', '--check', 'IN'),
      judge(twice, 'qpdf', '--check', 'IN'),
      judge(twice, 'pdftotext', 'IN', '-'),
      judge(twice, 'mutool', 'draw', '-q', '-F', 'txt', 'IN'),
    ])
    expect(after.status, after.output).toBe(before.status)
    for (const text of [number, day, ...people]) {
      expect(packed(poppler.output)).toContain(packed(text))
      expect(packed(mupdf.output)).toContain(packed(text))
    }
  })

  test('what was added stands on the page, in its place, and over no ink', async () => {
    const { original, twice } = story
    const file = accepted(openFile(twice))
    const pages = readPages(file)
    const own = accepted(await inspect(original)).pages
    const old = new Set(
      readAnnotations(accepted(openFile(original)), pages).map((annotation) => annotation.number),
    )
    const added = readAnnotations(file, pages).filter((annotation) => !old.has(annotation.number))
    expect(added).toHaveLength(4)
    for (const page of new Set(added.map((annotation) => annotation.page))) {
      const shown = shownSize(pages[page - 1]!)
      expect(shown.width).toBe(own[page - 1]!.width)
      const places = added.filter((annotation) => annotation.page === page).map(({ place }) => place)
      for (const [index, place] of places.entries()) {
        expect(Math.min(place.x, place.y)).toBeGreaterThanOrEqual(-0.01)
        expect(place.x + place.width).toBeLessThanOrEqual(shown.width + 0.01)
        expect(place.y + place.height).toBeLessThanOrEqual(shown.height + 0.01)
        // Lines of text have room for ปู่ and ฏุ, so that one line's room reaches into the next.
        for (const other of places.slice(index + 1))
          expect(overlap(place, other) / (place.width * place.height)).toBeLessThan(0.3)
      }
      const { outside, covered } = await compare(original, twice, page, places, shown)
      expect(outside).toBe(0)
      expect(covered).toBeLessThan(40)
    }
  })
})

const overlap = (one: Rectangle, other: Rectangle): number =>
  Math.max(0, Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)) *
  Math.max(0, Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y))

/** Pixels that changed outside all places, and pixels within them that were inked before and changed. */
async function compare(
  before: Uint8Array,
  after: Uint8Array,
  page: number,
  places: readonly Rectangle[],
  shown: { readonly width: number; readonly height: number },
): Promise<{ outside: number; covered: number }> {
  const [one, other] = await Promise.all([drawPage(before, page, 50), drawPage(after, page, 50)])
  expect([other.width, other.height]).toEqual([one.width, one.height])
  const perPoint = one.width / shown.width
  let outside = 0
  let covered = 0
  for (let at = 0; at < one.pixels.length; at++) {
    const [was, is] = [one.pixels[at] ?? 0, other.pixels[at] ?? 0]
    if (Math.abs(was - is) < 16) continue
    const x = (at % one.width) / perPoint
    const y = shown.height - Math.floor(at / one.width) / perPoint
    const slack = 1.5 / perPoint
    const inside = places.some(
      (place) =>
        x > place.x - slack &&
        x < place.x + place.width + slack &&
        y > place.y - slack &&
        y < place.y + place.height + slack,
    )
    if (!inside) outside++
    else if (was < 160) covered++
  }
  return { outside, covered }
}

describe('what cannot be appended to is refused', () => {
  const refused = async (bytes: Uint8Array): Promise<unknown[]> => {
    const mark = { name: 'number', page: 1, place: { x: 60, y: 60 }, lines: ['๑'], fontSize: 12 }
    const outcomes = [await stamp(bytes, [mark]), await signWithKey(pki, 0, bytes)]
    return outcomes.map((outcome) => (outcome.ok ? 'accepted' : outcome.refusal.code))
  }

  test.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    [
      'a file that is locked, though anybody may open it',
      async () => form.encrypted(await form.memoFile()),
      'file-encrypted',
    ],
    ['an XFA form, whose pages other readers do not show', odd.xfaForm, 'file-form-unsettled'],
    ['a wrong startxref', () => odd.wrongStart(3), 'file-damaged'],
    ['a startxref before its section', () => odd.wrongStart(-7), 'file-damaged'],
  ])('%s', async (_, make, code) => {
    const bytes = await make()
    expect(await refused(bytes)).toEqual([code, code])
    if (code !== 'file-form-unsettled')
      expect(await findPlaces(bytes)).toEqual({ ok: false, refusal: { code } })
  })

  test.each<[string, () => Uint8Array]>([
    ['names an object that it may get by what is appended', odd.danglingReference],
    ['has an object that cannot be read', odd.unreadableObject],
  ])('a file that %s is not signed, for nobody could tell later additions from changes', async (_, make) => {
    expect(await refused(make())).toEqual(['accepted', 'file-damaged'])
  })

  test('a form whose filled fields every reader draws for itself is not signed', async () => {
    expect(await refused(odd.needingAppearances(false))).toEqual(['accepted', 'file-form-unsettled'])
  })
})
