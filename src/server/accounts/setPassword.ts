import type { Kysely } from 'kysely'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { Tables } from '../database/tables.ts'
import { forgetFailures } from './lockOut.ts'
import { hashPassword } from './passwords.ts'

/** Eight characters at least (OWASP ASVS 5.0, 6.2.1), and no more than the sign-in takes. */
const LENGTH = { least: 8, most: 256 }

/**
 * Gives a person of the organisation an account, or another password: what was begun with the old one ends, and wrong
 * tries are forgotten. Refuses person-unknown and password-unfit.
 */
export async function setPassword(
  database: Kysely<Tables>,
  personId: string,
  password: string,
  now: Date,
): Promise<Outcome<null>> {
  const row = await database.selectFrom('organisation').select('organisation').executeTakeFirst()
  if (!row?.organisation.people.some(({ id }) => id === personId)) {
    return refuse('person-unknown', { person: personId })
  }
  const { length } = password.trim()
  if (length < LENGTH.least || password.length > LENGTH.most) return refuse('password-unfit', LENGTH)
  const account = { personId, passwordHash: await hashPassword(password) }
  await database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('account')
      .values(account)
      .onConflict((conflict) =>
        conflict.column('personId').doUpdateSet({ passwordHash: account.passwordHash }),
      )
      .execute()
    await transaction
      .updateTable('session')
      .set({ endedAt: now })
      .where('personId', '=', personId)
      .where('endedAt', 'is', null)
      .execute()
    await forgetFailures(transaction, personId)
  })
  return accept(null)
}
