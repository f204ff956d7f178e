import { createHash } from 'node:crypto'
import { PDFDocument } from '@cantoo/pdf-lib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { coveredBytes } from '../../src/pdf/signature/signatureDictionary.ts'
import {
  type ByteRange,
  embedSignature,
  type PreparedSignature,
} from '../../src/pdf/signature/signatureRevision.ts'
import { stamp } from '../../src/pdf/stamp.ts'
import { Revision, withAppended } from '../../src/pdf/structure/append.ts'
import { openFile, type PdfFile } from '../../src/pdf/structure/document.ts'
import { readPages } from '../../src/pdf/structure/pages.ts'
import { dictionaryOf, nameOf, type PdfValue, referenceTo } from '../../src/pdf/structure/values.ts'
import { assembleCms, signedAttributes } from '../../src/signing/cms/cades.ts'
import {
  contextTag,
  encode,
  readInside,
  readValue,
  readValues,
  sequence,
  setOf,
} from '../../src/signing/cms/der.ts'
import { checkSignedRevision } from '../../src/signing/signedRevision.ts'
import { beginSignature } from '../../src/signing/signPdf.ts'
import type { Reason } from '../../src/signing/verification/reasons.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import { judgeByOpenssl, judgeByPdfsig } from '../support/pki/judge.ts'
import { makeLetter } from '../support/pki/letters.ts'
import { createSigners, type Signers } from '../support/pki/signers.ts'

let signers: Signers
let letter: Uint8Array
/** The letter signed by the director. */
let signed: Uint8Array
let range: ByteRange

beforeAll(async () => {
  signers = createSigners([
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'rsa-2048' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'ec-p256' },
  ])
  letter = await makeLetter()
  const outcome = await signers.sign(letter, 0, {
    block: { page: 1, place: { x: 300, y: 100, width: 200, height: 80 }, lines: ['(นายสมชาย ใจดี)'] },
    // Room for what the attacks put in.
    contentsBytes: 16_384,
  })
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  signed = outcome.value
  const found = /\/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)/.exec(Buffer.from(signed).toString('latin1'))!
  range = found.slice(1).map(Number) as unknown as typeof range
})

afterAll(() => signers.close())

const verify = (bytes: Uint8Array) => verifyFile(bytes, { trust: [signers.root] })

async function expectInvalid(bytes: Uint8Array, reason: Reason) {
  const verification = await verify(bytes)
  expect(verification.verdict).toBe('invalid')
  expect(verification.signatures[0]?.reasons).toContain(reason)
  return verification
}

/** Appends a revision the way an attacker would. */
function append(bytes: Uint8Array, edit: (revision: Revision, file: PdfFile) => void): Uint8Array {
  const file = openFile(bytes)
  if (!file.ok) throw new Error(file.refusal.code)
  const revision = new Revision(file.value)
  edit(revision, file.value)
  return withAppended(bytes, revision.write().appended)
}

const stream = (text: string, entries: Record<string, PdfValue> = {}): PdfValue => ({
  kind: 'stream',
  dictionary: dictionaryOf(entries),
  encoded: Buffer.from(text, 'latin1'),
})

/** A form that paints text over a white ground. */
const paintedForm = (text: string): PdfValue =>
  stream(`1 g 0 0 400 40 re f 0 g BT /F 16 Tf 2 10 Td (${text}) Tj ET`, {
    Type: nameOf('XObject'),
    Subtype: nameOf('Form'),
    BBox: [0, 0, 400, 40],
  })

test('the letter that is attacked is valid at first', async () => {
  expect(await verify(signed)).toMatchObject({ verdict: 'valid' })
})

describe('the signed bytes', () => {
  test('a changed byte of the letter', async () => {
    const bytes = Uint8Array.from(signed)
    bytes[200]! ^= 1
    const verification = await expectInvalid(bytes, 'digest-mismatch')
    expect(verification.signatures[0]).toMatchObject({ digestOk: false, signatureOk: true })
  })

  test('a changed byte after the signature', async () => {
    const bytes = Uint8Array.from(signed)
    bytes[range[2] + 20]! ^= 1
    expect((await verify(bytes)).verdict).not.toBe('valid')
  })

  test('overwritten /Contents', async () => {
    const bytes = Uint8Array.from(signed)
    bytes.fill('41'.charCodeAt(0), range[1] + 1, range[1] + 400)
    await expectInvalid(bytes, 'cms-unreadable')
  })

  test('an emptied /Contents', async () => {
    const bytes = Uint8Array.from(signed)
    bytes.fill('0'.charCodeAt(0), range[1] + 1, range[2] - 1)
    await expectInvalid(bytes, 'universal-forgery')
  })
})

describe('what is left out of the signature or follows it', () => {
  test('may not be used to carry something', async () => {
    const bytes = Uint8Array.from(signed)
    bytes.set(Buffer.from('deadbeef'), range[2] - 40)
    await expectInvalid(bytes, 'range-spoofed')
  })

  test('may be a line end, but nothing that is no revision', async () => {
    const followedBy = (text: string) => Buffer.concat([signed, Buffer.from(text)])
    expect(await verify(followedBy('\r\n'))).toMatchObject({
      verdict: 'valid',
      signatures: [{ laterChanges: 'none' }],
    })
    await expectInvalid(followedBy('\n1 0 obj\n<<>>\nendobj\n'), 'change-unexplained')
  })
})

describe('the byte range', () => {
  /** Signs a file whose byte range an attacker chose: the CMS is sound over just these bytes. */
  async function signRange(change: (range: ByteRange) => ByteRange) {
    const begun = await beginSignature(letter, plain, signers.certificate(0))
    if (!begun.ok) throw new Error(begun.refusal.code)
    const prepared: PreparedSignature = begun.value.prepared
    const changed = change(prepared.byteRange)
    const text = `[${changed.join(' ')}`
    const at = Buffer.from(prepared.appended).indexOf(`[${prepared.byteRange.join(' ')}`)
    prepared.appended.set(Buffer.from(text.padEnd(44, ' '), 'latin1'), at)
    return await resign({ ...prepared, byteRange: changed }, prepared)
  }
  const plain = { fieldName: 'S', signerName: 'ก', reason: 'ข', signedAt: new Date(), marks: [] }

  async function resign(covered: PreparedSignature, target: PreparedSignature): Promise<Uint8Array> {
    const hash = createHash('sha256')
    for (const part of coveredBytes(withAppended(letter, covered.appended), covered.byteRange))
      hash.update(part)
    const cms = await cmsOver(hash.digest())
    const embedded = embedSignature(target, cms)
    if (!embedded.ok) throw new Error(embedded.refusal.code)
    return withAppended(letter, embedded.value)
  }

  test('leaves a gap that is wider than /Contents', async () => {
    const bytes = await signRange(([start, before, after, length]) => [
      start,
      before,
      after + 20,
      length - 20,
    ])
    await expectInvalid(bytes, 'range-spoofed')
    const file = signers.save('wide-gap.pdf', bytes)
    expect(judgeByOpenssl(file, signers.pki.root.certificatePem)).toMatchObject({ signatures: 1, valid: 1 })
  })

  test('begins after the start of the file', async () => {
    await expectInvalid(
      await signRange(([, before, after, length]) => [9, before - 9, after, length]),
      'range-spoofed',
    )
  })

  test('ends before the end of its revision', async () => {
    await expectInvalid(
      await signRange(([start, before, after, length]) => [start, before, after, length - 9]),
      'range-spoofed',
    )
  })

  test('goes beyond the end of the file', async () => {
    await expectInvalid(
      await signRange(([start, before, after, length]) => [start, before, after, length + 9]),
      'universal-forgery',
    )
  })

  test('is that of another signature: the signed parts stay, the dictionary moves', async () => {
    const contents = Buffer.from(signed.subarray(range[1] + 1, range[2] - 1)).toString('latin1')
    const bytes = append(signed, (revision, file) => {
      const number = signatureNumber(file)
      const text = `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[${range.join(' ')}]/Contents<${contents}>>>`
      revision.replace(referenceTo(number), { kind: 'verbatim', text })
      replaceContent(revision, file, 'Pay 9,000,000 baht')
    })
    await expectInvalid(bytes, 'signature-wrapping')
  })
})

function signatureNumber(file: PdfFile): number {
  const found = [...file.crossReference.places.numbers()].find(
    (number) => file.dictionary(referenceTo(number))?.has('ByteRange') === true,
  )
  return found!
}

function replaceContent(revision: Revision, file: PdfFile, text: string): void {
  const page = readPages(file)[0]!
  const contents = revision.add(stream(`BT /F 16 Tf 72 700 Td (${text}) Tj ET`))
  revision.replace(page.reference, new Map(page.dictionary).set('Contents', contents))
}

describe('changes after signing', () => {
  test('text drawn over the page by another program, which others still call valid', async () => {
    const document = await PDFDocument.load(signed, { forIncrementalUpdate: true })
    document.getPage(0).drawText('Pay 9,000,000 baht', { x: 72, y: 650, size: 16 })
    const bytes = await document.save({ useObjectStreams: false })
    expect(Buffer.compare(bytes.subarray(0, signed.length), signed)).toBe(0)
    const verification = await expectInvalid(bytes, 'incremental-saving')
    expect(verification.signatures[0]).toMatchObject({
      digestOk: true,
      signatureOk: true,
      laterChanges: 'suspicious',
    })
    const judged = judgeByPdfsig(signers.save('drawn.pdf', bytes), signers.nssDirectory)
    expect(judged).toMatchObject({ signatures: 1, valid: 1 })
  })

  /** The signature's own block; what else may be attacked stands in signing-attack-classes.test.ts. */
  const attacks: Record<string, [Reason, (revision: Revision, file: PdfFile) => void]> = {
    'the look of the signature block is replaced': [
      'annotation-changed',
      (revision, file) => {
        const widget = widgetOf(file)
        const appearance = dictionaryOf({ N: revision.add(paintedForm('another name')) })
        revision.replace(widget, new Map(file.dictionary(widget)!).set('AP', appearance))
      },
    ],
    'the signature’s own form object is replaced': [
      'annotation-changed',
      (revision, file) => {
        const look = file.dictionary(file.dictionary(widgetOf(file))!.get('AP'))!.get('N')
        revision.replace(look as ReturnType<typeof referenceTo>, paintedForm('another name'))
      },
    ],
    'the signature block is taken off the page': [
      'shadow-hide',
      (revision, file) => {
        const page = readPages(file)[0]!
        revision.replace(page.reference, new Map(page.dictionary).set('Annots', []))
      },
    ],
  }

  test.each(Object.entries(attacks))('%s', async (_, [name, edit]) => {
    const verification = await expectInvalid(append(signed, edit), name)
    expect(verification.signatures[0]?.laterChanges).toBe('suspicious')
  })

  test('an object that the signed letter names but lacks is supplied later', async () => {
    const trap = append(letter, (revision, file) => {
      const page = readPages(file)[0]!
      const missing = referenceTo(900)
      const resources = new Map(file.dictionary(page.dictionary.get('Resources'))!)
      resources.set('XObject', dictionaryOf({ Fm: missing }))
      revision.replace(page.reference, new Map(page.dictionary).set('Resources', resources))
    })
    const outcome = await signers.sign(trap, 0)
    if (!outcome.ok) throw new Error(outcome.refusal.code)
    expect((await verify(outcome.value)).verdict).toBe('valid')
    const sprung = append(outcome.value, (revision) =>
      revision.replace(referenceTo(900), paintedForm('9,000,000')),
    )
    await expectInvalid(sprung, 'shadow-hide-and-replace')
  })

  test('page content that poses as metadata when it is signed is replaced later', async () => {
    const trap = append(letter, (revision, file) => {
      const [contents] = file.array(readPages(file)[0]!.dictionary.get('Contents'))!
      revision.replace(file.root, new Map(file.catalog).set('Metadata', contents!))
    })
    const outcome = await signers.sign(trap, 0)
    if (!outcome.ok) throw new Error(outcome.refusal.code)
    const sprung = append(outcome.value, (revision, file) =>
      revision.replace(file.catalog.get('Metadata') as ReturnType<typeof referenceTo>, stream('BT ET')),
    )
    await expectInvalid(sprung, 'shadow-hide-and-replace')
  })

  describe('a mark on the page', () => {
    const mark = (revision: Revision, file: PdfFile, y: number) =>
      addAnnotation(
        revision,
        file,
        dictionaryOf({
          Subtype: nameOf('FreeText'),
          F: 4,
          Rect: [70, y, 470, y + 40],
          AP: dictionaryOf({ N: revision.add(paintedForm('Pay 9,000,000 baht')) }),
        }),
      )

    test('that hides signed text makes the signature invalid', async () => {
      await expectInvalid(
        append(signed, (revision, file) => mark(revision, file, 690)),
        'evil-annotation',
      )
    })

    test('beside the signed text leaves it valid', async () => {
      const verification = await verify(append(signed, (revision, file) => mark(revision, file, 400)))
      expect(verification).toMatchObject({ verdict: 'valid', signatures: [{ laterChanges: 'permitted' }] })
    })

    test('that hides signed text is the next signer’s to answer for', async () => {
      const hidden = append(signed, (revision, file) => mark(revision, file, 690))
      const outcome = await signers.sign(hidden, 1)
      if (!outcome.ok) throw new Error(outcome.refusal.code)
      expect((await verify(outcome.value)).signatures).toMatchObject([
        { reasons: expect.arrayContaining(['marks-after-signing']) },
        { coverage: 'whole-file', verdict: 'valid' },
      ])
    })
  })

  test('a change between two signatures shows at the first', async () => {
    const changed = append(signed, (revision, file) => replaceContent(revision, file, 'Pay 9,000,000 baht'))
    const outcome = await signers.sign(changed, 1)
    if (!outcome.ok) throw new Error(outcome.refusal.code)
    const verification = await expectInvalid(outcome.value, 'incremental-saving')
    expect(verification.signatures.map(({ verdict }) => verdict)).toEqual(['invalid', 'valid'])
    const check = await checkSignedRevision({ base: signed, revision: outcome.value, trust: [signers.root] })
    expect(check).toMatchObject({ ok: false, refusal: { code: 'signature-invalid' } })
  })
})

function widgetOf(file: PdfFile): ReturnType<typeof referenceTo> {
  const [widget] = file.array(readPages(file)[0]!.dictionary.get('Annots'))!
  return widget as ReturnType<typeof referenceTo>
}

function addAnnotation(revision: Revision, file: PdfFile, annotation: PdfValue): void {
  const page = readPages(file)[0]!
  const annotations = [...(file.array(page.dictionary.get('Annots')) ?? []), revision.add(annotation)]
  revision.replace(page.reference, new Map(page.dictionary).set('Annots', annotations))
}

/** A sound CMS by the director over the digest. */
async function cmsOver(digest: Uint8Array, named = signers.certificate(0)): Promise<Uint8Array> {
  const certificate = signers.certificate(0)
  const attributes = signedAttributes({ digest, certificate: named })
  const signature = await signers.signAttributes(attributes, 0)
  return assembleCms({ attributes, signature, certificate, chain: signers.chain })
}

describe('the CMS', () => {
  /** Puts another CMS into the signed letter. */
  function replaceCms(cms: Uint8Array): Uint8Array {
    const bytes = Uint8Array.from(signed)
    const hex = Buffer.from(cms)
      .toString('hex')
      .padEnd(range[2] - range[1] - 2, '0')
    bytes.set(Buffer.from(hex, 'latin1'), range[1] + 1)
    return bytes
  }

  const digestOfLetter = (): Uint8Array => {
    const hash = createHash('sha256')
    for (const part of coveredBytes(signed, range)) hash.update(part)
    return hash.digest()
  }

  /** Takes the SignedData apart, lets the parts be changed, and puts it together again. */
  function rebuilt(cms: Uint8Array, change: (parts: Uint8Array[]) => Uint8Array[]): Uint8Array {
    const [type, holder] = readInside(readValue(cms))
    const parts = readInside(readValues(holder!.content)[0]).map(({ whole }) => whole)
    return sequence(type!.whole, encode(contextTag(0), sequence(...change(parts))))
  }

  test('with two signers', async () => {
    const cms = rebuilt(await cmsOver(digestOfLetter()), (parts) => {
      const [signer] = readInside(readValue(parts.at(-1)!), 0x31)
      return [...parts.slice(0, -1), setOf(signer!.whole, signer!.whole)]
    })
    await expectInvalid(replaceCms(cms), 'signer-count')
  })

  test('that names another certificate than the one it holds', async () => {
    const cms = await cmsOver(digestOfLetter(), signers.certificate(1))
    await expectInvalid(replaceCms(cms), 'certificate-swapped')
  })

  test('whose certificate was exchanged for another person’s', async () => {
    const other = signers.certificate(1)
    const cms = rebuilt(await cmsOver(digestOfLetter()), (parts) =>
      parts.map((part) => (part[0] === contextTag(0) ? encode(contextTag(0), other.der) : part)),
    )
    await expectInvalid(replaceCms(cms), 'certificate-missing')
  })

  test('that was made for another letter', async () => {
    await expectInvalid(
      replaceCms(await cmsOver(createHash('sha256').update('อื่น').digest())),
      'digest-mismatch',
    )
  })

  test('whose signature value is another', async () => {
    const certificate = signers.certificate(0)
    const attributes = signedAttributes({ digest: digestOfLetter(), certificate })
    const signature = Uint8Array.from({ length: 256 }, () => 7)
    const cms = assembleCms({ attributes, signature, certificate, chain: signers.chain })
    const verification = await expectInvalid(replaceCms(cms), 'signature-mismatch')
    expect(verification.signatures[0]).toMatchObject({ digestOk: true, signatureOk: false })
  })

  test('that is cut short or filled with noise never does more than be unreadable', async () => {
    const cms = await cmsOver(digestOfLetter())
    for (const length of [0, 1, 2, 10, 100, cms.length - 1]) {
      expect((await verify(replaceCms(cms.subarray(0, length)))).verdict).toBe('invalid')
    }
    for (let at = 4; at < cms.length; at += 37) {
      const noisy = Uint8Array.from(cms)
      noisy[at]! ^= 0xff
      expect((await verify(replaceCms(noisy))).verdict).not.toBe('unreadable')
    }
  })
})

test('a stamp that others may add stays permitted beside all this', async () => {
  const place = { x: 380, y: 780, width: 160, height: 50 }
  const stamped = await stamp(signed, [{ name: 'stamp:1', page: 1, place, lines: ['รับที่ ๑๒๓'], fontSize: 14 }])
  expect(stamped.ok && (await verify(stamped.value)).verdict).toBe('valid')
})
