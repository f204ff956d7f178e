import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saraban, sarabanHere, startSaraban } from '../support/cli/saraban.ts'
import { atTerminal } from '../support/cli/terminal.ts'
import { judgeByPdfsig } from '../support/pki/judge.ts'
import { makeLetter } from '../support/pki/letters.ts'
import { createSigners, type Signers, signersPin } from '../support/pki/signers.ts'
import { createTokens } from '../support/pki/tokens.ts'
import { behavingToken } from '../support/token/behavingToken.ts'

let signers: Signers
let letter: string
let folders = 0

beforeAll(async () => {
  signers = createSigners([
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'rsa-2048' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'ec-p384' },
  ])
  letter = signers.save('letter.pdf', await makeLetter())
})

afterAll(() => signers.close())

const newFolder = (): string => {
  const folder = join(signers.directory, `folder-${++folders}`)
  mkdirSync(folder)
  return folder
}

/** Letters by these names in a folder of their own. */
function letters(names: readonly string[]): string[] {
  const folder = newFolder()
  return names.map((name) => {
    copyFileSync(letter, join(folder, name))
    return join(folder, name)
  })
}

const numbered = (count: number): string[] =>
  letters(Array.from({ length: count }, (_, index) => `letter-${String(index).padStart(3, '0')}.pdf`))

const environment = () => ({ ...signers.tokens.env, PIN: signersPin })
const withToken = (token = 'token-1') => [
  ...['--module', signers.tokens.module, '--token', token, '--pin-env', 'PIN', '--json'],
]

const signHere = (args: readonly string[], token?: string) =>
  sarabanHere(['sign', ...args, ...withToken(token)], environment())

const verdicts = async (files: readonly string[]) => {
  const verified = await sarabanHere([
    'verify',
    ...files,
    '--trust',
    signers.pki.root.certificatePem,
    '--json',
  ])
  return new Set(verified.lines().map(({ verdict }) => verdict))
}

const pathsIn = (folder: string): string[] => readdirSync(folder).map((name) => join(folder, name))

describe('one entry of the PIN signs many letters', () => {
  test.each(['token-1', 'token-2'])('each into a file of its name, with %s', async (token) => {
    const files = letters(['ขออนุมัติ.pdf', 'b c.pdf', '-d.pdf', 'e\nf.pdf'])
    const to = newFolder()
    const signed = await signHere(['--out-dir', to, ...files], token)
    expect(signed.status).toBe(0)
    const made = signed.lines().map(({ file }) => file)
    expect(made.sort()).toEqual(files.map((file) => join(to, basename(file))).sort())
    expect(await verdicts(pathsIn(to))).toEqual(new Set(['valid']))
    expect(judgeByPdfsig(join(to, 'b c.pdf'), signers.nssDirectory)).toMatchObject({
      signatures: 1,
      valid: 1,
    })
  })

  test('one that cannot be signed does not keep the others from it, and is named', async () => {
    const files = numbered(3)
    writeFileSync(files[1]!, 'บันทึกข้อความ')
    const to = newFolder()
    const signed = await signHere([...files, '--out-dir', to])
    expect(signed.status).toBe(1)
    expect(signed.lines().find(({ code }) => code !== undefined)).toMatchObject({
      code: 'file-not-pdf',
      file: files[1],
      message: expect.any(String),
      next: expect.any(String),
    })
    expect(readdirSync(to)).toEqual(['letter-000.pdf', 'letter-002.pdf'])
  })

  test('a wrong PIN is used once, and every letter is told of', async () => {
    const files = numbered(3)
    const signed = await sarabanHere(['sign', ...files, '--out-dir', newFolder(), ...withToken()], {
      ...environment(),
      PIN: '000000',
    })
    expect(signed.lines().map(({ code, file }) => [code, file])).toEqual(
      files.map((file) => ['pin-wrong', file]),
    )
    expect(signed.status).toBe(1)
    // The right PIN clears the token's count of tries.
    expect((await signHere([files[0]!, '--out-dir', newFolder()])).status).toBe(0)
  })

  test('Ctrl-C ends it with whole files only; running again with --resume signs what is left, and nothing twice', async () => {
    const files = numbered(40)
    const to = newFolder()
    const child = startSaraban(['sign', ...files, '--out-dir', to, ...withToken()], environment())
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      if (printed === '') child.kill('SIGINT')
      printed += chunk.toString()
    })
    const status = await new Promise((tell) => {
      child.on('close', tell)
    })
    expect(status).toBe(130)
    const done = readdirSync(to)
    expect(done.length).toBeGreaterThan(0)
    expect(done.length).toBeLessThan(files.length)
    expect(JSON.parse(printed.trim().split('\n').at(-1)!)).toMatchObject({
      code: 'run-cancelled',
      message: expect.stringContaining(`${done.length} of 40`),
    })
    expect(await verdicts(pathsIn(to))).toEqual(new Set(['valid']))

    const before = new Map(pathsIn(to).map((file) => [file, readFileSync(file)]))
    const resumed = await signHere([...files, '--out-dir', to, '--resume'])
    expect(resumed.status).toBe(0)
    expect(resumed.lines().filter(({ signedBefore }) => signedBefore === true)).toHaveLength(done.length)
    expect(readdirSync(to)).toHaveLength(40)
    for (const [file, bytes] of before) expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  test('--resume leaves alone what is not its own: another file, another token’s signature, a changed letter', async () => {
    const files = numbered(3)
    const to = newFolder()
    await signHere([files[0]!, '--out-dir', to], 'token-2')
    await signHere([files[1]!, '--out-dir', to])
    writeFileSync(files[1]!, await makeLetter('stream'))
    copyFileSync(letter, join(to, basename(files[2]!)))
    const resumed = await signHere([...files, '--out-dir', to, '--resume'])
    expect(resumed.lines().map(({ code }) => code)).toEqual(Array(3).fill('output-exists'))
    expect((await signHere([...files, '--out-dir', to, '--resume', '--force'])).status).toBe(0)
    expect(await verdicts(pathsIn(to))).toEqual(new Set(['valid']))
  })
})

test('Ctrl-C ends a verification as well, with a line for each file that was verified', async () => {
  const child = startSaraban(['verify', ...numbered(150), '--offline', '--json'])
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => {
    if (printed === '') child.kill('SIGINT')
    printed += chunk.toString()
  })
  const status = await new Promise((tell) => {
    child.on('close', tell)
  })
  expect(status).toBe(130)
  const lines = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.at(-1)).toMatchObject({
    code: 'run-cancelled',
    message: expect.stringContaining(`${lines.length - 1} of 150`),
  })
})

test('a reader that wants no more lines, such as head, does not keep the rest from being done', async () => {
  const to = newFolder()
  const child = startSaraban(['sign', ...numbered(10), '--out-dir', to, ...withToken()], environment())
  child.stdout.once('data', () => child.stdout.destroy())
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  const status = await new Promise((tell) => {
    child.on('close', tell)
  })
  expect(complaint).toBe('')
  expect(status).toBe(0)
  expect(readdirSync(to)).toHaveLength(10)
})

describe('at a terminal', () => {
  test('the PIN is asked for and not shown, a bar tells how far the work is', async () => {
    const files = numbered(4)
    const to = newFolder()
    const options = ['--module', signers.tokens.module, '--token', 'token-1', '--out-dir', to]
    const terminal = atTerminal(['sign', ...files, ...options], signers.tokens.env)
    await terminal.shows('PIN token-1: ')
    terminal.type(`9\u007f${signersPin}\r`)
    expect(await terminal.ended()).toBe(0)
    const shown = terminal.shown()
    expect(shown).not.toContain(signersPin)
    expect(shown).toMatch(/ลงนาม ░+ 0\/4 /)
    expect(shown).toMatch(/ลงนาม █+░+ [123]\/4 เหลือ \d+ วินาที/)
    expect(shown).toContain('4 of 4 files signed')
    expect(await verdicts(pathsIn(to))).toEqual(new Set(['valid']))
  })

  test('Ctrl-C at the question for the PIN cancels', async () => {
    const to = newFolder()
    const options = ['--module', signers.tokens.module, '--token', 'token-1', '--out-dir', to]
    const terminal = atTerminal(['sign', letter, ...options], signers.tokens.env)
    await terminal.shows('PIN token-1: ')
    terminal.type('\u0003')
    expect(await terminal.ended()).toBe(130)
    expect(readdirSync(to)).toEqual([])
  })

  test('a name that would steer the terminal is shown harmless', async () => {
    const [file] = letters(['\u001b[2Jlate.pdf'])
    const terminal = atTerminal(['verify', file!])
    await terminal.ended()
    expect(terminal.shown()).toContain('?[2Jlate.pdf: ไม่มีลายมือชื่อ')
  })
})

test('a token is found without its driver being named, and has to be named when there are two', () => {
  const out = join(newFolder(), 'signed.pdf')
  const signWith = (...more: string[]) =>
    saraban(['sign', letter, '--out', out, '--pin-env', 'PIN', ...more, '--json'], environment())
  expect(signWith().json()).toMatchObject({
    code: 'token-ambiguous',
    message: expect.stringMatching(/token-[12], token-[12]/),
  })
  expect(existsSync(out)).toBe(false)
  expect(signWith('--token', 'token-2').json()).toMatchObject({ signer: 'นางสาวมาลี รักษาสิทธิ์' })
})

describe('the PIN', () => {
  test('comes from the first line of standard input', () => {
    const options = ['--module', signers.tokens.module, '--token', 'token-2', '--pin-stdin', '--json']
    const out = join(newFolder(), 'signed.pdf')
    const signed = saraban(['sign', letter, '--out', out, ...options], signers.tokens.env, `${signersPin}\nx`)
    expect(signed.json()).toMatchObject({ signer: 'นางสาวมาลี รักษาสิทธิ์' })
  })

  test('that nobody gives is waited for until somebody interrupts', async () => {
    const options = ['--module', signers.tokens.module, '--token', 'token-1', '--pin-stdin', '--json']
    const out = join(newFolder(), 'signed.pdf')
    const child = startSaraban(['sign', letter, '--out', out, ...options], signers.tokens.env)
    setTimeout(() => child.kill('SIGINT'), 1500)
    const ending = await new Promise((tell) => {
      child.on('close', (status, signal) => tell(status ?? signal))
    })
    // On a busy computer the signal may come before anybody listens.
    expect([130, 'SIGINT']).toContain(ending)
    expect(existsSync(out)).toBe(false)
  })

  test('is typed on a reader that has keys of its own', () => {
    const place = newFolder()
    const [person] = signers.pki.people
    const chain = [signers.pki.issuing.certificateDer]
    const asked = { ...person!, label: 'reader', pin: signersPin, chain }
    const reader = behavingToken(place, createTokens(place, [asked]))
    reader.behave({ pad: signersPin })
    const out = ['--out', join(place, 'signed.pdf'), '--module', reader.module]
    const signed = saraban(['sign', letter, ...out, '--json'], { SARABAN_PKCS11_MODULE: reader.module })
    expect(signed.json()).toMatchObject({ signer: 'นายสมชาย ใจดี' })
    expect(signed.output).toContain('Type the PIN on the reader')
  })

  test('has to come from somewhere', () => {
    const options = ['--module', signers.tokens.module, '--token', 'token-1', '--json']
    const out = ['--out', join(newFolder(), 'signed.pdf')]
    const refused = saraban(['sign', letter, ...out, ...options], signers.tokens.env)
    expect(refused.json()).toMatchObject({ code: 'usage', message: expect.stringContaining('--pin-env') })
  })
})

describe('where results go', () => {
  const stampTo = (files: readonly string[], ...more: string[]) =>
    sarabanHere(['stamp', ...files, '--page', '1', '--at', '72,600', '--text', 'ด่วนที่สุด', ...more, '--json'])

  test('every file of a pattern is stamped into the folder, which is made when it is missing', async () => {
    const [file] = letters(['ก.pdf', 'ข.pdf'])
    const to = join(newFolder(), 'ประทับแล้ว')
    const stamped = await stampTo([join(file!, '..', '*.pdf')], '--out-dir', to)
    expect(stamped.lines().map((line) => line.file)).toEqual([join(to, 'ก.pdf'), join(to, 'ข.pdf')])
  })

  test('a file that bears the name of a pattern is meant itself', async () => {
    const [file] = letters(['[a].pdf', 'a.pdf'])
    const to = newFolder()
    await stampTo([file!], '--out-dir', to)
    expect(readdirSync(to)).toEqual(['[a].pdf'])
  })

  test('a link stays a link, and what it leads to is replaced whole', async () => {
    const folder = newFolder()
    const [target, link] = [join(folder, 'target.pdf'), join(folder, 'link.pdf')]
    writeFileSync(target, 'old')
    symlinkSync(target, link)
    expect((await stampTo([letter], '--out', link)).status).toBe(0)
    expect(readFileSync(target).subarray(0, 5).toString()).toBe('%PDF-')
    expect(readdirSync(folder).sort()).toEqual(['link.pdf', 'target.pdf'])
  })

  test.each<[string, (folder: string) => [string[], string[]], string]>([
    ['the file itself', () => [[letter], ['--out', letter]], 'output-is-input'],
    [
      'a link to the file itself',
      (folder) => {
        symlinkSync(letter, join(folder, 'link.pdf'))
        return [[letter], ['--out', join(folder, 'link.pdf')]]
      },
      'output-is-input',
    ],
    ['a folder that is not there', () => [[letter], ['--out', '/nowhere/a.pdf']], 'output-folder-missing'],
    [
      'a folder for many in one that is not there',
      () => [[letter], ['--out-dir', '/nowhere/signed']],
      'output-folder-missing',
    ],
    ['a folder in place of a file', (folder) => [[letter], ['--out', folder]], 'output-unwritable'],
    ['a device', () => [[letter], ['--out', '/dev/null']], 'output-unwritable'],
    ['a full disk', () => [[letter], ['--out', '/dev/full']], 'output-unwritable'],
    [
      'a file that exists in the folder',
      (folder) => {
        writeFileSync(join(folder, 'letter.pdf'), 'old')
        return [[letter], ['--out-dir', folder]]
      },
      'output-exists',
    ],
    [
      'one name for two files',
      (folder) => [
        [letters(['a.pdf'])[0]!, letters(['A.pdf'])[0]!],
        ['--out-dir', folder],
      ],
      'output-twice',
    ],
    ['one file for many', (folder) => [numbered(2), ['--out', join(folder, 'a.pdf')]], 'usage'],
    ['nowhere', () => [[letter], []], 'usage'],
    [
      'a pattern that nothing matches',
      (folder) => [[join(folder, '*.pdf')], ['--out-dir', folder]],
      'file-unreadable',
    ],
  ])('%s is refused', async (_, make, code) => {
    const [files, options] = make(newFolder())
    const refused = await stampTo(files, ...options)
    expect(refused.lines()).toMatchObject([{ code, next: expect.any(String) }])
    expect(refused.status).toBe(1)
  })

  test('a name with a dash before it is taken for a flag, and the refusal says what to do', async () => {
    const refused = await sarabanHere(['verify', '-letter.pdf', '--json'])
    expect(refused.json()).toMatchObject({ code: 'usage', message: expect.stringContaining('./-FILE') })
    expect((await sarabanHere(['verify', '--json', '--', letter])).status).toBe(1)
  })
})

test('a pipe is not waited for', async () => {
  const refused = await sarabanHere(['verify', '/dev/stdin', '/dev/zero', newFolder(), '--json'])
  expect(new Set(refused.lines().map(({ code }) => code))).toEqual(new Set(['file-unreadable']))
  expect(existsSync(letter)).toBe(true)
})
