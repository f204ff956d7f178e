import type { Kysely } from 'kysely'
import type { Tables } from './database/tables.ts'

/** The certificates that signers must chain to, as PEM text. */
export async function trustedRoots(database: Kysely<Tables>): Promise<Uint8Array[]> {
  const rows = await database.selectFrom('trust').select('pem').execute()
  return rows.map(({ pem }) => Buffer.from(pem))
}
