import { beforeAll, describe, expect, test } from 'vitest'
import { assertPrefix } from '../../src/pdf/append.ts'
import { inspect } from '../../src/pdf/inspect.ts'
import { findPlaces } from '../../src/pdf/places.ts'
import { embedSignature, type PreparedSignature, prepareSignature } from '../../src/pdf/signatureRevision.ts'
import { stamp, type TextMark } from '../../src/pdf/stamp.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import {
  chromiumLetter,
  encrypted,
  linearized,
  linearizedWithObjectStreams,
  memoFile,
  scanOf,
  turned,
  withJunkBefore,
  withObjectStreams,
  writerLetter,
} from '../support/pdf/forms.ts'
import { formFile, hybridFile, inheritingFile } from '../support/pdf/rawFile.ts'
import { judge } from '../support/pdf/tools.ts'

const number = '๕.๓๐/๑๒๔๗'
const day = '๑๖ กันยายน ๒๕๖๙'
const signer = 'นางสาวน้ำทิพย์ กตัญญูรู้คุณ'

const marks: TextMark[] = [
  { name: 'number', page: 1, place: { x: 130, y: 560 }, lines: [number], fontSize: 14 },
  { name: 'date', page: 1, place: { x: 130, y: 530 }, lines: [day], fontSize: 14 },
]

function accepted<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`)
  return outcome.value
}

const signing = (bytes: Uint8Array, fieldName: string, y: number): Promise<PreparedSignature> =>
  prepareSignature(bytes, {
    fieldName,
    signerName: signer,
    reason: 'ลงนาม',
    signedAt: new Date('2026-09-16T08:42:00Z'),
    marks: [],
    block: {
      page: 1,
      place: { x: 100, y, width: 210, height: 60 },
      lines: [`ลงลายมือชื่อดิจิทัลโดย ${signer}`, `${day} เวลา ๑๕.๔๒ น.`],
      qr: 'https://saraban.example/v/0199',
    },
  }).then(accepted)

/** Text without spaces and line ends: programs differ in how they set those. */
const packed = (text: string): string => text.replace(/\s+/g, '')

const makers: Record<string, () => Promise<Uint8Array> | Uint8Array> = {
  'a memo of our own': () => memoFile(),
  'a letter printed by Chromium': chromiumLetter,
  'a letter exported by LibreOffice Writer': writerLetter,
  'object and cross-reference streams': async () => withObjectStreams(await memoFile()),
  'a linearized file': async () => linearized(await memoFile()),
  'a linearized file with object streams': async () => linearizedWithObjectStreams(await memoFile()),
  'a scan': async () => scanOf(await memoFile()),
  'pages turned by 90°': async () => turned(await memoFile(), 90),
  'pages turned by 180°': async () => turned(await memoFile(), 180),
  'pages turned by 270°': async () => turned(await memoFile(), 270),
  'a cropped page': () => inheritingFile({ mediaBox: '-20 -30 700 900', cropBox: '30 20 600 800' }),
  'inherited boxes and resources, no annotations': () => inheritingFile(),
  'a form and a shared array of annotations': formFile,
  'a hybrid file': hybridFile,
  'bytes before the header': async () => withJunkBefore(await memoFile()),
}

describe.each(Object.keys(makers))('%s', (form) => {
  let original: Uint8Array
  let stamped: Uint8Array
  let once: PreparedSignature
  let twice: PreparedSignature

  beforeAll(async () => {
    original = await (makers[form]?.() ?? new Uint8Array())
    stamped = accepted(await stamp(original, marks))
    once = await signing(stamped, 'Signature', 260)
    accepted(embedSignature(once, Buffer.from('300401020304', 'hex')))
    twice = await signing(once.bytes, 'Signature', 180)
  })

  test('every revision begins with the bytes of the one before', () => {
    expect(() => assertPrefix(original, stamped)).not.toThrow()
    expect(() => assertPrefix(stamped, once.bytes)).not.toThrow()
    expect(() => assertPrefix(once.bytes, twice.bytes)).not.toThrow()
  })

  test('qpdf finds no more fault than it found in the original', async () => {
    const before = await judge(original, 'qpdf', '--check', 'IN')
    const after = await judge(twice.bytes, 'qpdf', '--check', 'IN')
    expect(after.status, after.output).toBe(before.status)
  })

  test('number, date and signer can be read by poppler and mupdf', async () => {
    const poppler = packed((await judge(twice.bytes, 'pdftotext', 'IN', '-')).output)
    const mupdf = packed((await judge(twice.bytes, 'mutool', 'draw', '-q', '-F', 'txt', 'IN')).output)
    for (const text of [number, day, signer]) {
      expect(poppler).toContain(packed(text))
      expect(mupdf).toContain(packed(text))
    }
  })

  test('both signatures and both marks are found again', async () => {
    const found = accepted(await inspect(twice.bytes))
    expect(found.signatures.map(({ fieldName }) => fieldName)).toEqual(['Signature', 'Signature-2'])
    expect(found.signatures[0]?.byteRange).toEqual(once.byteRange)
    expect(found.signatures[0]?.contents).toEqual(Buffer.from('300401020304', 'hex'))
    expect(found.signatures[1]?.contentsAt).toEqual(twice.byteRange.slice(1, 3))
    expect(found.signatures.every(({ page }) => page === 1)).toBe(true)
    expect(found.marks).toEqual([
      { name: 'number', text: number, page: 1 },
      { name: 'date', text: day, page: 1 },
    ])
  })

  test('pdfsig sees two signature fields with whole ranges', async () => {
    const { output } = await judge(twice.bytes, 'pdfsig', '-nocert', 'IN')
    expect(output.match(/Signature #\d+:/g)).toHaveLength(2)
    expect(output).toContain('ETSI.CAdES.detached')
  })

  test('places are proposed on the page', async () => {
    const places = accepted(await findPlaces(twice.bytes))
    const page = accepted(await inspect(original)).pages[places.block.page - 1]
    const { x, y, width, height } = places.block.place
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(page?.width ?? 0)
    expect(y + height).toBeLessThanOrEqual(page?.height ?? 0)
  })
})

test('a file that is locked with an owner password is refused, though anybody may open it', async () => {
  const locked = await encrypted(await memoFile())
  const refusal = { ok: false, refusal: { code: 'file-encrypted' } }
  expect(await inspect(locked)).toEqual(refusal)
  expect(await stamp(locked, marks)).toEqual(refusal)
  expect(await findPlaces(locked)).toEqual(refusal)
})
