import type { SignatureRequest } from '../../../src/pdf/signature/signatureRevision.ts'
import { stamp } from '../../../src/pdf/stamp.ts'
import { target } from '../attacks/target.ts'
import { memoFile, withObjectStreams } from '../pdf/forms.ts'
import { mutations, random } from '../pdf/mutations.ts'
import { linked, wordLetter } from '../pdf/oddForms.ts'
import { formFile } from '../pdf/rawFile.ts'
import { createTestPki, type TestPki } from '../pki/authority.ts'
import { signWithKey } from '../pki/keys.ts'
import type { Case } from './settled.ts'

const mark = { name: 'number', page: 1, place: { x: 60, y: 60 }, lines: ['๑๒๔๗'], fontSize: 12 }

/** The files that are mutated, and who signed them. */
export interface FuzzSources {
  readonly pki: TestPki
  readonly files: readonly Uint8Array[]
  /** The case that mutation `name` makes of one of the files, the same for the same round. */
  caseOf(name: string, round: number): Case
}

/** Makes unsigned files, files with two signatures, and one with a stamp behind them, of several forms. */
export async function fuzzSources(folder: string): Promise<FuzzSources> {
  const pki = createTestPki(folder, [
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'ec-p256' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'rsa-2048' },
  ])
  const plain = [formFile(), linked(), wordLetter(), target(), await withObjectStreams(await memoFile())]
  const signed = await Promise.all(plain.map((bytes) => signedTwice(pki, bytes)))
  const files = [...plain, ...signed, await stamped(signed[0]!)]
  return {
    pki,
    files,
    caseOf: (name, round) => {
      const mutate = mutations[name]
      if (mutate === undefined) throw new Error(`there is no mutation ${name}`)
      const next = random(round + 1)
      const base = files[round % files.length]!
      const other = files[Math.floor(next() * files.length)]!
      return { bytes: mutate(base, next, other), base, pki }
    },
  }
}

async function signedTwice(pki: TestPki, bytes: Uint8Array): Promise<Uint8Array> {
  const request: Partial<SignatureRequest> = { contentsBytes: 4096 }
  const once = await signWithKey(pki, 0, bytes, { ...request, marks: [mark] })
  const twice = once.ok ? await signWithKey(pki, 1, once.value, request) : once
  if (!twice.ok) throw new Error(twice.refusal.code)
  return twice.value
}

async function stamped(bytes: Uint8Array): Promise<Uint8Array> {
  const outcome = await stamp(bytes, [{ ...mark, name: 'stamp:1', place: { x: 60, y: 300 } }])
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}
