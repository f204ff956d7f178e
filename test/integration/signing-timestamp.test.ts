import { createHash } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { readSignedData } from '../../src/signing/cms/cms.ts'
import { identifiers } from '../../src/signing/cms/identifiers.ts'
import { requestTimestamp } from '../../src/signing/timestampClient.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import { judgeByOpenssl, judgeByPdfsig } from '../support/pki/judge.ts'
import { makeLetter } from '../support/pki/letters.ts'
import { run } from '../support/pki/run.ts'
import { serve, type TestService } from '../support/pki/serve.ts'
import { createSigners, type Signers } from '../support/pki/signers.ts'
import { startTimestampService } from '../support/pki/timestampService.ts'

let signers: Signers
let service: TestService

beforeAll(async () => {
  const notAfter = new Date(Date.now() + 3_600_000)
  signers = createSigners([
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'rsa-2048' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'ec-p256', notAfter },
  ])
  service = await startTimestampService(signers.pki)
})

afterAll(async () => {
  await service.close()
  signers.close()
})

const verify = (bytes: Uint8Array, at?: Date) =>
  verifyFile(bytes, { trust: [signers.root], ...(at === undefined ? {} : { at }) })

const sha256 = (text: string): Uint8Array => createHash('sha256').update(text).digest()

async function signedWithTime(bytes: Uint8Array, index: number): Promise<Uint8Array> {
  const signed = await signers.sign(bytes, index, {}, service.url)
  if (!signed.ok) throw new Error(signed.refusal.code)
  return signed.value
}

test.each([
  ['RSA', 0],
  ['EC', 1],
])('a time-stamp makes a signature with an %s key level B-T, and openssl verifies both', async (_, index) => {
  const before = Date.now()
  const bytes = await signedWithTime(await makeLetter(), index)
  const { verdict, signatures } = await verify(bytes)
  expect(verdict).toBe('valid')
  expect(signatures[0]).toMatchObject({ level: 'B-T', timestamp: { verdict: 'valid' } })
  expect(Math.abs(Date.parse(signatures[0]!.timestamp!.time!) - before)).toBeLessThan(60_000)

  const file = signers.save('stamped.pdf', bytes)
  expect(judgeByOpenssl(file, signers.pki.root.certificatePem)).toMatchObject({ signatures: 1, valid: 1 })
  expect(judgeByPdfsig(file, signers.nssDirectory)).toMatchObject({ signatures: 1, valid: 1 })
  const inspection = await inspect(bytes)
  if (!inspection.ok) throw new Error(inspection.refusal.code)
  const signer = readSignedData(inspection.value.signatures[0]!.contents)!.signers[0]!
  const [token] = signer.unsignedAttributes.get(identifiers.signatureTimestamp)!
  const value = ['-data', signers.save('value', signer.signature), '-in', signers.save('token', token!.whole)]
  const trust = [
    '-token_in',
    '-CAfile',
    signers.pki.root.certificatePem,
    '-untrusted',
    signers.pki.issuing.certificatePem,
  ]
  expect(run('openssl', ['ts', '-verify', ...value, ...trust]).output).toContain('Verification: OK')
})

test('a time-stamped signature stays valid after the certificate has expired, one without does not', async () => {
  const later = new Date(Date.now() + 24 * 3_600_000)
  expect(await verify(await signedWithTime(await makeLetter(), 1), later)).toMatchObject({ verdict: 'valid' })
  const plain = await signers.sign(await makeLetter(), 1)
  expect(plain.ok && (await verify(plain.value, later))).toMatchObject({ verdict: 'indeterminate' })
})

test('a time-stamp for another signature is told as invalid and proves no time', async () => {
  const other = await requestTimestamp([service], sha256('ลายมือชื่ออื่น'))
  if (!other.ok) throw new Error(other.refusal.code)
  const signed = await signers.sign(await makeLetter(), 0, {}, other.value)
  if (!signed.ok) throw new Error(signed.refusal.code)
  const { verdict, signatures } = await verify(signed.value)
  expect(verdict).toBe('indeterminate')
  expect(signatures[0]).toMatchObject({
    timestamp: { verdict: 'invalid' },
    reasons: expect.arrayContaining(['timestamp-invalid']),
  })
})

test('nothing is signed when the service does not answer, or answers with something else', async () => {
  const nowhere = await signers.sign(await makeLetter(), 0, {}, 'http://127.0.0.1:9/tsa')
  expect(nowhere).toMatchObject({ ok: false, refusal: { code: 'timestamp-unavailable' } })
  const web = await serve((_, response) => response.end('<html>'))
  expect(await requestTimestamp([{ url: web.url }], sha256('x'))).toMatchObject({
    refusal: { code: 'timestamp-unavailable', detail: { service: web.url } },
  })
  await web.close()
})

describe('when a service fails', () => {
  test('the next one is asked, and a service that was only busy is asked again', async () => {
    const second = await requestTimestamp([{ url: 'http://127.0.0.1:9/tsa' }, service], sha256('หนังสือ'))
    expect(second.ok).toBe(true)
    let asked = 0
    const busy = await serve((request, response) => {
      asked++
      if (asked === 1) response.writeHead(503).end()
      else relay(request, response)
    })
    expect((await requestTimestamp([busy], sha256('หนังสือ'))).ok).toBe(true)
    expect(asked).toBe(2)
    await busy.close()
  })

  test('an answer to another question is not taken, though it stamps the same digest', async () => {
    const kept = await answerOf(sha256('หนังสือ'))
    const replaying = await serve((_, response) => response.end(kept))
    expect(await requestTimestamp([replaying], sha256('หนังสือ'))).toMatchObject({
      refusal: { code: 'timestamp-unavailable' },
    })
    await replaying.close()
  })

  test('a stamp under another policy than the one asked for is not taken', async () => {
    expect((await requestTimestamp([{ ...service, policy: '1.2.3.4.1' }], sha256('x'))).ok).toBe(true)
    expect((await requestTimestamp([{ ...service, policy: '1.2.3.4.9' }], sha256('x'))).ok).toBe(false)
  })

  test('endless answers and redirects are given up', async () => {
    const endless = await serve((_, response) => {
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      }
      response.on('drain', pour)
      pour()
    })
    expect((await requestTimestamp([endless], sha256('x'))).ok).toBe(false)
    await endless.close()
    const elsewhere = await serve((_, response) => {
      response.writeHead(307, { location: service.url }).end()
    })
    expect((await requestTimestamp([elsewhere], sha256('x'))).ok).toBe(false)
    await elsewhere.close()
  })

  test('waiting can be cancelled', async () => {
    const silent = await serve(() => undefined)
    const cancel = new AbortController()
    setTimeout(() => cancel.abort(), 100)
    const begun = Date.now()
    expect(await requestTimestamp([silent], sha256('x'), cancel.signal)).toMatchObject({
      refusal: { code: 'signature-cancelled' },
    })
    expect(Date.now() - begun).toBeLessThan(2_000)
    await silent.close()
  })
})

test('name and password go to the service and into no refusal', async () => {
  const seen: (string | undefined)[] = []
  const closed = await serve((request, response) => {
    seen.push(request.headers.authorization)
    response.writeHead(401).end()
  })
  const credentials = { user: 'nhso', password: 'ลับมาก' }
  const inAddress = closed.url.replace('//', '//nhso:secret@')
  const refused = [
    await requestTimestamp([{ url: closed.url, credentials }], sha256('x')),
    await requestTimestamp([{ url: inAddress }], sha256('x')),
  ]
  expect(seen).toEqual([`Basic ${btoa64('nhso:ลับมาก')}`, `Basic ${btoa64('nhso:secret')}`])
  expect(JSON.stringify(refused)).not.toMatch(/secret|ลับมาก/)
  await closed.close()
})

const btoa64 = (text: string): string => Buffer.from(text).toString('base64')

/** What the service answers to a question of our own making, with a nonce that nobody else asks with. */
async function answerOf(digest: Uint8Array): Promise<Buffer> {
  let kept: Buffer | undefined
  const between = await serve(async (request, response) => {
    const answer = await fetch(service.url, { method: 'POST', body: await buffer(request) })
    kept = Buffer.from(await answer.arrayBuffer())
    response.end(kept)
  })
  await requestTimestamp([between], digest)
  await between.close()
  return kept!
}

const relay: RequestListener = async (request, response) => {
  const answer = await fetch(service.url, { method: 'POST', body: await buffer(request) })
  response.end(Buffer.from(await answer.arrayBuffer()))
}
