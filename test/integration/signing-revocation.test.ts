import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Certificate, parseCertificate } from '../../src/signing/cms/certificate.ts'
import { encode, sequence, smallInteger, tag } from '../../src/signing/cms/der.ts'
import { crlItem, type EvidenceItem, ocspItem } from '../../src/signing/revocation/evidence.ts'
import { judgeRevocation } from '../../src/signing/revocation/judge.ts'
import { ocspRequest } from '../../src/signing/revocation/ocsp.ts'
import { fetchEvidence, type RevocationServices } from '../../src/signing/revocation/services.ts'
import { createTestPki, type Issued, issueResponder, type TestPki } from '../support/pki/authority.ts'
import {
  type AnswerToMake,
  entryOf,
  extension,
  type ListToMake,
  makeAnswer,
  makeList,
  tryLater,
} from '../support/pki/madeEvidence.ts'
import {
  answer,
  makeRevocationList,
  revoke,
  startRevocationServices,
  type RevocationServices as TestServices,
} from '../support/pki/revocationServices.ts'
import { run } from '../support/pki/run.ts'
import { serve } from '../support/pki/serve.ts'

const hour = 3_600_000
const directory = mkdtempSync(join(tmpdir(), 'revocation-'))
let services: TestServices
let pki: TestPki
let root: Certificate
let issuing: Certificate
let person: Certificate
let other: Certificate
let third: Certificate
let responder: Issued
/** A little later than whatever is issued here. */
const now = new Date(Date.now() + 60_000)
const hours = (count: number): Date => new Date(now.getTime() + count * hour)

beforeAll(async () => {
  services = await startRevocationServices(directory)
  const asked = { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'ec-p256' } as const
  const names = ['นางสาวมาลี รักษาสิทธิ์', 'นายวิชัย มั่นคง']
  pki = createTestPki(directory, [asked, ...names.map((name) => ({ ...asked, name }))], services.url)
  responder = issueResponder(pki, 'responder')
  root = read(pki.root)
  issuing = read(pki.issuing)
  person = read(pki.people[0]!)
  other = read(pki.people[1]!)
  third = read(pki.people[2]!)
})

afterAll(async () => {
  await services.close()
  rmSync(directory, { recursive: true, force: true })
})

const read = ({ certificateDer }: Issued): Certificate => parseCertificate(readFileSync(certificateDer))!

/** What an answer or a list tells about the person's certificate: its status, or the fault. */
function told(evidence: Uint8Array | readonly Uint8Array[], at = now, about = person): string {
  const items = (evidence instanceof Uint8Array ? [evidence] : evidence).flatMap(itemsOf)
  const judged = judgeRevocation(about, issuing, items, { at, now, known: [] })
  return judged.status === 'unknown' ? judged.faults.join() : judged.status
}

/** The status told; nothing when it is not told. */
const statusOf = (der: Uint8Array): string => {
  const status = told(der)
  return status === 'good' || status === 'revoked' ? status : 'nothing'
}

const itemsOf = (der: Uint8Array): EvidenceItem[] =>
  [ocspItem(der) ?? crlItem(der)].filter((item) => item !== undefined)

const answered = (change: Partial<AnswerToMake> = {}): Uint8Array =>
  makeAnswer({
    about: person,
    issuer: issuing,
    keyPem: responder.keyPem,
    responder: read(responder),
    certificates: [read(responder)],
    thisUpdate: hours(-1),
    nextUpdate: hours(23),
    ...change,
  })

const listed = (change: Partial<ListToMake> = {}): Uint8Array =>
  makeList({
    issuer: issuing,
    keyPem: pki.issuing.keyPem,
    thisUpdate: hours(-1),
    nextUpdate: hours(23),
    ...change,
  })

const byIssuer = () => ({ keyPem: pki.issuing.keyPem, responder: issuing, certificates: [] })
const revokedEntry = (at: Date, reason?: number) => ({
  serial: person.issuerAndSerial.serial,
  at,
  ...(reason === undefined ? {} : { reason }),
})

describe('an OCSP answer', () => {
  test('by openssl tells the status, and openssl takes ours for one', () => {
    const fromOpenssl = answer(directory, 'responder', ocspRequest(person, issuing, Buffer.alloc(16, 7)))
    expect(told(fromOpenssl)).toBe('good')
    writeFileSync(join(directory, 'made.res'), answered())
    const { output } = run(
      'openssl',
      [
        'ocsp',
        '-respin',
        'made.res',
        '-issuer',
        'issuing.pem',
        '-cert',
        'person-1.pem',
        '-CAfile',
        'root.pem',
      ].concat(['-verify_other', 'issuing.pem', '-no_nonce']),
      { cwd: directory },
    )
    expect(output).toContain('person-1.pem: good')
    expect(output).toContain('Response verify OK')
  })

  test('is believed when the issuer signed it, or a responder to which the issuer gave a certificate for it', () => {
    expect(told(answered())).toBe('good')
    expect(told(answered(byIssuer()))).toBe('good')
    expect(told(answered({ digest: 'sha256' }))).toBe('good')
    expect(told(answered({ certificates: [] }))).toBe('signature-wrong')
    expect(told(answered({ keyPem: pki.root.keyPem }))).toBe('signature-wrong')
    expect(told(answered({ keyPem: pki.root.keyPem, responder: root, certificates: [root] }))).toBe(
      'responder-unauthorised',
    )
    const impostor = issueResponder(pki, 'impostor', ['extendedKeyUsage=emailProtection'])
    const forged = { keyPem: impostor.keyPem, responder: read(impostor), certificates: [read(impostor)] }
    expect(told(answered(forged))).toBe('responder-unauthorised')
  })

  test('about another certificate tells nothing about this one', () => {
    expect(told(answered({ about: other }))).toBe('other-certificate')
    expect(told(answered({ issuer: root }))).toBe('other-certificate')
  })

  test('tells of its own time only: an old one that is shown again is not believed', () => {
    const old = { ...byIssuer(), thisUpdate: hours(-50), nextUpdate: hours(-26) }
    expect(told(answered(old))).toBe('other-time')
    expect(told(answered(old), hours(-40))).toBe('good')
    expect(told(answered({ thisUpdate: hours(2) }))).toBe('other-time')
    const withoutEnd = { about: person, issuer: issuing, ...byIssuer() }
    expect(told(makeAnswer({ ...withoutEnd, thisUpdate: hours(-30) }))).toBe('other-time')
    expect(told(makeAnswer({ ...withoutEnd, thisUpdate: hours(-20) }))).toBe('good')
  })

  test('of later tells of earlier times, unless the certificate had expired by then', () => {
    expect(told(answered(), hours(-12))).toBe('good')
    const after = new Date(person.notAfter.getTime() + hour)
    const late = { ...byIssuer(), thisUpdate: after, nextUpdate: new Date(after.getTime() + hour) }
    const judged = (der: Uint8Array) =>
      judgeRevocation(person, issuing, itemsOf(der), { at: hours(-12), now: after, known: [] }).status
    expect(judged(answered(late))).toBe('unknown')
    const cutoff = (time: string) => [
      extension('1.3.6.1.5.5.7.48.1.6', encode(tag.generalizedTime, Buffer.from(time))),
    ]
    expect(judged(answered({ ...late, singleExtensions: cutoff('20200101000000Z') }))).toBe('good')
    expect(judged(answered({ ...late, singleExtensions: cutoff('20990101000000Z') }))).toBe('unknown')
  })

  test('that says revoked outweighs one that says good, and counts from the time that it names', () => {
    const revoked = answered({ status: { revokedAt: hours(-3), reason: 1 } })
    expect(told([answered(), revoked])).toBe('revoked')
    expect(told(revoked, hours(-4))).toBe('good')
    expect(told(answered({ status: { revokedAt: hours(-3) }, nextUpdate: hours(-0.5) }))).toBe('revoked')
    const onHold = { ...byIssuer(), status: { revokedAt: hours(-30), reason: 6 }, thisUpdate: hours(-29) }
    expect(told(answered({ ...onHold, nextUpdate: hours(-10) }))).toBe('other-time')
    expect(told(answered({ ...onHold, nextUpdate: hours(1) }))).toBe('revoked')
  })

  test('of a service that does not know, or fails, settles nothing', () => {
    expect(told(answered({ status: 'unknown' }))).toBe('status-unknown')
    expect(told(tryLater)).toBe('')
    const unknown = extension('1.2.3.4', sequence(), true)
    expect(told(answered({ singleExtensions: [unknown] }))).toBe('kind-refused')
  })

  test('of a responder that may be revoked itself needs a CRL about the responder', () => {
    const checked = issueResponder(pki, 'checked', [
      'extendedKeyUsage=OCSPSigning',
      `crlDistributionPoints=URI:${services.url}issuing.crl`,
    ])
    const by = { keyPem: checked.keyPem, responder: read(checked), certificates: [read(checked)] }
    expect(told(answered(by))).toBe('responder-unsettled')
    expect(told([answered(by), listed()])).toBe('good')
    const { serial } = read(checked).issuerAndSerial
    const against = listed({ revoked: [{ serial, at: hours(-2) }] })
    expect(told([answered({ ...by, about: other }), against], now, other)).toBe('good')
    expect(told(answered({ ...by, about: other }), now, other)).toBe('responder-unsettled')
  })
})

describe('a CRL', () => {
  test('by openssl tells who is revoked since when, and openssl takes ours for one', () => {
    const revokedOne = { ...pki.people[1]! }
    expect(told(makeRevocationList(directory, 'issuing'))).toBe('good')
    revoke(directory, revokedOne, hours(-2), 'keyCompromise')
    expect(told(makeRevocationList(directory, 'issuing'), now, other)).toBe('revoked')
    expect(told(makeRevocationList(directory, 'issuing'), hours(-3), other)).toBe('good')
    writeFileSync(join(directory, 'made.crl'), listed({ revoked: [revokedEntry(hours(-1), 1)] }))
    const { output } = run(
      'openssl',
      ['crl', '-inform', 'DER', '-in', 'made.crl', '-CAfile', 'issuing.pem'],
      {
        cwd: directory,
      },
    )
    expect(output).toContain('verify OK')
  })

  test('names a certificate or does not', () => {
    expect(told(listed())).toBe('good')
    expect(told(listed({ revoked: [revokedEntry(hours(-2))] }))).toBe('revoked')
    expect(told(listed({ revoked: [revokedEntry(hours(-2))] }), hours(-3))).toBe('good')
    const neighbour = { serial: other.issuerAndSerial.serial, at: hours(-2) }
    expect(told(listed({ revoked: [neighbour] }))).toBe('good')
  })

  test('by another issuer, or by another key of the same name, is not believed', () => {
    expect(told(listed({ issuer: root, keyPem: pki.root.keyPem }))).toBe('other-issuer')
    expect(told(listed({ keyPem: pki.root.keyPem }))).toBe('signature-wrong')
  })

  test('that has run out is not believed', () => {
    expect(told(listed({ thisUpdate: hours(-50), nextUpdate: hours(-26) }))).toBe('other-time')
    expect(told(listed({ thisUpdate: hours(-50), nextUpdate: hours(-26) }), hours(-30))).toBe('good')
  })

  test.each([
    ['delta', 'deltaCRL = critical,1', '2.5.29.27'],
    ['indirect', 'issuingDistributionPoint = critical,@point\n[point]\nindirectCRL = TRUE', ''],
    [
      'for some reasons',
      'issuingDistributionPoint = critical,@point\n[point]\nonlysomereasons = keyCompromise',
      '',
    ],
    ['for authorities only', 'issuingDistributionPoint = critical,@point\n[point]\nonlyCA = TRUE', ''],
    [
      'of another point',
      'issuingDistributionPoint = critical,@point\n[point]\nfullname = URI:http://b.test/x',
      '',
    ],
  ])('that is %s is not taken for a whole one', (_, extensions, identifier) => {
    const list =
      identifier === ''
        ? makeRevocationList(directory, 'issuing', extensions)
        : listed({ extensions: [extension(identifier, smallInteger(1), true)] })
    expect(told(list)).toBe('kind-refused')
  })

  test('for users only, or of the point that the certificate names, is whole for it', () => {
    const users = 'issuingDistributionPoint = critical,@point\n[point]\nonlyuser = TRUE'
    expect(told(makeRevocationList(directory, 'issuing', users))).toBe('good')
    const point = `issuingDistributionPoint = critical,@point\n[point]\nfullname = URI:${services.url}issuing.crl`
    expect(told(makeRevocationList(directory, 'issuing', point))).toBe('good')
  })

  test('of 20 MB is read in moments', () => {
    const entry = entryOf({ serial: encode(tag.integer, Buffer.alloc(16, 1)), at: hours(-2), reason: 4 })
    const count = Math.ceil((20 * 1024 * 1024) / entry.length)
    const entries = Buffer.alloc((count + 1) * entry.length)
    for (let at = 0; at < count; at++) {
      entries.set(entry, at * entry.length)
      entries.writeUInt32BE(at + 0x10000000, at * entry.length + 4)
    }
    const last = entryOf(revokedEntry(hours(-2)))
    const list = listed({ entries: Buffer.concat([entries.subarray(0, count * entry.length), last]) })
    const before = process.memoryUsage().heapUsed
    const begun = process.cpuUsage()
    expect(told(list)).toBe('revoked')
    expect(told(list, now, other)).toBe('good')
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(2_000)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20 * 1024 * 1024)
  })
})

test('evidence that is cut short tells nothing, and damage never makes it tell something else', () => {
  for (const der of [answered(), listed({ revoked: [revokedEntry(hours(-2))] })]) {
    for (let length = 0; length < der.length; length += 17) {
      expect(itemsOf(der.subarray(0, length))).toEqual([])
    }
    for (let at = 0; at < der.length; at += 3) {
      const damaged = Uint8Array.from(der)
      damaged[at]! ^= 0x55
      // Next to nothing stands outside what is signed: a NULL beside the algorithm, certificates that are not used.
      expect([told(der), 'nothing']).toContain(statusOf(damaged))
    }
  }
})

describe('services', () => {
  const fetched = async (about: Certificate, settings: RevocationServices = {}) => {
    services.asked.length = 0
    const surroundings = { evidence: [], known: [], now: new Date() }
    const question = { certificate: about, issuer: issuing, at: new Date() }
    const items = await fetchEvidence([question], surroundings, { patience: 400, ...settings })
    return items.map(({ kind }) => kind)
  }
  const failing = (path: string) => services.instead.set(path, (_, response) => response.writeHead(500).end())

  test('are asked by OCSP; the CRL is fetched when the answer is no use', async () => {
    expect(await fetched(person)).toEqual(['ocsp'])
    expect(services.asked).toEqual(['/ocsp'])
    const useless = {
      garbage: Buffer.from('<html>'),
      error: tryLater,
      old: answered({ about: third, ...byIssuer(), thisUpdate: hours(-50), nextUpdate: hours(-26) }),
      forged: answered({ about: third, keyPem: pki.root.keyPem }),
    }
    for (const [name, bytes] of Object.entries(useless)) {
      services.instead.set('/ocsp', (_, response) => response.end(bytes))
      services.instead.set(`/${name}.crl`, (_, response) =>
        response.end(makeRevocationList(directory, 'issuing')),
      )
      expect(await fetched(third, { crls: [`${services.url}${name}.crl`] })).toEqual(['crl'])
      expect(services.asked).toEqual(['/ocsp', `/${name}.crl`])
    }
    services.instead.clear()
  })

  test('that send back another nonce are not believed', async () => {
    const replayed = answer(directory, 'responder', ocspRequest(third, issuing, Buffer.alloc(16, 9)))
    services.instead.set('/replay', (_, response) => response.end(replayed))
    failing('/ocsp')
    failing('/issuing.crl')
    expect(await fetched(third, { ocsp: [`${services.url}replay`] })).toEqual([])
    expect(services.asked).toContain('/replay')
    services.instead.clear()
  })

  test('that are slow, endless or lead in circles are given up in time', async () => {
    const hostile: Parameters<typeof services.instead.set>[1][] = [
      () => undefined,
      (_, response) => {
        const pour = () => {
          while (!response.destroyed && response.write(Buffer.alloc(1 << 20)));
        }
        response.on('drain', pour)
        pour()
      },
      (_, response) => response.writeHead(302, { location: '/hostile' }).end(),
      (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      (_, response) => response.writeHead(302, { location: 'http://[broken' }).end(),
    ]
    failing('/ocsp')
    failing('/issuing.crl')
    for (const answering of hostile) {
      services.instead.set('/hostile', answering)
      const begun = Date.now()
      const settings = { crls: [`${services.url}hostile`], ocsp: [`${services.url}hostile`] }
      expect(await fetched(third, settings)).toEqual([])
      expect(Date.now() - begun).toBeLessThan(3_000)
    }
    services.instead.clear()
  })

  test('that do not answer are waited for once in a command; those that fail are asked again', async () => {
    const dead = await serve((request) => void asked.push(request.url ?? ''))
    const asked: string[] = []
    const settings = { ocsp: [`${dead.url}ocsp`], crls: [`${dead.url}a.crl`], keepFor: 0 }
    failing('/ocsp')
    failing('/issuing.crl')
    const silent = new Set<string>()
    expect(await fetched(third, { ...settings, silent })).toEqual([])
    expect([...silent]).toEqual([new URL(dead.url).origin])
    expect(await fetched(other, { ...settings, silent })).toEqual([])
    expect(asked).toEqual(['/ocsp'])
    expect(services.asked).toContain('/ocsp')
    // The next command asks anew.
    expect(await fetched(third, { ...settings, silent: new Set() })).toEqual([])
    expect(asked).toEqual(['/ocsp', '/ocsp'])
    services.instead.clear()
    await dead.close()
  })

  test('are reached through a proxy when one is set', async () => {
    const seen: string[] = []
    const proxy = await serve((request, response) => {
      seen.push(request.url ?? '')
      response.end(makeRevocationList(directory, 'issuing'))
    })
    failing('/ocsp')
    const settings = { crls: ['http://crl.nhso.example/issuing.crl'], proxy: proxy.url, keepFor: 0 }
    expect(await fetched(third, settings)).toEqual(['crl'])
    expect(seen).toContain('http://crl.nhso.example/issuing.crl')
    await proxy.close()
    services.instead.clear()
  })

  test('are not asked again while what they said holds', async () => {
    const cacheFolder = join(directory, 'kept')
    failing('/ocsp')
    expect(await fetched(third, { cacheFolder })).toEqual(['crl'])
    expect(await fetched(third, { cacheFolder })).toEqual(['crl'])
    expect(services.asked).toEqual(['/ocsp'])
    expect(readdirSync(cacheFolder)).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.crl$/)])
    services.instead.clear()
  })

  test('are not asked again after a restart either, and what is kept is not believed blindly', async () => {
    const cacheFolder = join(directory, 'kept')
    const url = `${services.url}other.crl`
    const keyOf = (address: string) => createHash('sha256').update(`crl\n${address}\n`).digest('hex')
    const file = join(cacheFolder, `${keyOf(url)}.crl`)
    failing('/ocsp')
    const kept = `${services.url}kept.crl`
    writeFileSync(join(cacheFolder, `${keyOf(kept)}.crl`), listed())
    expect(await fetched(third, { crls: [kept], cacheFolder })).toEqual(['crl'])
    expect(services.asked).toEqual(['/ocsp'])
    writeFileSync(file, listed({ keyPem: pki.root.keyPem, revoked: [] }))
    services.instead.set('/other.crl', (_, response) =>
      response.end(makeRevocationList(directory, 'issuing')),
    )
    expect(await fetched(third, { crls: [url], cacheFolder })).toEqual(['crl'])
    expect(services.asked).toEqual(['/ocsp', '/other.crl'])
    services.instead.clear()
  })
})
