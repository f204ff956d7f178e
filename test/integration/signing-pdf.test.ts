import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { stamp } from '../../src/pdf/stamp.ts'
import { checkSignedRevision } from '../../src/signing/signedRevision.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import { isSoundForQpdf, judgeByMutool, judgeByOpenssl, judgeByPdfsig } from '../support/pki/judge.ts'
import { makeLetter } from '../support/pki/letters.ts'
import { importSigner } from '../support/pki/nss.ts'
import { mustRun } from '../support/pki/run.ts'
import { createSigners, type Signers } from '../support/pki/signers.ts'

const [director, deputy, expired, stranger] = [0, 1, 2, 3]
let signers: Signers

beforeAll(() => {
  signers = createSigners([
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'rsa-2048' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'ec-p256' },
    {
      name: 'นายวิชัย หมดอายุ',
      email: 'wichai@nhso.example',
      key: 'ec-p256',
      notAfter: new Date(Date.now() - 60_000),
    },
    { name: 'นายปรีชา วงศ์สาม', email: 'preecha@nhso.example', key: 'ec-p384' },
  ])
})

afterAll(() => signers.close())

const block = (y: number) => ({
  page: 1,
  place: { x: 300, y, width: 200, height: 80 },
  lines: ['(นายสมชาย ใจดี)', 'ผู้อำนวยการสำนัก'],
})

async function signed(bytes: Uint8Array, index: number, y?: number): Promise<Uint8Array> {
  const outcome = await signers.sign(bytes, index, y === undefined ? {} : { block: block(y) })
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

const verify = (bytes: Uint8Array) => verifyFile(bytes, { trust: [signers.root] })

describe.each(['table', 'stream'] as const)('a letter with a cross-reference %s', (form) => {
  test('is signed by three people, and every judge finds all signatures valid', async () => {
    const letter = await makeLetter(form)
    const once = await signed(letter, director, 100)
    const twice = await signed(once, deputy, 200)
    const thrice = await signed(twice, stranger)
    expect(Buffer.compare(thrice.subarray(0, twice.length), twice)).toBe(0)

    const file = signers.save(`${form}.pdf`, thrice)
    expect(judgeByPdfsig(file, signers.nssDirectory)).toMatchObject({ signatures: 3, valid: 3 })
    expect(judgeByMutool(file)).toMatchObject({ signatures: 3, valid: 3 })
    expect(judgeByOpenssl(file, signers.pki.root.certificatePem)).toMatchObject({ signatures: 3, valid: 3 })
    expect(isSoundForQpdf(file)).toBe(true)

    const verification = await verify(thrice)
    expect(verification.verdict).toBe('valid')
    const common = {
      level: 'B-B',
      digestOk: true,
      signatureOk: true,
      chain: 'trusted',
      revocation: 'unknown',
    }
    expect(verification.signatures).toMatchObject([
      { ...common, signer: 'นายสมชาย ใจดี', coverage: 'whole-revision', laterChanges: 'permitted' },
      { ...common, signer: 'นางสาวมาลี รักษาสิทธิ์', coverage: 'whole-revision', laterChanges: 'permitted' },
      { ...common, signer: 'นายปรีชา วงศ์สาม', coverage: 'whole-file', laterChanges: 'none' },
    ])
  })
})

describe('trust', () => {
  test('without the root, an intact signature is indeterminate', async () => {
    const bytes = await signed(await makeLetter(), director)
    const verification = await verifyFile(bytes, { trust: [] })
    expect(verification).toMatchObject({ verdict: 'indeterminate', signatures: [{ chain: 'incomplete' }] })
    expect(verification.signatures[0]?.reasons).toContain('chain-incomplete')
  })

  test('a certificate that has expired leaves the signature indeterminate, but valid for the time before', async () => {
    const bytes = await signed(await makeLetter(), expired)
    expect(await verify(bytes)).toMatchObject({
      verdict: 'indeterminate',
      signatures: [{ chain: 'expired' }],
    })
    const at = new Date(Date.now() - 3_600_000)
    expect(await verifyFile(bytes, { trust: [signers.root], at })).toMatchObject({ verdict: 'valid' })
  })

  test('says that revocation was not checked', async () => {
    const verification = await verify(await signed(await makeLetter(), deputy))
    expect(verification.signatures[0]).toMatchObject({
      verdict: 'valid',
      reasons: ['revocation-not-checked'],
    })
  })
})

describe('files', () => {
  test('an unsigned letter is unsigned, and what is no PDF is unreadable', async () => {
    expect(await verify(await makeLetter())).toEqual({ verdict: 'unsigned', signatures: [] })
    const unreadable = { verdict: 'unreadable', signatures: [], refusal: 'file-not-pdf' }
    expect(await verify(Buffer.from('ไม่ใช่ PDF'))).toEqual(unreadable)
  })

  test('a receive stamp after signing leaves the signature valid and is told', async () => {
    const bytes = await signed(await makeLetter(), director)
    const place = { x: 380, y: 780, width: 160, height: 50 }
    const lines = ['รับที่ ๑๒๓/๒๕๖๙', '๒๓ พ.ย. ๒๕๖๙']
    const stamped = await stamp(bytes, [{ name: 'stamp:1', page: 1, place, lines, fontSize: 14 }])
    if (!stamped.ok) throw new Error(stamped.refusal.code)
    const verification = await verify(stamped.value)
    expect(verification).toMatchObject({ verdict: 'valid', signatures: [{ laterChanges: 'permitted' }] })
    expect(verification.signatures[0]?.reasons).toContain('marks-after-signing')
  })
})

describe('a signed revision that a server is asked to accept', () => {
  const check = (base: Uint8Array, revision: Uint8Array) =>
    checkSignedRevision({ base, revision, trust: [signers.root] })
  const number = { name: 'number', page: 1, place: { x: 100, y: 760 }, lines: ['สปสช ๔.๑/๑๒๓'], fontSize: 16 }

  test('tells who signed and which marks it bears', async () => {
    const base = await makeLetter()
    const outcome = await signers.sign(base, director, { marks: [number], block: block(100) })
    if (!outcome.ok) throw new Error(outcome.refusal.code)
    expect(await check(base, outcome.value)).toEqual({
      ok: true,
      value: {
        signer: {
          commonName: 'นายสมชาย ใจดี',
          email: 'somchai@nhso.example',
          serial: signers.certificate(director).serial,
          fingerprint: signers.certificate(director).fingerprint,
        },
        marks: [{ name: 'number', text: 'สปสช ๔.๑/๑๒๓', page: 1 }],
      },
    })
  })

  test('is refused when it is another file', async () => {
    const outcome = await check(await makeLetter(), await signed(await makeLetter('stream'), director))
    expect(outcome).toEqual({ ok: false, refusal: { code: 'revision-not-extension' } })
  })

  test('is refused when it brings no signature, or two', async () => {
    const base = await makeLetter()
    const twice = await signed(await signed(base, director), deputy)
    const stamped = await stamp(base, [number])
    if (!stamped.ok) throw new Error(stamped.refusal.code)
    const refusal = { code: 'signature-invalid', detail: { reason: 'signature-count' } }
    expect(await check(base, stamped.value)).toEqual({ ok: false, refusal })
    expect(await check(base, twice)).toEqual({ ok: false, refusal })
  })

  test('is refused when the signer’s chain is not trusted', async () => {
    const base = await makeLetter()
    const outcome = await checkSignedRevision({ base, revision: await signed(base, director), trust: [] })
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'signature-invalid' } })
  })

  test('is refused when something follows the signature', async () => {
    const base = await makeLetter()
    const stamped = await stamp(await signed(base, director), [number])
    if (!stamped.ok) throw new Error(stamped.refusal.code)
    expect(await check(base, stamped.value)).toEqual({
      ok: false,
      refusal: { code: 'signature-invalid', detail: { reason: 'range-wrong' } },
    })
  })
})

test('a signature that poppler and NSS add is verified, and leaves ours valid', async () => {
  const ours = signers.save('ours.pdf', await signed(await makeLetter(), deputy, 100))
  const theirs = join(signers.directory, 'theirs.pdf')
  importSigner(signers.nssDirectory, signers.pki.people[director]!, 'director')
  const signing = ['-add-signature', '-nick', 'director', '-nss-pwd', '', '-nssdir', signers.nssDirectory]
  mustRun('pdfsig', [ours, theirs, ...signing])
  expect(await verify(readFileSync(theirs))).toMatchObject({
    verdict: 'valid',
    signatures: [
      { signer: 'นางสาวมาลี รักษาสิทธิ์', laterChanges: 'permitted' },
      { signer: 'นายสมชาย ใจดี', subFilter: 'adbe.pkcs7.detached', coverage: 'whole-file' },
    ],
  })
})

test('marks and signature are one revision', async () => {
  const letter = await makeLetter()
  const bytes = await signed(letter, director, 100)
  const appended = Buffer.from(bytes.subarray(letter.length)).toString('latin1')
  expect(appended.match(/startxref/g)).toHaveLength(1)
  const inspection = await inspect(bytes)
  expect(inspection.ok && inspection.value.signatures[0]).toMatchObject({
    page: 1,
    signerName: 'นายสมชาย ใจดี',
  })
})
