import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { saraban as runSaraban, sarabanHere } from '../support/cli/saraban.ts'
import { isSoundForQpdf, judgeByMutool, judgeByOpenssl, judgeByPdfsig } from '../support/pki/judge.ts'
import { makeLetter } from '../support/pki/letters.ts'
import { createSigners, type Signers, signersPin } from '../support/pki/signers.ts'
import { startTimestampService } from '../support/pki/timestampService.ts'

let signers: Signers
let letter: string
let outputs = 0

beforeAll(async () => {
  signers = createSigners([
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'rsa-2048' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'ec-p256' },
    {
      name: 'นายวิชัย หมดอายุ',
      email: 'wichai@nhso.example',
      key: 'ec-p256',
      notAfter: new Date(Date.now() - 60_000),
    },
    { name: 'นางกานดา เข้ารหัส', email: 'kanda@nhso.example', key: 'rsa-2048', usage: 'encipher' },
  ])
  letter = signers.save('letter.pdf', await makeLetter())
})

afterAll(() => signers.close())

const environment = (env: Record<string, string> = {}) => ({ ...signers.tokens.env, PIN: signersPin, ...env })

const saraban = (args: readonly string[], env: Record<string, string> = {}) =>
  runSaraban(args, environment(env))

const inProcess = (args: readonly string[], env: Record<string, string> = {}) =>
  sarabanHere(args, environment(env))

const newPath = (): string => join(signers.directory, `out-${++outputs}.pdf`)

const signArguments = (file: string, out: string, token: string): string[] => [
  ...['sign', file, '--out', out, '--module', signers.tokens.module],
  ...['--token', token, '--pin-env', 'PIN', '--json'],
]

const verifyArguments = (...files: string[]): string[] => [
  ...['verify', ...files, '--trust', signers.pki.root.certificatePem, '--json'],
]

const sign = async (file: string, token: string) => {
  const out = newPath()
  return { out, ...(await inProcess(signArguments(file, out, token))) }
}

const verify = (...files: string[]) => inProcess(verifyArguments(...files))

/** Nothing was written, not even a part. */
function expectNoOutput(out: string): void {
  expect(existsSync(out)).toBe(false)
  expect(readdirSync(signers.directory).filter((name) => name.startsWith('.'))).toEqual([])
}

describe('saraban stamp, sign and verify', () => {
  /** In processes of their own, as people run them. */
  const signAlone = (file: string, token: string, ...more: readonly string[]) => {
    const out = newPath()
    return { out, ...saraban([...signArguments(file, out, token), ...more]) }
  }

  test('number a letter, sign it with an RSA and an EC token, and find it valid', async () => {
    const numbered = newPath()
    const text = 'ที่ สปสช ๔.๑/๑๒๓'
    const stamped = saraban([
      'stamp',
      letter,
      '--out',
      numbered,
      '--page',
      '1',
      '--at',
      '72,760',
      '--text',
      text,
      '--json',
    ])
    expect(stamped.status).toBe(0)
    expect(stamped.json()).toEqual({ file: numbered, name: 'stamp:1', page: 1 })

    const once = signAlone(numbered, 'token-1', '--page', '1', '--rect', '300,100,200,80')
    expect(once.json()).toMatchObject({ file: once.out, signer: 'นายสมชาย ใจดี', level: 'B-B' })
    expect(once.status).toBe(0)
    const twice = signAlone(once.out, 'token-2')
    expect(twice.json()).toMatchObject({ signer: 'นางสาวมาลี รักษาสิทธิ์' })

    const verified = saraban(verifyArguments(twice.out))
    expect(verified.status).toBe(0)
    expect(verified.json()).toMatchObject({
      file: twice.out,
      verdict: 'valid',
      signatures: [
        { signer: 'นายสมชาย ใจดี', coverage: 'whole-revision', laterChanges: 'permitted', verdict: 'valid' },
        { signer: 'นางสาวมาลี รักษาสิทธิ์', coverage: 'whole-file', laterChanges: 'none', verdict: 'valid' },
      ],
    })
    expect(Object.keys((verified.json().signatures as object[])[0]!)).toEqual([
      ...['field', 'signer', 'subFilter', 'level', 'digestOk', 'signatureOk', 'chain', 'revocation'],
      ...['timestamp', 'signedAt', 'coverage', 'laterChanges', 'changes', 'verdict', 'reasons'],
    ])
    expect(judgeByPdfsig(twice.out, signers.nssDirectory)).toMatchObject({ signatures: 2, valid: 2 })
    expect(judgeByMutool(twice.out)).toMatchObject({ signatures: 2, valid: 2 })
    expect(judgeByOpenssl(twice.out, signers.pki.root.certificatePem)).toMatchObject({
      signatures: 2,
      valid: 2,
    })
    expect(isSoundForQpdf(twice.out)).toBe(true)

    const inspection = await inspect(readFileSync(twice.out))
    if (!inspection.ok) throw new Error(inspection.refusal.code)
    expect(inspection.value.marks).toEqual([{ name: 'stamp:1', text, page: 1 }])
    expect(inspection.value.signatures.map(({ page }) => page)).toEqual([1, 0])
  })

  test('with a time-stamp service the signature has level B-T', async () => {
    const service = await startTimestampService(signers.pki)
    const out = newPath()
    const level = ['--level', 'B-T', '--tsa', service.url, '--key', 'token-1']
    const signed = await inProcess([...signArguments(letter, out, 'token-1'), ...level])
    await service.close()
    expect(signed.json()).toMatchObject({ level: 'B-T' })
    expect((await verify(out)).json()).toMatchObject({ verdict: 'valid', signatures: [{ level: 'B-T' }] })
  })

  test('a second stamp keeps the first', async () => {
    const stampOn = async (file: string, at: string) => {
      const out = newPath()
      const mark = ['--page', '2', '--at', at, '--text', 'รับแล้ว']
      return { out, ...(await inProcess(['stamp', file, '--out', out, ...mark, '--json'])) }
    }
    const second = await stampOn((await stampOn(letter, '72,500')).out, '72,450')
    expect(second.json()).toMatchObject({ name: 'stamp:2', page: 2 })
  })
})

describe('saraban verify', () => {
  test.each([
    ['an unsigned letter', () => letter, 'unsigned', 1],
    ['what is no PDF', () => signers.save('text.pdf', Buffer.from('บันทึกข้อความ')), 'unreadable', 2],
    [
      'a letter changed after signing',
      async () => {
        const bytes = readFileSync((await sign(letter, 'token-2')).out)
        bytes[200]! ^= 1
        return signers.save('changed.pdf', bytes)
      },
      'invalid',
      1,
    ],
  ])('%s', async (_, file, verdict, status) => {
    const verified = await verify(await file())
    expect(verified.json()).toMatchObject({ verdict })
    expect(verified.status).toBe(status)
  })

  test('without a root to trust, a signature stays indeterminate', async () => {
    const verified = await inProcess(['verify', (await sign(letter, 'token-1')).out, '--json'])
    expect(verified.json()).toMatchObject({ verdict: 'indeterminate' })
    expect(verified.status).toBe(1)
  })

  test('the worst of several files decides the exit code, each has its line', async () => {
    const verified = await verify((await sign(letter, 'token-1')).out, letter)
    expect(verified.lines().map(({ verdict }) => verdict)).toEqual(['valid', 'unsigned'])
    expect(verified.status).toBe(1)
  })

  test('speaks Thai and English to people', () => {
    const { stdout } = saraban(['verify', letter])
    expect(stdout).toContain('ไม่มีลายมือชื่อ')
    expect(stdout).toContain('unsigned')
  })

  test('tells people why a file cannot be read', async () => {
    const text = signers.save('text.pdf', Buffer.from('บันทึกข้อความ'))
    expect((await inProcess(['verify', text])).stdout).toMatch(
      /อ่านไม่ได้ · unreadable\n {2}.*This file is not a PDF/,
    )
  })

  test('names a file that is not there', async () => {
    const verified = await verify('/nowhere.pdf')
    expect(verified.json()).toMatchObject({ code: 'file-unreadable' })
    expect(verified.status).toBe(2)
  })
})

describe('saraban sign refuses, says why and what to do, and writes nothing', () => {
  test.each([
    ['a wrong PIN', 'token-1', [], { PIN: '999999' }, 'pin-wrong'],
    ['a PIN too short to be one', 'token-1', [], { PIN: '1' }, 'pin-length'],
    ['a token that is not there', 'nobody', [], {}, 'token-absent'],
    ['an expired certificate', 'token-3', [], {}, 'certificate-expired'],
    ['a certificate for another use', 'token-4', [], {}, 'certificate-usage'],
    ['a key that is not on the token', 'token-1', ['--key', 'another'], {}, 'certificate-missing'],
    ['a level that it cannot give', 'token-1', ['--level', 'B-LTA'], {}, 'usage'],
    ['a time without a service for it', 'token-1', ['--level', 'B-T'], {}, 'usage'],
    [
      'a service that does not answer',
      'token-1',
      ['--tsa', 'http://127.0.0.1:9/'],
      {},
      'timestamp-unavailable',
    ],
    ['a place without a page', 'token-1', ['--rect', '1,2,3,4'], {}, 'usage'],
    ['a page that is not there', 'token-1', ['--page', '9', '--rect', '10,10,100,50'], {}, 'page-missing'],
    ['a PIN that was not given', 'token-1', ['--pin-env', 'UNSET_PIN'], {}, 'usage'],
    ['an unknown flag', 'token-1', ['--pin', '1234'], {}, 'usage'],
  ])('%s', async (_, token, more, env, code) => {
    const out = newPath()
    const signed = await inProcess([...signArguments(letter, out, token), ...more], env)
    expect(signed.json()).toEqual({ code, message: expect.any(String), next: expect.any(String) })
    expect(signed.status).toBe(1)
    expectNoOutput(out)
  })

  test('as a process of its own as well', () => {
    const out = newPath()
    const signed = saraban(signArguments(letter, out, 'nobody'))
    expect(signed.json()).toMatchObject({ code: 'token-absent' })
    expect(signed.status).toBe(1)
    expectNoOutput(out)
  })

  test('a driver that is not on the list', async () => {
    const out = newPath()
    const module = signers.save('driver.so', Buffer.from('x'))
    const signed = await inProcess([...signArguments(letter, out, 'token-1'), '--module', module])
    expect(signed.json()).toMatchObject({ code: 'token-module-refused' })
    expectNoOutput(out)
  })

  test('what is no PDF', async () => {
    const out = newPath()
    const text = signers.save('text.pdf', Buffer.from('บันทึกข้อความ'))
    expect((await inProcess(signArguments(text, out, 'token-1'))).json()).toMatchObject({
      code: 'file-not-pdf',
    })
    expectNoOutput(out)
  })

  test('a folder that cannot be written to', async () => {
    const signed = await inProcess(signArguments(letter, '/nowhere/out.pdf', 'token-1'))
    expect(signed.json()).toMatchObject({ code: 'output-folder-missing' })
  })
})

describe('saraban stamp refuses', () => {
  test.each([
    ['a page that is not there', ['--page', '3', '--at', '10,10', '--text', 'ก'], 'page-missing'],
    ['a letter that the font lacks', ['--page', '1', '--at', '10,10', '--text', '漢'], 'glyph-missing'],
    ['a place that is none', ['--page', '1', '--at', '10', '--text', 'ก'], 'usage'],
    ['no text', ['--page', '1', '--at', '10,10'], 'usage'],
  ])('%s', async (_, args, code) => {
    const out = newPath()
    const stamped = await inProcess(['stamp', letter, '--out', out, ...args, '--json'])
    expect(stamped.json()).toMatchObject({ code })
    expect(stamped.status).toBe(1)
    expectNoOutput(out)
  })
})

describe('saraban', () => {
  test('shows its version and its commands', () => {
    expect(saraban(['--version']).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/)
    expect(saraban(['--help']).stdout).toContain('saraban verify')
  })

  test.each(['verify', 'sign', 'stamp', 'extend', 'repair', 'inspect', 'server'])(
    'the help of %s names only flags that it takes',
    async (command) => {
      const { stdout } = await inProcess([command, '--help'])
      const flags = new Set(stdout.match(/--[a-z][a-z-]*/g))
      expect(flags).toContain('--json')
      for (const flag of flags) {
        // A value for those that need one; two files that are not there keep everything else from happening.
        const refused = await inProcess([command, flag, 'missing-1.pdf', 'missing-2.pdf', '--json'])
        expect(refused.stdout).not.toContain('Unknown option')
      }
    },
  )

  test('refuses a command that it does not have', () => {
    const unknown = saraban(['constructor', '--json'])
    expect(unknown.json()).toMatchObject({ code: 'usage' })
    expect(unknown.status).toBe(2)
  })
})
