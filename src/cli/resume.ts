import { readFile } from 'node:fs/promises'
import type { Certificate } from '../signing/cms/certificate.ts'
import { examineSignatures } from '../signing/verify.ts'
import type { Errand } from './outputs.ts'
import { type SignedLevel, signedLevels } from './signedLevels.ts'

/** What an earlier run was to make. */
interface WantedSignature {
  readonly certificate: Certificate
  readonly level: SignedLevel
  readonly trust: readonly Uint8Array[]
}

/**
 * Names of the results that an earlier run has made: each begins with exactly the file as it is now, and its last
 * signature was made with this certificate, is intact and has the level that is wanted.
 */
export async function signedBefore(
  errands: readonly Errand[],
  wanted: WantedSignature,
): Promise<Set<string>> {
  const signed = new Set<string>()
  for (const errand of errands) if (await isSigned(errand, wanted)) signed.add(errand.to)
  return signed
}

async function isSigned(
  { from, to }: Errand,
  { certificate, level, trust }: WantedSignature,
): Promise<boolean> {
  const [before, after] = await Promise.all([from, to].map((file) => readFile(file).catch(() => undefined)))
  if (before === undefined || after === undefined || after.length <= before.length) return false
  if (!before.equals(after.subarray(0, before.length))) return false
  const levels: readonly string[] = signedLevels
  const examined = await examineSignatures(after, { trust })
  const last = examined.ok ? examined.value.findLast(({ level }) => level !== 'timestamp') : undefined
  return (
    last?.certificate?.fingerprint === certificate.fingerprint &&
    last.verdict !== 'invalid' &&
    last.field.byteRange[1] >= before.length &&
    levels.indexOf(last.level) >= levels.indexOf(level)
  )
}
