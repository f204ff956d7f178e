import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Certificate, fitForSigning, parseCertificate } from '../../src/signing/cms/certificate.ts'
import { judgeChain } from '../../src/signing/verification/chain.ts'
import { createTestPki, type Issued, type TestPki } from '../support/pki/authority.ts'
import { mustRun } from '../support/pki/run.ts'

const directory = mkdtempSync(join(tmpdir(), 'chain-'))
/** A little later than whatever is issued here. */
const now = new Date(Date.now() + 60_000)
let pki: TestPki
let other: TestPki
let root: Certificate
let issuing: Certificate
let person: Certificate

beforeAll(() => {
  const asked = { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'ec-p256' } as const
  pki = createTestPki(join(directory, 'one'), [asked])
  other = createTestPki(join(directory, 'other'), [])
  root = read(pki.root.certificateDer)
  issuing = read(pki.issuing.certificateDer)
  person = read(pki.people[0]!.certificateDer)
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

const read = (path: string): Certificate => parseCertificate(readFileSync(path))!

/** A certificate issued by whoever is asked, whether or not they may. */
function issuedBy(issuer: Issued, extensions: string, digest = '-sha256'): Certificate {
  const path = (name: string) => join(directory, name)
  writeFileSync(path('extensions'), extensions)
  const request = ['-newkey', 'rsa:2048', '-nodes', '-keyout', path('key'), '-out', path('csr')]
  mustRun('openssl', ['req', '-new', ...request, '-subj', '/CN=Somebody'])
  const signing = ['-CA', issuer.certificatePem, '-CAkey', issuer.keyPem, '-set_serial', '7', '-days', '30']
  const output = [digest, '-outform', 'DER', '-out', path('der'), '-extfile', path('extensions')]
  mustRun('openssl', ['x509', '-req', '-in', path('csr'), ...signing, ...output])
  return read(path('der'))
}

describe('a chain', () => {
  test('leads over the issuing authority to the root', () => {
    expect(judgeChain(person, [person, issuing], [root], now).verdict).toBe('trusted')
  })

  test('is trusted as well when the issuing authority is the anchor', () => {
    expect(judgeChain(person, [person], [issuing], now).verdict).toBe('trusted')
  })

  test('is trusted when the root that came along has a fingerprint that is pinned', () => {
    const pinned = [root.fingerprint]
    expect(judgeChain(person, [issuing, root], [], now, pinned).verdict).toBe('trusted')
    expect(judgeChain(person, [issuing], [], now, pinned).verdict).toBe('incomplete')
    expect(judgeChain(person, [issuing, root], [], now, ['ff'.repeat(32)]).verdict).toBe('untrusted')
  })

  test('is incomplete without the issuing authority, untrusted when it ends in another root', () => {
    expect(judgeChain(person, [person], [root], now).verdict).toBe('incomplete')
    expect(judgeChain(person, [person, issuing, root], [], now).verdict).toBe('untrusted')
    expect(judgeChain(person, [person, issuing, root], [read(other.root.certificateDer)], now).verdict).toBe(
      'untrusted',
    )
  })

  test('does not lead to a root of the same name with another key', () => {
    const namesake = read(other.root.certificateDer)
    expect(namesake.commonName).toBe(root.commonName)
    expect(judgeChain(person, [person, issuing], [namesake], now).verdict).toBe('incomplete')
  })

  test('does not lead over a certificate that was signed with SHA-1', () => {
    expect(judgeChain(issuedBy(pki.issuing, ''), [issuing], [root], now).verdict).toBe('trusted')
    expect(judgeChain(issuedBy(pki.issuing, '', '-sha1'), [issuing], [root], now).verdict).toBe('incomplete')
  })

  test('has expired after its certificates’ time, and has not begun before', () => {
    const years = (count: number) => new Date(now.getTime() + count * 365 * 86_400_000)
    expect(judgeChain(person, [issuing], [root], years(3)).verdict).toBe('expired')
    expect(judgeChain(person, [issuing], [root], years(-1)).verdict).toBe('expired')
  })

  test('does not lead over a person’s certificate, though it signed another', () => {
    const forged = issuedBy(pki.people[0]!, 'keyUsage=digitalSignature')
    expect(judgeChain(forged, [person, issuing], [root], now).verdict).toBe('incomplete')
  })

  test('does not lead over an authority that its own issuer did not allow', () => {
    const below = issuedBy(pki.issuing, 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign')
    const key = join(directory, 'key')
    writeFileSync(join(directory, 'below.key'), readFileSync(key))
    writeFileSync(join(directory, 'below.der'), below.der)
    mustRun('openssl', [
      'x509',
      '-inform',
      'DER',
      '-in',
      join(directory, 'below.der'),
      '-out',
      join(directory, 'below.pem'),
    ])
    const authority = {
      name: '',
      certificateDer: '',
      certificatePem: join(directory, 'below.pem'),
      keyPem: join(directory, 'below.key'),
    }
    const signer = issuedBy(authority, 'keyUsage=digitalSignature')
    expect(judgeChain(below, [issuing], [root], now).verdict).toBe('trusted')
    expect(judgeChain(signer, [below, issuing], [root], now).verdict).toBe('incomplete')
  })
})

describe('a certificate', () => {
  test('tells who, by whom and until when, in Thai', () => {
    expect(person).toMatchObject({
      commonName: 'นายสมชาย ใจดี',
      email: 'somchai@nhso.example',
      issuerCommonName: 'Saraban Test Issuing CA',
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      isAuthority: false,
      key: { type: 'ec', curve: 'P-256' },
    })
    expect(issuing).toMatchObject({ isAuthority: true, pathLength: 0, key: { type: 'rsa', bits: 2048 } })
  })

  test('is fit for signing within its time and use only', () => {
    expect(fitForSigning(person, now)).toEqual({ ok: true, value: undefined })
    expect(fitForSigning(person, new Date(person.notAfter.getTime() + 1000))).toMatchObject({
      refusal: { code: 'certificate-expired' },
    })
    expect(fitForSigning(person, new Date(person.notBefore.getTime() - 1000))).toMatchObject({
      refusal: { code: 'certificate-not-yet-valid' },
    })
    expect(fitForSigning(issuing, now)).toMatchObject({ refusal: { code: 'certificate-usage' } })
  })

  test('that is cut short or damaged is none', () => {
    const { der } = person
    for (let length = 0; length < der.length; length += 29) {
      expect(parseCertificate(der.subarray(0, length))).toBeUndefined()
    }
    for (let at = 0; at < der.length; at += 7) {
      const damaged = Uint8Array.from(der)
      damaged[at]! ^= 0xff
      expect(() => parseCertificate(damaged)).not.toThrow()
    }
  })
})
