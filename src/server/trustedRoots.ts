import type { Kysely } from 'kysely'
import { trustedRoots as knownRoots } from '../signing/trust/trustedRoots.ts'
import type { Tables } from './database/tables.ts'

/**
 * The authorities that signers must chain to: those that the program and the administrator know, and what the server
 * was started with, as VerificationSettings take them.
 */
export async function trustedRoots(database: Kysely<Tables>): Promise<Uint8Array[]> {
  const rows = await database.selectFrom('trust').select('pem').execute()
  const known = await knownRoots()
  return [...(known.ok ? known.value : []), ...rows.map(({ pem }) => Buffer.from(pem))]
}
