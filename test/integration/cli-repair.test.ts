import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { stamp } from '../../src/pdf/stamp.ts'
import { sarabanHere } from '../support/cli/saraban.ts'
import { chromiumLetter } from '../support/pdf/forms.ts'
import { makeLetter } from '../support/pki/letters.ts'
import { mustRun, run } from '../support/pki/run.ts'
import { createSigners } from '../support/pki/signers.ts'

let folder: string
let letter: Buffer
let outputs = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'repair-test-'))
  letter = Buffer.from(await makeLetter('table', 3))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a repair leaves in the system's folder for temporary files: nothing. */
const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('saraban-repair-'))

afterEach(() => expect(leftovers()).toEqual([]))

const save = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

/** The letter, encrypted by qpdf: anyone can open it when `password` is empty. */
function encrypted(password: string, bits: '128' | '256', from: Buffer = letter): string {
  const path = join(folder, `encrypted-${++outputs}.pdf`)
  const modify = bits === '256' ? ['--modify=none'] : ['--use-aes=y', '--modify=none']
  mustRun('qpdf', ['--encrypt', password, 'owner', bits, ...modify, '--', save('plain.pdf', from), path])
  return path
}

const withoutStart = () => {
  const end = letter.lastIndexOf('startxref')
  return save('no-start.pdf', Buffer.concat([letter.subarray(0, end), Buffer.from('startxref\n7\n%%EOF\n')]))
}

/** The bytes up to `share` of the file: what is left of an interrupted transfer. */
const cutAt = (share: number) => save('cut.pdf', letter.subarray(0, Math.floor(letter.length * share)))

const repairedTo = async (file: string, path = process.env.PATH ?? '') => {
  const out = join(folder, `repaired-${++outputs}.pdf`)
  return { out, ...(await sarabanHere(['repair', file, '--out', out, '--json'], { PATH: path })) }
}

const textOf = (file: string): string[] => mustRun('pdftotext', [file, '-']).stdout.match(/page \d/g) ?? []

/** PATH without qpdf, but with what the tests call. */
const withoutQpdf = () => {
  const has = (name: string) => existsSync(join(name, 'qpdf'))
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((name) => !has(name))
    .join(delimiter)
}

describe.each([
  ['qpdf', () => process.env.PATH ?? ''],
  ['pdf-lib', withoutQpdf],
])('a file that cannot be appended to, repaired by %s', (by, path) => {
  test.each([
    ['encrypted with AES-256', () => encrypted('', '256'), true],
    [
      'encrypted with AES-128 and object streams',
      async () => encrypted('', '128', Buffer.from(await makeLetter('stream', 3))),
      true,
    ],
    ['whose startxref leads nowhere', withoutStart, false],
  ])('%s: the copy has all pages and can be stamped', async (_, make, decrypted) => {
    const file = await make()
    expect((await stamp(readFileSync(file), [])).ok).toBe(false)
    const { out, status, json } = await repairedTo(file, path())
    expect(json()).toMatchObject({ file: out, pages: 3, by, decrypted, blankPages: [] })
    expect(status).toBe(0)
    expect(textOf(out)).toEqual(['page 1', 'page 2', 'page 3'])
    expect(run('qpdf', ['--check', out]).status).toBe(0)
    const mark = {
      name: 'number',
      page: 3,
      place: { x: 72, y: 500 },
      lines: ['ที่ สปสช ๔.๓/๑๒๓'],
      fontSize: 16,
    }
    expect((await stamp(readFileSync(out), [mark])).ok).toBe(true)
  })

  test('the end of which was cut off behind its last object', async () => {
    const { out, json } = await repairedTo(cutAt(letter.lastIndexOf('xref\n0') / letter.length), path())
    // qpdf needs a trailer to start from; pdf-lib goes by the objects.
    expect(json()).toMatchObject({ pages: 3, by: 'pdf-lib' })
    expect(textOf(out)).toHaveLength(3)
  })

  test('which needs its password', async () => {
    const { out, status, json } = await repairedTo(encrypted('ความลับ', '256'), path())
    expect(json()).toMatchObject({ code: 'file-needs-password' })
    expect(status).toBe(1)
    expect(existsSync(out)).toBe(false)
  })

  test.each([0.8, 0.4])('cut to %f of its length: a copy that lacks pages is none', async (share) => {
    const { out, json } = await repairedTo(cutAt(share), path())
    expect(json()).toMatchObject({ code: 'repair-failed' })
    expect(existsSync(out)).toBe(false)
  })
})

describe('what is refused', () => {
  test('a signed file, also when it is damaged: its signature would be lost', async () => {
    const signers = createSigners([{ name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'ec-p256' }])
    try {
      const signed = await signers.sign(letter, 0)
      if (!signed.ok) throw new Error(signed.refusal.code)
      for (const bytes of [signed.value, signed.value.subarray(0, -40)]) {
        const { json, out } = await repairedTo(save('signed.pdf', bytes))
        expect(json()).toMatchObject({ code: 'repair-signed' })
        expect(existsSync(out)).toBe(false)
      }
    } finally {
      signers.close()
    }
  })

  test('what is no PDF', async () => {
    const { json } = await repairedTo(save('text.pdf', Buffer.from('บันทึกข้อความ')))
    expect(json()).toMatchObject({ code: 'file-not-pdf' })
  })

  test('the file itself as its result', async () => {
    const file = cutAt(0.99)
    const said = await sarabanHere(['repair', file, '--out', file, '--json'])
    expect(said.json()).toMatchObject({ code: 'output-is-input' })
  })
})

test('a page that comes out blank is named', async () => {
  const text = letter
    .toString('latin1')
    .replace(/\/Contents \[ 8 0 R \]/, (found) => '/Was'.padEnd(found.length))
  const broken = save('blank.pdf', Buffer.from(text.replace('startxref', 'startxxxx'), 'latin1'))
  const { json, out } = await repairedTo(broken)
  expect(json()).toMatchObject({ pages: 3, blankPages: [2] })
  expect((await inspect(readFileSync(out))).ok).toBe(true)
})

test('a letter that Chromium printed keeps every byte, and its text can be searched', async () => {
  const printed = Buffer.from(await chromiumLetter())
  const { out, status, json } = await repairedTo(save('printed.pdf', printed))
  expect(json()).toMatchObject({ file: out, by: 'text', pages: 1 })
  expect(status).toBe(0)
  expect(readFileSync(out).subarray(0, printed.length).equals(printed)).toBe(true)
  const fonts = async (file: string) => {
    const told = (await sarabanHere(['inspect', file, '--json'])).json() as { fonts: { text: string }[] }
    return told.fonts.map(({ text }) => text)
  }
  expect(await fonts(save('printed.pdf', printed))).toContain('private')
  expect(await fonts(out)).not.toContain('private')
})
