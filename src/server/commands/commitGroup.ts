import type { Kysely } from 'kysely'
import type { CommandResult } from '../../shared/contract/sync.ts'
import { inTransaction } from '../database/lostRace.ts'
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
  return inTransaction(database, async (transaction) => {
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
}
