import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SignatureRequest } from '../../src/pdf/signature/signatureRevision.ts'
import type { WantedAlgorithm } from '../../src/signing/cms/algorithm.ts'
import { approvalForm } from '../support/pki/fieldForms.ts'
import { createPairOfSigners, type PairOfSigners } from '../support/pki/pairOfSigners.ts'

let pair: PairOfSigners

beforeAll(() => {
  pair = createPairOfSigners()
}, 60_000)

afterAll(() => pair.close())

/** Signs a field with these seed values as the person with the EC key. */
const sign = (seeds: string, request: Partial<SignatureRequest> = {}, wanted?: WantedAlgorithm) =>
  pair.sign(
    approvalForm(`/SV <</Type /SV ${seeds}>>`),
    0,
    { existingField: { name: 'approval' }, ...request },
    wanted,
  )

const hex = (bytes: Uint8Array): string => `<${Buffer.from(bytes).toString('hex')}>`

describe('what the author of a field demands is met by a signature', () => {
  test.each<[string, string, Partial<SignatureRequest>]>([
    ['nothing', '', {}],
    ['the handler', '/Ff 1 /Filter /Adobe.PPKLite', {}],
    ['the format among others', '/Ff 2 /SubFilter [/adbe.pkcs7.detached /ETSI.CAdES.detached]', {}],
    ['rules as new as PDF 2.0', '/Ff 4 /V 3', {}],
    ['a reason', '/Ff 8 /Reasons [(Approved) (Noted)]', { reason: 'Noted' }],
    ['no reason', '/Ff 8 /Reasons [(.)]', { reason: '' }],
    ['a digest', '/Ff 64 /DigestMethod [/SHA384 /SHA512]', {}],
    ['no certification', '/MDP <</P 0>>', {}],
    ['a certification', '/MDP <</P 2>>', { certifies: 2 }],
    ['a closed document', '/Ff 128 /LockDocument /true', { certifies: 1 }],
    ['a document that stays open', '/Ff 128 /LockDocument /false', {}],
    ['no time-stamp', '/TimeStamp <</URL (http://tsa.example) /Ff 0>>', {}],
    ['a use of the key', '/Cert <</Ff 32 /KeyUsage [(0XXXXXXX) (11XXXXXXX)]>>', {}],
  ])('%s', async (_, seeds, request) => {
    const outcome = await sign(seeds, request)
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal))
    expect(pair.byPdfsig(outcome.value)).toMatchObject({ signatures: 1, valid: 1 })
  })

  test('a digest, which is then used in place of the usual one', async () => {
    const outcome = await sign('/Ff 64 /DigestMethod [/SHA512]')
    expect(outcome.ok && pair.byPdfsig(outcome.value).output).toContain('Signing Hash Algorithm: SHA-512')
  })

  test('the signer’s certificate or its issuer', async () => {
    const own = hex(readFileSync(pair.pki.people[0]!.certificateDer))
    const issuer = hex(readFileSync(pair.pki.issuing.certificateDer))
    expect(await sign(`/Cert <</Ff 1 /Subject [${own}]>>`)).toMatchObject({ ok: true })
    expect(await sign(`/Cert <</Ff 2 /Issuer [${issuer}]>>`)).toMatchObject({ ok: true })
  })

  test('what is merely proposed may be passed over', async () => {
    const seeds = '/Ff 0 /SubFilter [/adbe.pkcs7.sha1] /Reasons [(Approved)] /DigestMethod [/SHA1]'
    expect(await sign(seeds)).toMatchObject({ ok: true })
  })
})

describe('what a signature would not meet is refused by name', () => {
  test.each<[string, string, Partial<SignatureRequest>]>([
    ['Filter Entrust.PPKEF', '/Ff 1 /Filter /Entrust.PPKEF', {}],
    ['SubFilter “adbe.pkcs7.sha1”', '/Ff 2 /SubFilter [/adbe.pkcs7.sha1]', {}],
    ['V 4', '/Ff 4 /V 4', {}],
    ['Reasons “Approved”, “Noted”', '/Ff 8 /Reasons [(Approved) (Noted)]', { reason: 'อนุมัติ' }],
    ['Reasons –', '/Ff 8', { reason: 'อนุมัติ' }],
    ['DigestMethod “SHA1”', '/Ff 64 /DigestMethod [/SHA1]', {}],
    ['MDP none', '/MDP <</P 0>>', { certifies: 2 }],
    ['MDP 1', '/MDP <</P 1>>', {}],
    ['LockDocument true', '/Ff 128 /LockDocument /true', { certifies: 2 }],
    ['LockDocument false', '/Ff 128 /LockDocument /false', { certifies: 1 }],
    ['TimeStamp http://tsa.example', '/TimeStamp <</URL (http://tsa.example) /Ff 1>>', {}],
    ['Cert', '/Cert <</Ff 1 /Subject [<3000>]>>', {}],
    ['Cert', '/Cert <</Ff 2 /Issuer [<3000>]>>', {}],
    ['Cert', '/Cert <</Ff 32 /KeyUsage [(10XXXXXXX)]>>', {}],
    ['OID', '/Cert <</Ff 4 /OID [(1.2.3)]>>', {}],
    ['SubjectDN', '/Cert <</Ff 8 /SubjectDN [<</CN (Somchai)>>]>>', {}],
    ['LegalAttestation', '/Ff 16 /LegalAttestation [(as scanned)]', {}],
    ['AddRevInfo', '/Ff 32 /AddRevInfo true', {}],
    ['AppearanceFilter', '/Ff 256 /AppearanceFilter (Seal)', {}],
  ])('%s', async (demand, seeds, request) => {
    expect(await sign(seeds, request)).toEqual({
      ok: false,
      refusal: { code: 'field-demands', detail: { field: 'approval', demand } },
    })
  })

  test('a digest that the caller’s choice rules out', async () => {
    const outcome = await sign('/Ff 64 /DigestMethod [/SHA384]', {}, { digest: 'sha256' })
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'field-demands' } })
  })
})
