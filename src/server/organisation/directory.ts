import type { Kysely } from 'kysely'
import { type Directory, directoryOf } from '../../shared/domain/organisation.ts'
import type { Tables } from '../database/tables.ts'

/** The organisation as it stands, read again only when its version has changed. */
export interface CurrentOrganisation {
  /** The directory, or undefined while the server has no organisation. */
  directory(): Promise<Directory | undefined>
}

/** Follows the organisation in `database`. */
export function currentOrganisation(database: Kysely<Tables>): CurrentOrganisation {
  let known: Directory | undefined
  return {
    async directory() {
      const row = await database.selectFrom('organisation').select('version').executeTakeFirst()
      if (!row) return undefined
      if (known?.organisation.version !== row.version) {
        const { organisation } = await database
          .selectFrom('organisation')
          .select('organisation')
          .executeTakeFirstOrThrow()
        known = directoryOf(organisation)
      }
      return known
    },
  }
}
