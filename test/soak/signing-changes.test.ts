import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  isArray,
  isDictionary,
  isReference,
  isStream,
  nameOf,
  type PdfValue,
  referenceTo,
} from '../../src/pdf/structure/values.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import { appended, opened } from '../support/attacks/attacker.ts'
import { target } from '../support/attacks/target.ts'
import { random } from '../support/pdf/mutations.ts'
import { drawPage } from '../support/pdf/tools.ts'
import { createTestPki } from '../support/pki/authority.ts'
import { signWithKey } from '../support/pki/keys.ts'

const rounds = Number(process.env.CHANGE_ROUNDS ?? 1500)
const seed = Number(process.env.CHANGE_SEED ?? 1)
const folder = mkdtempSync(join(tmpdir(), 'changes-'))
let trust: Uint8Array[]
let signed: Uint8Array
let numbers: number[]

beforeAll(async () => {
  const pki = createTestPki(folder, [{ name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'ec-p256' }])
  trust = [readFileSync(pki.root.certificatePem)]
  const outcome = await signWithKey(pki, 0, target(), { contentsBytes: 4096 })
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  signed = outcome.value
  numbers = [...opened(signed).crossReference.places.numbers()].filter((number) => number > 0)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Random = () => number
const pick = <Item>(items: readonly Item[], next: Random): Item =>
  items[Math.floor(next() * items.length)] as Item

/** The value with one thing in it changed, taken out or put in. */
function changed(value: PdfValue, next: Random): PdfValue {
  if (isStream(value)) {
    const dictionary = changed(value.dictionary, next)
    return isDictionary(dictionary) ? { kind: 'stream', dictionary, encoded: value.encoded } : dictionary
  }
  if (isDictionary(value) && value.size > 0 && next() < 0.8) {
    const copy = new Map(value)
    const key = pick([...copy.keys()], next)
    const deed = next()
    if (deed < 0.2) copy.delete(key)
    else if (deed < 0.4) copy.set(pick(keys, next), other(next))
    else copy.set(key, changed(copy.get(key) ?? null, next))
    return copy
  }
  if (isArray(value) && value.length > 0 && next() < 0.7) {
    const at = Math.floor(next() * value.length)
    const rest = value.toSpliced(at, 1)
    return next() < 0.4 ? rest : rest.toSpliced(at, 0, changed(value[at] ?? null, next))
  }
  return typeof value === 'number' && next() < 0.7 ? value + pick([-200, -1, 1, 50, 4096], next) : other(next)
}

const keys = [
  'V',
  'AS',
  'AP',
  'Contents',
  'Annots',
  'Kids',
  'Rotate',
  'DSS',
  'Metadata',
  'F',
  'Resources',
  'M',
]

const other = (next: Random): PdfValue =>
  pick<PdfValue>(
    [
      null,
      true,
      0,
      7,
      nameOf('Off'),
      nameOf('Yes'),
      [],
      new Map(),
      { kind: 'string', bytes: Buffer.from('9') },
    ].concat([referenceTo(pick(numbers, next)), [referenceTo(pick(numbers, next))]] as never[]) as PdfValue[],
    next,
  )

test('no change that verification permits changes what poppler shows', async () => {
  const pages = [1, 2, 3]
  const shown = (bytes: Uint8Array) => Promise.all(pages.map((page) => drawPage(bytes, page, 40)))
  const before = await shown(signed)
  const verdicts = new Map<string, number>()
  for (let round = seed; round < seed + rounds; round++) {
    const next = random(round)
    const bytes = appended(signed, (revision, file) => {
      for (let left = 1 + Math.floor(next() * 2); left > 0; left--) {
        const number = pick(numbers, next)
        const value = file.object(number)
        revision.replace(referenceTo(number), changed(isReference(value) ? null : value, next))
      }
    })
    const { signatures } = await verifyFile(bytes, { trust })
    const verdict = signatures[0]?.verdict ?? 'none'
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
    if (verdict !== 'valid') continue
    const after = await shown(bytes)
    for (const [index, page] of after.entries())
      expect(Buffer.compare(page.pixels, before[index]!.pixels), `round ${round}, page ${index + 1}`).toBe(0)
  }
  expect(verdicts.get('invalid')).toBeGreaterThan(rounds / 3)
})
