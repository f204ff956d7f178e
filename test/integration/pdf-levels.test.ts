import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assertPrefix } from '../../src/pdf/structure/append.ts'
import type { WantedAlgorithm } from '../../src/signing/cms/algorithm.ts'
import { extendPdf } from '../../src/signing/extend.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import { corpus, weakJudges } from '../support/pdf/corpus.ts'
import { memoFile } from '../support/pdf/forms.ts'
import { type Judgement, judgeAll } from '../support/pdf/judges.ts'
import { accepted, openServedOffice, type ServedOffice } from '../support/pdf/office.ts'
import { judge } from '../support/pdf/tools.ts'
import { issueResponder } from '../support/pki/authority.ts'
import { signWithKey } from '../support/pki/keys.ts'
import { startRevocationServices } from '../support/pki/revocationServices.ts'
import { createSigners } from '../support/pki/signers.ts'
import { startTimestampService } from '../support/pki/timestampService.ts'

/** The forms in which files come, as far as they concern who appends. */
const forms = {
  'a memo of our own': 0,
  'object and cross-reference streams': 0,
  'a hybrid file': 0,
  'a linearized file with object streams': 0,
  'thirty revisions': 0,
  'bytes before the header': 0,
  'a letter as Word writes it': 0,
  'a file that poppler signed': 1,
} as const
type Form = keyof typeof forms

interface Key {
  readonly name: string
  readonly person: number
  readonly wanted: WantedAlgorithm
}

const keys: readonly Key[] = [
  { name: 'RSA-2048 PKCS #1', person: 0, wanted: {} },
  { name: 'RSA-2048 PSS', person: 0, wanted: { pss: true } },
  { name: 'EC P-256', person: 1, wanted: {} },
  { name: 'EC P-384', person: 2, wanted: {} },
]

let office: ServedOffice

beforeAll(async () => {
  office = await openServedOffice([
    { name: 'นางสาวน้ำทิพย์ กตัญญูรู้คุณ', email: 'namthip@nhso.example', key: 'rsa-2048' },
    { name: 'นายปรีชา วงศ์สาม', email: 'preecha@nhso.example', key: 'ec-p256' },
    { name: 'นายแพทย์ธีรวัฒน์ ศรีสุขสันต์', email: 'theerawat@nhso.example', key: 'ec-p384' },
  ])
})

afterAll(async () => {
  await office.closeServices()
  office.close()
})

const made = async (form: Form): Promise<Uint8Array> =>
  form === 'a file that poppler signed' ? office.signByPoppler(await memoFile()) : await corpus[form]!()

async function raised(bytes: Uint8Array, level: 'B-LT' | 'B-LTA'): Promise<Uint8Array> {
  const { trust, timestampServices, services } = office
  const longer = accepted(await extendPdf(bytes, { trust, level, timestampServices, services }))
  assertPrefix(bytes, longer)
  return longer
}

/** Document time-stamps that a signature with a time-stamp of its own needs; poppler's has none and gets one more. */
const stampsAt = { 'B-B': 0, 'B-T': 0, 'B-LT': 0, 'B-LTA': 1 } as const
const isLong = (level: string): boolean => level.startsWith('B-LT')

/** What each judge has to find when a file holds one signature of ours, `others` by poppler and `stamps` of documents. */
function expectAgreement(
  { poppler, mupdf, openssl }: Judgement,
  { form, wanted, stamps }: { form: Form; wanted: WantedAlgorithm; stamps: number },
): void {
  const others = forms[form]
  const all = 1 + others
  // Poppler counts document time-stamps and says that it cannot validate them.
  expect(poppler, poppler.output).toMatchObject({ signatures: all + stamps, intact: all, trusted: all })
  // MuPDF passes over document time-stamps, and does not know RSASSA-PSS.
  const known = wanted.pss === true ? others : all
  if (weakJudges[form]?.mupdf === undefined)
    expect(mupdf, mupdf.output).toMatchObject({ signatures: all, intact: known })
  // Poppler signs without the attribute that CAdES asks for.
  expect(openssl, openssl.output).toMatchObject({ signatures: all + stamps, intact: 1 + stamps })
}

describe.each(Object.keys(forms) as Form[])('%s', (form) => {
  test.each(keys)('$name, from B-B to B-LTA, for every judge', async ({ person, wanted }) => {
    const original = await made(form)
    const before = await judge(original, 'qpdf', '--check', 'IN')
    const sign = (...timestamps: (typeof office.timestampServices)[]) =>
      signWithKey(office.pki, person, original, {}, wanted, ...timestamps)
    const timed = accepted(await sign(office.timestampServices))
    const settled = await raised(timed, 'B-LT')
    const archived = await raised(settled, 'B-LTA')
    const files = { 'B-B': accepted(await sign()), 'B-T': timed, 'B-LT': settled, 'B-LTA': archived }
    for (const [level, bytes] of Object.entries(files)) {
      const stamps = stampsAt[level as keyof typeof files] + (isLong(level) ? forms[form] : 0)
      const { trust, services } = office
      const { signatures } = await verifyFile(bytes, { trust, services })
      expect(signatures).toHaveLength(forms[form] + 1 + stamps)
      expect(signatures[forms[form]]).toMatchObject({ level, verdict: 'valid', revocation: 'good' })
      const judgement = await judgeAll(bytes, office)
      expectAgreement(judgement, { form, wanted, stamps })
      expect(judgement.qpdf.status, judgement.qpdf.output).toBe(before.status)
    }
  })
})

test('two tokens sign one file, and it is raised to B-LTA for every judge', async () => {
  const tokens = createSigners([
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'rsa-2048' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'ec-p256' },
  ])
  const timestamps = await startTimestampService(tokens.pki)
  issueResponder(tokens.pki, 'responder')
  const revocation = await startRevocationServices(tokens.pki.directory)
  try {
    const services = { ocsp: [`${revocation.url}ocsp`], crls: [`${revocation.url}root.crl`] }
    const trust = [tokens.root]
    const once = accepted(await tokens.sign(await memoFile(), 0, {}, timestamps.url))
    const twice = accepted(await tokens.sign(once, 1, {}, timestamps.url))
    const order = { trust, level: 'B-LTA', timestampServices: [{ url: timestamps.url }], services } as const
    const archived = accepted(await extendPdf(twice, order))
    assertPrefix(twice, archived)
    expect(await verifyFile(archived, { trust })).toMatchObject({
      verdict: 'valid',
      signatures: [{ level: 'B-LTA' }, { level: 'B-LTA' }, { level: 'timestamp' }],
    })
    const { poppler, mupdf, openssl, qpdf } = await judgeAll(archived, {
      nss: tokens.nssDirectory,
      rootPem: tokens.pki.root.certificatePem,
    })
    expect(poppler, poppler.output).toMatchObject({ signatures: 3, intact: 2, trusted: 2 })
    expect(mupdf, mupdf.output).toMatchObject({ signatures: 2, intact: 2 })
    expect(openssl, openssl.output).toMatchObject({ signatures: 3, intact: 3 })
    expect(qpdf.status, qpdf.output).toBe(0)
  } finally {
    await Promise.all([revocation.close(), timestamps.close()])
    tokens.close()
  }
})
