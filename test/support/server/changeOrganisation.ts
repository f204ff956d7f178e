import { connect } from '../../../src/server/database/connect.ts'
import type { Organisation } from '../../../src/shared/contract/organisation.ts'

/** Puts another organisation in the place of the one that a server has, as its next version. */
export async function changeOrganisation(
  databaseUrl: string,
  change: (organisation: Organisation) => Partial<Organisation>,
): Promise<Organisation> {
  const database = connect(databaseUrl, () => undefined)
  try {
    const { organisation } = await database.kysely
      .selectFrom('organisation')
      .select('organisation')
      .executeTakeFirstOrThrow()
    const changed = { ...organisation, ...change(organisation), version: organisation.version + 1 }
    await database.kysely
      .updateTable('organisation')
      .set({ version: changed.version, organisation: JSON.stringify(changed) })
      .execute()
    return changed
  } finally {
    await database.end()
  }
}
