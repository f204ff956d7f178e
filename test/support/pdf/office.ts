import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from '../../../src/shared/outcome.ts'
import type { RevocationServices } from '../../../src/signing/revocation/services.ts'
import type { TimestampService } from '../../../src/signing/timestampClient.ts'
import { createTestPki, issueResponder, type PersonAsked, type TestPki } from '../pki/authority.ts'
import { createNssDatabase, importSigner } from '../pki/nss.ts'
import { startRevocationServices } from '../pki/revocationServices.ts'
import { mustRun } from '../pki/run.ts'
import { startTimestampService } from '../pki/timestampService.ts'
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
  return officeIn(folder, createTestPki(join(folder, 'pki'), people))
}

/**
 * An office with a time-stamp service, and services that know the certificates' status. The certificates do not name
 * them, since poppler trusts none that names an OCSP service of this machine.
 */
export interface ServedOffice extends Office {
  readonly timestampServices: readonly TimestampService[]
  readonly services: RevocationServices
  closeServices(): Promise<void>
}

/** Opens an office with OCSP, CRLs and time-stamps; close it after its services. */
export async function openServedOffice(people: readonly PersonAsked[]): Promise<ServedOffice> {
  const folder = mkdtempSync(join(tmpdir(), 'office-'))
  const pki = createTestPki(join(folder, 'pki'), people)
  const revocation = await startRevocationServices(pki.directory)
  issueResponder(pki, 'responder')
  const timestamps = await startTimestampService(pki)
  return {
    ...officeIn(folder, pki),
    timestampServices: [{ url: timestamps.url }],
    services: {
      ocsp: [`${revocation.url}ocsp`],
      crls: [`${revocation.url}root.crl`],
      cacheFolder: join(folder, 'cache'),
    },
    closeServices: async () => {
      await Promise.all([revocation.close(), timestamps.close()])
    },
  }
}

function officeIn(folder: string, pki: TestPki): Office {
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
