import type { Kysely } from 'kysely'
import { type Directory, directoryOf } from '../../shared/domain/organisation.ts'
import type { Tables } from '../database/tables.ts'

/** The organisation as it stands, read again only when its version has changed. */
export interface CurrentOrganisation {
  /**
   * The directory, or undefined while the server has no organisation. `version` is the current one where the caller
   * has just read it.
   */
  directory(version?: number | null): Promise<Directory | undefined>
}

/** Follows the organisation in `database`. */
export function currentOrganisation(database: Kysely<Tables>): CurrentOrganisation {
  let known: Directory | undefined
  const readVersion = async () => {
    const row = await database.selectFrom('organisation').select('version').executeTakeFirst()
    return row?.version ?? null
  }
  return {
    async directory(version) {
      const current = version === undefined ? await readVersion() : version
      if (current === null) return undefined
      if (known?.organisation.version === current) return known
      const { organisation } = await database
        .selectFrom('organisation')
        .select('organisation')
        .executeTakeFirstOrThrow()
      known = directoryOf(organisation)
      return known
    },
  }
}
