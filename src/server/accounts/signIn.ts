import type { Kysely } from 'kysely'
import type { Session, SignIn } from '../../shared/contract/sync.ts'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { Tables } from '../database/tables.ts'
import { turns } from '../turns.ts'
import { countFailure, forgetFailures, pauseLeft } from './lockOut.ts'
import { passwordDesk } from './passwordDesk.ts'
import type { passwordMatches } from './passwords.ts'
import { startSession } from './sessions.ts'

/**
 * Signs a person in; refuses sign-in-wrong, sign-in-locked (detail.minutes), device-revoked, and too-many-requests
 * (detail.seconds) while more passwords wait than can be looked at soon. `minutesHeld` says for how long the caller's
 * address may not try; it is asked when the turn comes, since others of the same address may have failed meanwhile.
 */
export type SignInDesk = (request: SignIn, now: Date, minutesHeld: () => number) => Promise<Outcome<Session>>

/** When the passwords that wait will have been looked at. */
const BUSY_SECONDS = 10

/**
 * Makes the desk at which people sign in. Tries at one user name go one after another, so that many at once have no
 * more tries than one by one.
 */
export function signInDesk(database: Kysely<Tables>): SignInDesk {
  const inTurn = turns()
  const desk = passwordDesk()
  return ({ username, password, device }, now, minutesHeld) => {
    const name = username.toLowerCase()
    return inTurn(name, async () => {
      const minutes = await pauseLeft(database, name, now)
      if (minutes > 0) return refuse('sign-in-locked', { minutes })
      const looked = await desk.take(async (matches) => {
        const held = minutesHeld()
        if (held > 0) return refuse('sign-in-locked', { minutes: held })
        return accept(await personIn(database, name, password, matches))
      })
      if (looked === 'busy') return refuse('too-many-requests', { seconds: BUSY_SECONDS })
      if (!looked.ok) return looked
      if (looked.value === undefined) {
        const pause = await countFailure(database, name, now)
        return pause > 0 ? refuse('sign-in-locked', { minutes: pause }) : refuse('sign-in-wrong')
      }
      await forgetFailures(database, name)
      return startSession(database, looked.value, device, now)
    })
  }
}

/** Whose name and password these are; undefined when there is nobody, which takes as long to find out. */
async function personIn(
  database: Kysely<Tables>,
  name: string,
  password: string,
  matches: typeof passwordMatches,
): Promise<string | undefined> {
  const account = await database
    .selectFrom('account')
    .selectAll()
    .where('personId', '=', name)
    .executeTakeFirst()
  return (await matches(password, account?.passwordHash)) ? account?.personId : undefined
}
