import { mkdirSync } from 'node:fs'
import { mustRun } from './run.ts'

/** Makes an NSS database that trusts the root certificate (PEM path), for pdfsig -nssdir. Returns its folder. */
export function createNssDatabase(directory: string, rootPem: string): string {
  mkdirSync(directory, { recursive: true })
  mustRun('certutil', ['-N', '-d', `sql:${directory}`, '--empty-password'])
  mustRun('certutil', ['-A', '-d', `sql:${directory}`, '-n', 'root', '-t', 'CT,C,C', '-i', rootPem])
  return directory
}
