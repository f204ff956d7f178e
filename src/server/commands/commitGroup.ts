import type { Kysely } from 'kysely'
import type { CommandResult } from '../../shared/contract/sync.ts'
import type { Tables } from '../database/tables.ts'
import type { CurrentOrganisation } from '../organisation/directory.ts'
import { decideGroup } from './decideGroup.ts'
import { lasting } from './lastingFault.ts'
import {
  lockCounters,
  readAnswers,
  readDuplicates,
  readLetters,
  readReservations,
  registersOf,
} from './readGroup.ts'
import type { Submission } from './submission.ts'
import { writeGroup } from './writeGroup.ts'

const ATTEMPTS = 10
/** SQLSTATE of losing a race with another app server: unique_violation, serialization_failure, deadlock_detected. */
const LOST_RACE = new Set(['23505', '40001', '40P01'])

/**
 * Decides and commits a group of commands in one transaction. Another app server may have changed the same letters
 * meanwhile; its commit wins, and the group is decided anew on what it left.
 */
export async function commitGroup(
  database: Kysely<Tables>,
  organisation: CurrentOrganisation,
  clock: () => Date,
  submissions: readonly Submission[],
): Promise<CommandResult[]> {
  const directory = await organisation.directory()
  if (!directory) throw new Error('the server has no organisation')
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction().execute(async (transaction) => {
        const answers = await readAnswers(transaction, submissions)
        const letters = await readLetters(transaction, submissions)
        const locked = await lockCounters(transaction, registersOf(submissions, letters), directory, clock)
        const reservations = await readReservations(transaction, submissions)
        const registered = await readDuplicates(transaction, submissions)
        const state = { answers, letters, directory, reservations, registered, ...locked }
        const decision = lasting(() => decideGroup(submissions, state))
        await writeGroup(transaction, decision, locked.now)
        return decision.results
      })
    } catch (error) {
      if (attempt === ATTEMPTS || !LOST_RACE.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}
