import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SignatureRequest } from '../../../src/pdf/signature/signatureRevision.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import type { WantedAlgorithm } from '../../../src/signing/cms/algorithm.ts'
import { type FileVerification, verifyFile } from '../../../src/signing/verify.ts'
import { createTestPki, type TestPki } from './authority.ts'
import { type Judgement, judgeByMutool, judgeByPdfsig } from './judge.ts'
import { signWithKey } from './keys.ts'
import { createNssDatabase } from './nss.ts'

/** Two people who sign with keys in files: the author of a document (0) and another (1). */
export interface PairOfSigners {
  readonly pki: TestPki
  sign(
    bytes: Uint8Array,
    index: 0 | 1,
    request?: Partial<SignatureRequest>,
    wanted?: WantedAlgorithm,
  ): Promise<Outcome<Uint8Array>>
  /** Signs; throws when it is refused. */
  signed(bytes: Uint8Array, index: 0 | 1, request?: Partial<SignatureRequest>): Promise<Uint8Array>
  verify(bytes: Uint8Array): Promise<FileVerification>
  byPdfsig(bytes: Uint8Array): Judgement
  byMutool(bytes: Uint8Array): Judgement
  close(): void
}

/** Makes their certificates, and a root that judges trust, in a temporary folder. */
export function createPairOfSigners(): PairOfSigners {
  const directory = mkdtempSync(join(tmpdir(), 'pair-'))
  const pki = createTestPki(join(directory, 'pki'), [
    { name: 'นายสมชาย ใจดี', email: 'somchai@nhso.example', key: 'ec-p256' },
    { name: 'นางสาวมาลี รักษาสิทธิ์', email: 'malee@nhso.example', key: 'rsa-2048' },
  ])
  const nss = createNssDatabase(join(directory, 'nss'), pki.root.certificatePem)
  const trust = [readFileSync(pki.root.certificatePem)]
  const save = (bytes: Uint8Array): string => {
    const path = join(directory, 'judged.pdf')
    writeFileSync(path, bytes)
    return path
  }
  return {
    pki,
    sign: (bytes, index, request, wanted) => signWithKey(pki, index, bytes, request, wanted),
    signed: async (bytes, index, request) => {
      const outcome = await signWithKey(pki, index, bytes, request)
      if (!outcome.ok) throw new Error(outcome.refusal.code)
      return outcome.value
    },
    verify: (bytes) => verifyFile(bytes, { trust }),
    byPdfsig: (bytes) => judgeByPdfsig(save(bytes), nss),
    byMutool: (bytes) => judgeByMutool(save(bytes)),
    close: () => rmSync(directory, { recursive: true, force: true }),
  }
}
