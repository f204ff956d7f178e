import type { Kysely } from 'kysely'
import type { Session, SignIn } from '../../shared/contract/sync.ts'
import { type Outcome, refuse } from '../../shared/outcome.ts'
import type { Tables } from '../database/tables.ts'
import { forgetFailures, pauseLeft, takeTry } from './lockOut.ts'
import { passwordMatches } from './passwords.ts'
import { startSession } from './sessions.ts'

/** Signs a person in; refuses sign-in-wrong, sign-in-locked (detail.minutes) and device-revoked. */
export async function signIn(
  database: Kysely<Tables>,
  { username, password, device }: SignIn,
  now: Date,
): Promise<Outcome<Session>> {
  const name = username.toLowerCase()
  const minutes = await takeTry(database, name, now)
  if (minutes > 0) return refuse('sign-in-locked', { minutes })
  const account = await database
    .selectFrom('account')
    .selectAll()
    .where('personId', '=', name)
    .executeTakeFirst()
  if (!(await passwordMatches(password, account?.passwordHash)) || !account) {
    const pause = await pauseLeft(database, name, now)
    return pause > 0 ? refuse('sign-in-locked', { minutes: pause }) : refuse('sign-in-wrong')
  }
  await forgetFailures(database, name)
  return startSession(database, account.personId, device, now)
}
