import type { Kysely } from 'kysely'
import { decideGroup } from '../../../../src/server/commands/decideGroup.ts'
import type { CommandQueue } from '../../../../src/server/commands/queue.ts'
import {
  lockCounters,
  readAnswers,
  readDuplicates,
  readLetters,
  readReservations,
} from '../../../../src/server/commands/readGroup.ts'
import type { Submission } from '../../../../src/server/commands/submission.ts'
import { writeGroup } from '../../../../src/server/commands/writeGroup.ts'
import type { Tables } from '../../../../src/server/database/tables.ts'
import type { Services } from '../../../../src/server/http/services.ts'
import type { CommandResult } from '../../../../src/shared/contract/sync.ts'

/**
 * The usual way to number without gaps, to be measured against: each command in a transaction of its own that locks
 * the register's counter first, then reads, decides and writes just what a group of one does (event, answer,
 * projections, register, counter, feed, notification), and commits. As many run at once as the pool has connections;
 * nothing but the locks orders them.
 */
export function counterFirst({
  database,
  organisation,
  clock,
}: Pick<Services, 'database' | 'organisation' | 'clock'>): CommandQueue {
  const commit = async (submission: Submission): Promise<CommandResult> => {
    const directory = await organisation.directory()
    if (!directory) throw new Error('the server has no organisation')
    const registers = await registersOf(database, submission)
    return database.transaction().execute(async (transaction) => {
      const locked = await lockCounters(transaction, registers, directory, clock)
      const answers = await readAnswers(transaction, [submission])
      const letters = await readLetters(transaction, [submission])
      const reservations = await readReservations(transaction, [submission])
      const registered = await readDuplicates(transaction, [submission])
      const state = { answers, letters, directory, reservations, registered, ...locked }
      const decision = decideGroup([submission], state)
      await writeGroup(transaction, decision, locked.now)
      return decision.results[0] as CommandResult
    })
  }
  return {
    submit: (submissions) => Promise.all(submissions.map(commit)),
    drained: async () => undefined,
    waiting: () => 0,
  }
}

/** The register whose counter a command needs; a letter never changes its register, so no lock is needed to look. */
async function registersOf(database: Kysely<Tables>, { command }: Submission): Promise<string[]> {
  if (command.body.type !== 'bind-number') return []
  const rows = await database
    .selectFrom('letter')
    .select('registerId')
    .where('id', '=', command.letterId)
    .execute()
  return rows.map(({ registerId }) => registerId)
}
