import type { Kysely } from 'kysely'
import type { Session, SignIn } from '../../shared/contract/sync.ts'
import { type Outcome, refuse } from '../../shared/outcome.ts'
import type { Tables } from '../database/tables.ts'
import { turns } from '../turns.ts'
import { countFailure, forgetFailures, pauseLeft } from './lockOut.ts'
import { passwordMatches } from './passwords.ts'
import { startSession } from './sessions.ts'

/** Signs a person in; refuses sign-in-wrong, sign-in-locked (detail.minutes) and device-revoked. */
export type SignInDesk = (request: SignIn, now: Date) => Promise<Outcome<Session>>

/**
 * Makes the desk at which people sign in. Tries at one user name go one after another, so that many at once have no
 * more tries than one by one.
 */
export function signInDesk(database: Kysely<Tables>): SignInDesk {
  const inTurn = turns()
  return ({ username, password, device }, now) => {
    const name = username.toLowerCase()
    return inTurn(name, async () => {
      const minutes = await pauseLeft(database, name, now)
      if (minutes > 0) return refuse('sign-in-locked', { minutes })
      const account = await database
        .selectFrom('account')
        .selectAll()
        .where('personId', '=', name)
        .executeTakeFirst()
      const matches = await passwordMatches(password, account?.passwordHash)
      if (!account || !matches) {
        const pause = await countFailure(database, name, now)
        return pause > 0 ? refuse('sign-in-locked', { minutes: pause }) : refuse('sign-in-wrong')
      }
      await forgetFailures(database, name)
      return startSession(database, account.personId, device, now)
    })
  }
}
