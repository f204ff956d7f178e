import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import {
  addToSecurityStore,
  readSecurityStore,
  type StoreAdditions,
} from '../../src/pdf/signature/securityStore.ts'
import { Revision, withAppended } from '../../src/pdf/structure/append.ts'
import { openFile, type PdfFile } from '../../src/pdf/structure/document.ts'
import {
  dictionaryOf,
  nameOf,
  type PdfReference,
  type PdfValue,
  referenceTo,
  textString,
} from '../../src/pdf/structure/values.ts'
import { isSoundForQpdf } from '../support/pki/judge.ts'
import { makeLetter } from '../support/pki/letters.ts'

const directory = mkdtempSync(join(tmpdir(), 'store-'))
let letter: Uint8Array

beforeAll(async () => {
  letter = await makeLetter()
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

const certificate = Buffer.from('a certificate, whatever is in it')
const answer = Buffer.from('an OCSP answer')
const list = Buffer.from('a CRL '.repeat(500))
const additions = (more: Partial<StoreAdditions> = {}): StoreAdditions => ({
  certificates: [certificate],
  ocsps: [answer],
  crls: [list],
  signatures: new Map([['A1', { certificates: [certificate], ocsps: [answer], crls: [] }]]),
  ...more,
})

function opened(bytes: Uint8Array): PdfFile {
  const file = openFile(bytes)
  if (!file.ok) throw new Error(file.refusal.code)
  return file.value
}

const changed = (bytes: Uint8Array, change: (revision: Revision) => void): Uint8Array => {
  const revision = new Revision(opened(bytes))
  change(revision)
  return withAppended(bytes, revision.write().appended)
}

const grown = (bytes: Uint8Array, more?: Partial<StoreAdditions>): Uint8Array =>
  changed(bytes, (revision) => expect(addToSecurityStore(revision, additions(more))).toBe(true))

/** A file whose store somebody else made, in `shape`. */
const withStore = (shape: (stored: (bytes: Uint8Array) => PdfReference, revision: Revision) => PdfValue) =>
  changed(letter, (revision) => {
    const stored = (bytes: Uint8Array) =>
      revision.add({ kind: 'stream', dictionary: dictionaryOf({}), encoded: bytes })
    const { root, catalog } = revision.file
    revision.replace(root, new Map(catalog).set('DSS', shape(stored, revision)))
  })

const storeOf = (bytes: Uint8Array) => {
  const store = readSecurityStore(opened(bytes))!
  const texts = (all: readonly Uint8Array[]) => all.map((one) => Buffer.from(one).toString())
  return {
    certificates: texts(store.certificates),
    ocsps: texts(store.ocsps),
    crls: texts(store.crls).map((text) => text.slice(0, 5)),
  }
}

const whole = { certificates: [certificate.toString()], ocsps: [answer.toString()], crls: ['a CRL'] }

describe('a security store', () => {
  test('is made where there is none, is sound for qpdf, and takes nothing twice', () => {
    const bytes = grown(letter)
    expect(storeOf(bytes)).toEqual(whole)
    const path = join(directory, 'made.pdf')
    writeFileSync(path, bytes)
    expect(isSoundForQpdf(path)).toBe(true)
    expect(bytes.length - letter.length).toBeLessThan(list.length)
    const again = new Revision(opened(bytes))
    expect(addToSecurityStore(again, additions())).toBe(false)
    const { catalog } = opened(bytes)
    expect(opened(bytes).dictionary(catalog.get('Extensions'))?.has('ESIC')).toBe(true)
  })

  const others: Record<string, Parameters<typeof withStore>[0]> = {
    'in the catalog itself': (stored) =>
      dictionaryOf({ Certs: [stored(Buffer.from('old'))], VRI: dictionaryOf({ B2: dictionaryOf({}) }) }),
    'whose arrays are objects of their own': (stored, revision) =>
      revision.add(
        dictionaryOf({
          Certs: revision.add([stored(Buffer.from('old'))]),
          VRI: revision.add(
            dictionaryOf({ B2: revision.add(dictionaryOf({ TU: textString('D:20260101') })) }),
          ),
        }),
      ),
    'that has what is needed already': (stored) => {
      const own = stored(certificate)
      return dictionaryOf({
        Certs: [stored(Buffer.from('old')), own],
        OCSPs: [stored(answer)],
        VRI: dictionaryOf({ B2: dictionaryOf({ Cert: [own] }) }),
      })
    },
  }
  test.each(Object.entries(others))('%s keeps what it has', (_, shape) => {
    const before = withStore(shape)
    const bytes = grown(before)
    const { certificates, ocsps, crls } = storeOf(bytes)
    expect(certificates).toEqual(['old', certificate.toString()])
    expect({ ocsps, crls }).toEqual({ ocsps: whole.ocsps, crls: whole.crls })
    const file = opened(bytes)
    const entries = file.dictionary(file.dictionary(file.catalog.get('DSS'))?.get('VRI'))
    expect([...(entries?.keys() ?? [])]).toEqual(['B2', 'A1'])
    const earlier = opened(before)
    const old = earlier.dictionary(earlier.dictionary(earlier.catalog.get('DSS'))?.get('VRI'))?.get('B2')
    expect(file.dictionary(entries?.get('B2'))).toEqual(earlier.dictionary(old))
    const path = join(directory, 'grown.pdf')
    writeFileSync(path, bytes)
    expect(isSoundForQpdf(path)).toBe(true)
  })

  test('that is broken is read as far as it goes', () => {
    const broken = withStore((stored, revision) => {
      const bomb = revision.add({
        kind: 'stream',
        dictionary: dictionaryOf({ Filter: nameOf('FlateDecode') }),
        encoded: deflateSync(Buffer.alloc(64 << 20)),
      })
      const garbage = revision.add({
        kind: 'stream',
        dictionary: dictionaryOf({ Filter: nameOf('FlateDecode') }),
        encoded: randomBytes(64),
      })
      const missing = referenceTo(9999)
      return dictionaryOf({ Certs: [bomb, garbage, 7, missing, stored(certificate)], CRLs: nameOf('None') })
    })
    expect(storeOf(broken)).toEqual({ certificates: [certificate.toString()], ocsps: [], crls: [] })
  })

  test('of thousands of bombs costs no time', async () => {
    const bombs = withStore((_, revision) => {
      const encoded = deflateSync(Buffer.alloc(1 << 20))
      const dictionary = dictionaryOf({ Filter: nameOf('FlateDecode') })
      const items = Array.from({ length: 4000 }, () => revision.add({ kind: 'stream', dictionary, encoded }))
      return dictionaryOf({ Certs: items, OCSPs: items, CRLs: items })
    })
    const begun = process.cpuUsage()
    expect(await inspect(bombs)).toMatchObject({ ok: false, refusal: { code: 'file-damaged' } })
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(2_000)
  })
})
