import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyFile } from '../../src/signing/verify.ts'
import { type Act, perform, signers } from '../support/pdf/acts.ts'
import { corpus } from '../support/pdf/corpus.ts'
import { judgeAll } from '../support/pdf/judges.ts'
import { accepted, openServedOffice, type ServedOffice } from '../support/pdf/office.ts'

let office: ServedOffice

beforeAll(async () => {
  office = await openServedOffice(signers)
})

afterAll(async () => {
  await office.closeServices()
  office.close()
})

const spot = (y: number) => ({ page: 0, x: 0.9, y })
const sign = (signer: number, y: number): Act => ({
  act: 'sign',
  signer,
  wanted: {},
  block: spot(y),
  marks: [],
  certifies: null,
})
const mark = (kind: 'number' | 'order' | 'receiveStamp' | 'ink', y: number): Act => ({
  act: 'mark',
  marks: [{ kind, spot: { page: 0, x: 0.1, y } }],
})

const way: readonly Act[] = [
  mark('number', 0.9),
  sign(0, 0.1),
  mark('receiveStamp', 0.8),
  mark('order', 0.5),
  sign(1, 0.3),
  mark('ink', 0.4),
  sign(2, 0.5),
  mark('receiveStamp', 0.2),
]

test.each([
  'a memo of our own',
  'object and cross-reference streams',
  'a hybrid file',
  'fields of every kind',
])(
  'three sign in a row, with stamps and orders between them, and every judge agrees each time: %s',
  async (form) => {
    let bytes = await corpus[form]!()
    let signed = 0
    for (const [step, act] of way.entries()) {
      bytes = accepted(await perform(office, bytes, act, step))
      signed += act.act === 'sign' ? 1 : 0
      if (signed === 0) continue
      expect(await verifyFile(bytes, { trust: office.trust })).toMatchObject({ verdict: 'valid' })
      const { poppler, mupdf, openssl, qpdf } = await judgeAll(bytes, office)
      const all = { signatures: signed, intact: signed }
      expect(poppler, poppler.output).toMatchObject({ ...all, trusted: signed })
      expect(mupdf, mupdf.output).toMatchObject(all)
      expect(openssl, openssl.output).toMatchObject(all)
      expect(qpdf.status, qpdf.output).toBe(0)
    }
    expect(signed).toBe(3)
  },
)

test.each(['a memo of our own', 'boxes with more digits than poppler writes'])(
  'poppler may sign between two of ours, and every reader finds all three in the form: %s',
  async (form) => {
    const once = accepted(await perform(office, await corpus[form]!(), sign(0, 0.1), 0))
    const twice = await office.signByPoppler(once)
    const bytes = accepted(await perform(office, twice, sign(1, 0.3), 1))
    expect(await verifyFile(bytes, { trust: office.trust })).toMatchObject({ verdict: 'valid' })
    const { poppler, mupdf, openssl } = await judgeAll(bytes, office)
    expect(poppler, poppler.output).toMatchObject({ signatures: 3, intact: 3, trusted: 3 })
    expect(mupdf, mupdf.output).toMatchObject({ signatures: 3, intact: 3 })
    // Poppler signs without the attribute that CAdES asks for.
    expect(openssl, openssl.output).toMatchObject({ signatures: 3, intact: 2 })
  },
)
