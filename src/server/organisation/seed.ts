import type { Kysely } from 'kysely'
import type { Organisation } from '../../shared/contract/organisation.ts'
import { hashPassword } from '../accounts/passwords.ts'
import type { Tables } from '../database/tables.ts'

/** Sets an organisation and an account for each of its people up, where the database has no organisation yet. */
export async function seedOrganisation(
  database: Kysely<Tables>,
  organisation: Organisation,
  password: string,
): Promise<void> {
  if (await database.selectFrom('organisation').select('version').executeTakeFirst()) return
  // One password, one hash: sixty would take seconds, and tell no less.
  const passwordHash = await hashPassword(password)
  const accounts = organisation.people.map(({ id }) => ({ personId: id, passwordHash }))
  await database.transaction().execute(async (transaction) => {
    const seeded = await transaction
      .insertInto('organisation')
      .values({ id: 1, version: organisation.version, organisation: JSON.stringify(organisation) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (seeded) await transaction.insertInto('account').values(accounts).execute()
  })
}
