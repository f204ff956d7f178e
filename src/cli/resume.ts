import { readFile } from 'node:fs/promises'
import type { Certificate } from '../signing/certificate.ts'
import { examineSignatures } from '../signing/verify.ts'
import type { Errand } from './outputs.ts'

/**
 * Names of the results that an earlier run has made: each begins with exactly the file as it is now, and its last
 * signature was made with this certificate, is intact, covers all of it and has the level that is wanted.
 */
export async function signedBefore(
  errands: readonly Errand[],
  certificate: Certificate,
  level: 'B-B' | 'B-T',
): Promise<Set<string>> {
  const signed = new Set<string>()
  for (const errand of errands) if (await isSigned(errand, certificate, level)) signed.add(errand.to)
  return signed
}

async function isSigned({ from, to }: Errand, certificate: Certificate, level: string): Promise<boolean> {
  const [before, after] = await Promise.all([from, to].map((file) => readFile(file).catch(() => undefined)))
  if (before === undefined || after === undefined || after.length <= before.length) return false
  if (!before.equals(after.subarray(0, before.length))) return false
  const examined = await examineSignatures(after, { trust: [] })
  const last = examined.ok ? examined.value.at(-1) : undefined
  return (
    last?.certificate?.fingerprint === certificate.fingerprint &&
    last.digestOk &&
    last.signatureOk &&
    last.coverage === 'whole-file' &&
    last.field.byteRange[1] >= before.length &&
    (level === 'B-B' || last.timestamp !== undefined)
  )
}
