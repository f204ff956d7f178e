import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inspect } from '../../src/pdf/inspect.ts'
import { openFileSource } from '../../src/pdf/structure/fileSource.ts'
import { accept, type Outcome, refuse } from '../../src/shared/outcome.ts'
import { extendFile } from '../../src/signing/extendFile.ts'
import { signFile } from '../../src/signing/signFile.ts'
import type { Signing } from '../../src/signing/signPdf.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import { inChild } from '../support/bench/child.ts'
import { letterFile, writeScan } from '../support/bench/files.ts'
import type { SignInChild } from '../support/bench/signInChild.ts'
import { corpus, writtenByHand } from '../support/pdf/corpus.ts'
import { judgeByPdfsig } from '../support/pki/judge.ts'
import { createSigners, type Signers, signersPin } from '../support/pki/signers.ts'

let signers: Signers
let folder: string
let out: string
let letter: string

beforeAll(() => {
  signers = createSigners([{ name: 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์', email: 'prawit@nhso.example', key: 'rsa-2048' }])
  process.env.SOFTHSM2_CONF = signers.tokens.env.SOFTHSM2_CONF
  folder = join(signers.directory, 'files')
  mkdirSync(folder)
  letter = signers.save('letter.pdf', letterFile(100_000, 'ก'))
})
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  out = join(folder, 'signed.pdf')
})
afterAll(() => signers.close())

const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'accepted' : outcome.refusal.code)

const signing = (sign?: Signing['sign']): Signing => ({
  certificate: signers.certificate(0),
  chain: signers.chain,
  sign: sign ?? (async (attributes) => accept(await signers.signAttributes(attributes, 0))),
  request: {
    fieldName: 'Signature',
    signerName: 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์',
    reason: 'ลงนามในหนังสือ',
    signedAt: new Date(),
    marks: [],
  },
})

describe('a scan of 320 MB', () => {
  test('is signed by a process with a small heap, whose memory does not grow with it', async () => {
    const scan = join(folder, 'scan.pdf')
    const length = writeScan(scan, 160, 2_000_000)
    const { peak } = await inChild(
      join(import.meta.dirname, '../support/bench/signInChild.ts'),
      {
        kind: 'sign',
        from: scan,
        to: out,
        warmUp: letter,
        module: signers.tokens.module,
        serial: signers.tokens.tokens[0]!.serial,
        pin: signersPin,
        times: 1,
      } satisfies SignInChild,
      64,
    )
    expect(peak).toBeLessThan(64e6)
    expect(statSync(out).size - length).toBeLessThan(30_000)
    expect(judgeByPdfsig(out, signers.nssDirectory)).toMatchObject({ signatures: 1, valid: 1 })
  })

  test('is verified from the disk as well', async () => {
    writeScan(join(folder, 'scan.pdf'), 160, 2_000_000)
    expect((await signFile(join(folder, 'scan.pdf'), out, signing())).ok).toBe(true)
    const source = openFileSource(out)
    const before = process.memoryUsage().arrayBuffers
    const verification = await verifyFile(source, { trust: [signers.root] })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64e6)
    source.close()
    expect(verification.signatures).toMatchObject([{ verdict: 'valid', coverage: 'whole-file' }])
  })
})

describe('a letter on disk', () => {
  test('is signed into a file that begins with it, and stays itself', async () => {
    const before = readFileSync(letter)
    const signed = await signFile(letter, out, signing())
    const after = readFileSync(out)
    expect(signed).toEqual(accept({ length: after.length, appended: after.length - before.length }))
    expect(Buffer.compare(after.subarray(0, before.length), before)).toBe(0)
    expect(Buffer.compare(readFileSync(letter), before)).toBe(0)
    expect(judgeByPdfsig(out, signers.nssDirectory)).toMatchObject({ signatures: 1, valid: 1 })
    expect(readdirSync(folder)).toEqual(['signed.pdf'])
  })

  test('may be replaced by its signed self, through a link too', async () => {
    const own = join(folder, 'own.pdf')
    writeFileSync(own, readFileSync(letter))
    symlinkSync(own, join(folder, 'link.pdf'))
    expect(codeOf(await signFile(own, join(folder, 'link.pdf'), signing()))).toBe('accepted')
    expect(judgeByPdfsig(own, signers.nssDirectory)).toMatchObject({ signatures: 1, valid: 1 })
    expect(readdirSync(folder).sort()).toEqual(['link.pdf', 'own.pdf'])
  })
})

describe('nothing is left behind', () => {
  const nothing = (outcome: Outcome<unknown>, code: string): void => {
    expect(codeOf(outcome)).toBe(code)
    expect(readdirSync(folder)).toEqual([])
  }

  test('when the token refuses', async () => {
    nothing(
      await signFile(
        letter,
        out,
        signing(async () => refuse('token-removed')),
      ),
      'token-removed',
    )
  })

  test('when the token signs something else', async () => {
    const wrong = signing(async () => accept(new Uint8Array(256)))
    nothing(await signFile(letter, out, wrong), 'signature-invalid')
  })

  test('when it is cancelled, before the token is asked or after', async () => {
    const controller = new AbortController()
    const late = signing(async (attributes) => {
      controller.abort()
      return accept(await signers.signAttributes(attributes, 0))
    })
    nothing(await signFile(letter, out, late, controller.signal), 'signature-cancelled')
    const never = signing(() => Promise.reject(new Error('the token was asked')))
    nothing(await signFile(letter, out, never, controller.signal), 'signature-cancelled')
  })

  test('when the signer throws', async () => {
    const throwing = signing(() => Promise.reject(new Error('a bug')))
    await expect(signFile(letter, out, throwing)).rejects.toThrow('a bug')
    expect(readdirSync(folder)).toEqual([])
  })

  test('when the file is damaged, no file at all, or none that can be read', async () => {
    const cut = signers.save('cut.pdf', readFileSync(letter).subarray(0, 50_000))
    nothing(await signFile(cut, out, signing()), 'file-damaged')
    nothing(await signFile(signers.directory, out, signing()), 'file-unreadable')
    nothing(await signFile(join(signers.directory, 'none.pdf'), out, signing()), 'file-unreadable')
  })

  test('when there is no such folder', async () => {
    nothing(await signFile(letter, join(folder, 'none', 'signed.pdf'), signing()), 'output-folder-missing')
  })

  test('when somebody writes to the copy of a large file', async () => {
    const scan = join(signers.directory, 'five-pages.pdf')
    writeScan(scan, 5, 1_000_000)
    const meddling = signing(async (attributes) => {
      for (const name of readdirSync(folder)) appendFileSync(join(folder, name), '%')
      return accept(await signers.signAttributes(attributes, 0))
    })
    nothing(await signFile(scan, out, meddling), 'file-changing')
  })

  test('when the token refuses a large file', async () => {
    const scan = join(signers.directory, 'five-pages.pdf')
    writeScan(scan, 5, 1_000_000)
    nothing(
      await signFile(
        scan,
        out,
        signing(async () => refuse('token-removed')),
      ),
      'token-removed',
    )
  })
})

test('what a killed process left is removed a day later, and what others are at work on is not', async () => {
  const tray = join(folder, 'tray')
  mkdirSync(tray)
  const left = (digit: string) => `.letter.pdf.${digit.repeat(8)}-0000-4000-8000-000000000000.part`
  for (const name of [left('1'), left('2'), '.notes.part']) writeFileSync(join(tray, name), 'half')
  const twoDaysAgo = new Date(Date.now() - 2 * 24 * 3_600_000)
  for (const name of [left('1'), '.notes.part']) utimesSync(join(tray, name), twoDaysAgo, twoDaysAgo)
  await extendFile(letter, join(tray, 'signed.pdf'), async () => accept(new Uint8Array()))
  expect(readdirSync(tray).sort()).toEqual([left('2'), '.notes.part', 'signed.pdf'])
})

describe('a file on disk and the same in memory are inspected alike', () => {
  const forms = [...Object.keys(writtenByHand), 'a memo of our own', 'object and cross-reference streams']

  test.each(forms)('%s', async (name) => {
    const bytes = await corpus[name]!()
    const source = openFileSource(signers.save('form.pdf', bytes))
    expect(await inspect(source)).toEqual(await inspect(bytes))
    source.close()
  })
})
