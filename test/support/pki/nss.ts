import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Issued } from './authority.ts'
import { mustRun } from './run.ts'

/** Makes an NSS database that trusts the root certificate (PEM path), for pdfsig -nssdir. Returns its folder. */
export function createNssDatabase(directory: string, rootPem: string): string {
  mkdirSync(directory, { recursive: true })
  mustRun('certutil', ['-N', '-d', `sql:${directory}`, '--empty-password'])
  mustRun('certutil', ['-A', '-d', `sql:${directory}`, '-n', 'root', '-t', 'CT,C,C', '-i', rootPem])
  return directory
}

/** Adds a person's certificate and key to an NSS database under a nickname, so that pdfsig can sign with it. */
export function importSigner(nssDirectory: string, person: Issued, nickname: string): void {
  const bundle = join(nssDirectory, `${nickname}.p12`)
  const parts = ['-inkey', person.keyPem, '-in', person.certificatePem, '-name', nickname]
  mustRun('openssl', ['pkcs12', '-export', ...parts, '-out', bundle, '-passout', 'pass:'])
  mustRun('pk12util', ['-i', bundle, '-d', `sql:${nssDirectory}`, '-W', ''])
}
