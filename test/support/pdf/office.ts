import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { createTestPki, type PersonAsked, type TestPki } from '../pki/authority.ts'
import { createNssDatabase, importSigner } from '../pki/nss.ts'
import { mustRun } from '../pki/run.ts'
import type { JudgesTrust } from './judges.ts'
import { convert } from './tools.ts'

/** People who sign with their keys' files, and judges who trust their root. */
export interface Office extends JudgesTrust {
  readonly pki: TestPki
  readonly trust: readonly Uint8Array[]
  /** Poppler signs as the first person. */
  signByPoppler(bytes: Uint8Array): Promise<Uint8Array>
  /** Removes its folder. */
  close(): void
}

/** Opens an office in a folder of its own. */
export function openOffice(people: readonly PersonAsked[]): Office {
  const folder = mkdtempSync(join(tmpdir(), 'office-'))
  const pki = createTestPki(join(folder, 'pki'), people)
  const nss = createNssDatabase(join(folder, 'nss'), pki.root.certificatePem)
  importSigner(nss, pki.people[0]!, 'first')
  mustRun('certutil', [
    ...['-A', '-d', `sql:${nss}`, '-n', 'issuing', '-t', ',,'],
    ...['-i', pki.issuing.certificatePem],
  ])
  return {
    pki,
    nss,
    rootPem: pki.root.certificatePem,
    trust: [readFileSync(pki.root.certificatePem)],
    signByPoppler: (bytes) =>
      convert(
        bytes,
        'pdfsig',
        ...['IN', 'OUT', '-add-signature', '-nick', 'first', '-nss-pwd', '', '-nssdir', nss],
      ),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The value of an outcome that has to be accepted. */
export function accepted<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok)
    throw new Error(`refused: ${outcome.refusal.code} ${JSON.stringify(outcome.refusal.detail)}`)
  return outcome.value
}
