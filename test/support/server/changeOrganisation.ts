import { randomUUID } from 'node:crypto'
import { connect } from '../../../src/server/database/connect.ts'
import { commitOffice } from '../../../src/server/office/commitOffice.ts'
import { SERVER_ACTOR } from '../../../src/shared/contract/letter.ts'
import { type Organisation, organisationSchema } from '../../../src/shared/contract/organisation.ts'

/** Founds another organisation in the place of the one that a server has, as its next version. */
export async function changeOrganisation(
  databaseUrl: string,
  change: (organisation: Organisation) => Partial<Organisation>,
): Promise<void> {
  const database = connect(databaseUrl, () => undefined)
  try {
    const row = await database.kysely
      .selectFrom('organisation')
      .select('organisation')
      .executeTakeFirstOrThrow()
    const version = row.organisation.version + 1
    const organisation = organisationSchema.parse({
      ...row.organisation,
      ...change(row.organisation),
      version,
    })
    const command = {
      ...{ id: randomUUID(), clientTime: new Date().toISOString() },
      body: { type: 'found' as const, organisation },
    }
    const parts = { database: database.kysely, clock: () => new Date() }
    await commitOffice(parts, { command, actor: SERVER_ACTOR, device: SERVER_ACTOR })
  } finally {
    await database.end()
  }
}
