import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sarabanHere } from '../support/cli/saraban.ts'
import { waitingField } from '../support/pdf/oddForms.ts'
import { createTestPki, issueResponder, type TestPki } from '../support/pki/authority.ts'
import { judgeByOpenssl } from '../support/pki/judge.ts'
import { makeLetter } from '../support/pki/letters.ts'
import { type RevocationServices, startRevocationServices } from '../support/pki/revocationServices.ts'
import { mustRun } from '../support/pki/run.ts'
import type { TestService } from '../support/pki/serve.ts'
import { startTimestampService } from '../support/pki/timestampService.ts'
import { createTokens, type TestTokens } from '../support/pki/tokens.ts'

const pin = '482913'
const deadService = 'http://127.0.0.1:9/'
let folder: string
let services: RevocationServices
let tsa: TestService
let pki: TestPki
let tokens: TestTokens
let letter: string
let outputs = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'levels-test-'))
  mkdirSync(join(folder, 'pki'))
  services = await startRevocationServices(join(folder, 'pki'))
  const person = { email: 'somchai@nhso.example', key: 'rsa-2048', name: 'นายสมชาย ใจดี' } as const
  pki = createTestPki(join(folder, 'pki'), [person], services.url)
  issueResponder(pki, 'responder')
  tsa = await startTimestampService(pki)
  const chain = [pki.issuing.certificateDer]
  tokens = createTokens(join(folder, 'softhsm'), [{ ...pki.people[0]!, label: 'token-1', pin, chain }])
  letter = join(folder, 'letter.pdf')
  writeFileSync(letter, await makeLetter())
})

afterAll(async () => {
  await tsa.close()
  await services.close()
  rmSync(folder, { recursive: true, force: true })
})

const newPath = (): string => join(folder, `out-${++outputs}.pdf`)
/** Answers of revocation services are kept here, and not where the tester's own are. */
const environment = () => ({ ...tokens.env, PIN: pin, XDG_CACHE_HOME: join(folder, 'cache') })
const trusted = () => ['--trust', pki.root.certificatePem]

async function run(command: string, file: string, ...more: readonly string[]) {
  const out = newPath()
  return { out, ...(await sarabanHere([command, file, '--out', out, ...more, '--json'], environment())) }
}

const sign = (file: string, ...more: readonly string[]) =>
  run('sign', file, '--module', tokens.module, '--pin-env', 'PIN', ...more)

const look = async (command: 'inspect' | 'verify', file: string, ...more: readonly string[]) =>
  (await sarabanHere([command, file, ...more, '--json'], environment())).json()

const verifyOffline = (file: string, ...more: readonly string[]) =>
  look('verify', file, '--offline', ...trusted(), ...more)

describe('levels', () => {
  test('a letter is signed for years in one step, by the second time-stamp service when the first is away', async () => {
    const services = ['--tsa', deadService, '--tsa', tsa.url]
    const signed = await sign(letter, '--level', 'B-LTA', ...services, ...trusted())
    expect(signed.json()).toMatchObject({ signer: 'นายสมชาย ใจดี', level: 'B-LTA' })
    expect(await verifyOffline(signed.out)).toMatchObject({
      verdict: 'valid',
      signatures: [{ level: 'B-LTA', revocation: 'good' }, { level: 'timestamp' }],
    })
    // The other one is the document time-stamp, which is no signature to openssl.
    expect(judgeByOpenssl(signed.out, pki.root.certificatePem)).toMatchObject({ signatures: 2, valid: 1 })
  })

  test('a signed letter is raised step by step, and left as it is when there is nothing to add', async () => {
    const signed = await sign(letter)
    const raise = (file: string, level: string) =>
      run('extend', file, '--level', level, '--tsa', tsa.url, ...trusted())
    const timed = await raise(signed.out, 'B-T')
    expect((await verifyOffline(timed.out)).signatures).toMatchObject([
      { level: 'B-T' },
      { level: 'timestamp' },
    ])
    const settled = await raise(timed.out, 'B-LT')
    expect(settled.json()).toMatchObject({ file: settled.out, level: 'B-LT', appended: expect.any(Number) })
    expect((await verifyOffline(settled.out)).signatures).toMatchObject([
      { level: 'B-LT' },
      { level: 'timestamp' },
    ])
    const again = await raise(settled.out, 'B-LT')
    expect(again.json()).toMatchObject({ appended: 0 })
    expect(readFileSync(again.out).equals(readFileSync(settled.out))).toBe(true)
  })

  test.each<[string, () => Promise<string>, readonly string[], string]>([
    ['whose signer nobody vouches for', async () => (await sign(letter)).out, [], 'chain-unsettled'],
    ['that nobody signed', async () => letter, ['--trust', 'root'], 'file-unsigned'],
  ])('a letter %s is not raised, and nothing is written', async (_, make, trust, code) => {
    const trusts = trust.length === 0 ? [] : trusted()
    const refused = await run('extend', await make(), '--level', 'B-LT', '--tsa', tsa.url, ...trusts)
    expect(refused.json()).toMatchObject({ code })
    expect(refused.status).toBe(1)
    expect(existsSync(refused.out)).toBe(false)
  })

  test.each([
    ['extend', ['--level', 'B-B', '--tsa', deadService], '--level B-B'],
    ['extend', ['--level', 'B-LT'], '--tsa'],
    ['extend', ['--level', 'B-LT', '--tsa', 'tsa.example'], '--tsa tsa.example'],
    ['sign', ['--level', 'B-LT', '--pin-env', 'PIN'], '--tsa'],
    ['sign', ['--level', 'B-X', '--pin-env', 'PIN'], '--level B-X'],
  ])('%s %j is refused before anything is asked', async (command, flags, problem) => {
    const refused = await run(command, letter, ...flags)
    expect(refused.json()).toMatchObject({ code: 'usage', message: expect.stringContaining(problem) })
  })

  test('validity is judged for another day when asked', async () => {
    const signed = await sign(letter)
    expect(await verifyOffline(signed.out, '--at', '2020-01-01')).toMatchObject({
      verdict: 'indeterminate',
      signatures: [{ chain: 'expired' }],
    })
    for (const wrong of ['2569-01-01', 'พรุ่งนี้', '2026-13-01']) {
      expect(await verifyOffline(signed.out, '--at', wrong)).toMatchObject({ code: 'usage' })
    }
  })

  test('what is to be trusted has to hold certificates', async () => {
    expect(await look('verify', letter, '--trust', letter)).toMatchObject({ code: 'trust-malformed' })
  })
})

describe('how a letter is signed', () => {
  test('with another algorithm, as the author’s certification, with reason and place', async () => {
    const flags = ['--pss', '--digest', 'sha384', '--certify', 'annotate', '--reason', 'อนุมัติ']
    const signed = await sign(letter, ...flags, '--location', 'กรุงเทพมหานคร')
    expect(signed.status).toBe(0)
    expect(await look('inspect', signed.out)).toMatchObject({
      permits: 3,
      signatures: [{ certifies: 3, reason: 'อนุมัติ', signer: 'นายสมชาย ใจดี' }],
    })
    expect(mustRun('pdfsig', ['-nocert', signed.out]).stdout).toMatch(/SHA-384[\s\S]*Signature is Valid/)
    expect(await verifyOffline(signed.out)).toMatchObject({ signatures: [{ signatureOk: true }] })
    const second = await sign(signed.out, '--certify', 'none')
    expect(second.json()).toMatchObject({ code: 'file-signed-already' })
  })

  test('in a field that waits for it', async () => {
    const form = join(folder, 'form.pdf')
    writeFileSync(form, waitingField())
    const signed = await sign(form, '--field', 'Approval')
    expect(await look('inspect', signed.out)).toMatchObject({
      signatures: [{ field: 'Approval', page: 1 }],
      emptySignatureFields: [],
    })
    expect((await sign(form, '--field', 'Nobody')).json()).toMatchObject({ code: 'field-missing' })
  })

  test.each([
    [['--digest', 'md5'], '--digest md5'],
    [['--certify', 'all'], '--certify all'],
    [['--field', 'A', '--page', '1', '--rect', '1,1,9,9'], '--field --rect'],
  ])('%j is refused', async (flags, problem) => {
    const refused = await sign(letter, ...flags)
    expect(refused.json()).toMatchObject({ code: 'usage', message: expect.stringContaining(problem) })
  })
})

describe('what is stamped', () => {
  const stamp = (...more: readonly string[]) => run('stamp', letter, '--page', '1', ...more)

  test('a receive stamp with number, day and time', async () => {
    const flags = ['--agency', 'สำนักงานหลักประกันสุขภาพแห่งชาติ', '--time', '2026-11-23T09:05']
    const stamped = await stamp('--receive', '๑๒๓/๒๕๖๙', ...flags, '--at', '420,760')
    expect(stamped.json()).toEqual({ file: stamped.out, name: 'stamp:1', page: 1 })
    const [mark] = (await look('inspect', stamped.out)).marks as { text: string }[]
    expect(mark?.text).toContain('เลขรับ ๑๒๓/๒๕๖๙')
    expect(mark?.text).toContain('๒๓ พฤศจิกายน ๒๕๖๙')
    expect(mark?.text).toContain('๐๙.๐๕')
  })

  test('an endorsement with name, position and time', async () => {
    const who = ['--signer', 'นางสาวมาลี รักษาสิทธิ์', '--position', 'ผู้อำนวยการ']
    const stamped = await stamp(
      '--endorse',
      'อนุมัติตามเสนอ',
      ...who,
      '--rect',
      '72,300,250,120',
      '--color',
      'pen',
    )
    const [mark] = (await look('inspect', stamped.out)).marks as { text: string }[]
    expect(mark?.text).toContain('อนุมัติตามเสนอ')
  })

  test('a picture', async () => {
    const picture = join(folder, 'seal.png')
    mustRun('convert', ['-size', '40x40', 'xc:red', picture])
    const stamped = await stamp('--image', picture, '--rect', '400,600,60,60')
    expect(stamped.status).toBe(0)
    expect((await stamp('--image', letter, '--rect', '400,600,60,60')).json()).toMatchObject({
      code: 'picture-unreadable',
    })
  })

  test.each([
    [['--text', 'ก', '--image', 'a.png', '--at', '1,1'], '--text --image'],
    [['--at', '1,1'], '--text'],
    [['--text', 'ก', '--at', '1,1', '--color', 'green'], '--color green'],
    [['--text', 'ก', '--at', '1,1', '--size', '0'], '--size 0'],
    [['--receive', '1', '--at', '1,1'], '--agency'],
    [['--endorse', 'ก', '--signer', 'ข', '--at', '1,1'], '--rect'],
  ])('%j is refused', async (flags, problem) => {
    const refused = await stamp(...flags)
    expect(refused.json()).toMatchObject({ code: 'usage', message: expect.stringContaining(problem) })
  })
})
