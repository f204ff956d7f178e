import type { Kysely } from 'kysely'
import type { Organisation } from '../../shared/contract/organisation.ts'
import { hashPassword } from '../accounts/passwords.ts'
import type { Tables } from '../database/tables.ts'
import { found } from './found.ts'

/** Sets an organisation and an account for each of its people up, where the database has no organisation yet. */
export async function seedOrganisation(
  database: Kysely<Tables>,
  organisation: Organisation,
  password: string,
  clock: () => Date = () => new Date(),
): Promise<void> {
  if (await database.selectFrom('organisation').select('version').executeTakeFirst()) return
  // One password, one hash: sixty would take seconds, and tell no less.
  const passwordHash = await hashPassword(password)
  const accounts = organisation.people.map(({ id }) => ({ personId: id, passwordHash }))
  await database.transaction().execute(async (transaction) => {
    // Another app server may have been quicker.
    if (!(await found(transaction, clock, organisation))) return
    await transaction.insertInto('account').values(accounts).execute()
  })
}
