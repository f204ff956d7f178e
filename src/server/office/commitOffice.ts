import type { Kysely, Transaction } from 'kysely'
import type { OfficeResult } from '../../shared/contract/office.ts'
import { chained } from '../../shared/domain/eventChain.ts'
import { decideOffice, streamOf } from '../../shared/domain/office/decideOffice.ts'
import { lasting } from '../commands/lastingFault.ts'
import { bodyHash, passing, refused } from '../commands/submission.ts'
import { inTransaction } from '../database/lostRace.ts'
import type { Tables } from '../database/tables.ts'
import { readOffice } from './readOffice.ts'
import { answeredBefore, lockStream, readEnd } from './readStream.ts'
import type { OfficeSubmission } from './submission.ts'
import { writeOffice } from './writeOffice.ts'

/** What commands to the office are carried out with. */
export interface OfficeParts {
  readonly database: Kysely<Tables>
  readonly clock: () => Date
}

/**
 * Decides a command to the office and commits what it does, in one transaction that has the command's log to itself;
 * the same id gives the first answer again, whichever app server it comes to.
 */
export async function commitOffice(
  { database, clock }: OfficeParts,
  submission: OfficeSubmission,
): Promise<OfficeResult> {
  return inTransaction(database, (transaction) => commitIn(transaction, clock, submission))
}

/** The same within a transaction that goes on. */
export async function commitIn(
  transaction: Transaction<Tables>,
  clock: () => Date,
  submission: OfficeSubmission,
): Promise<OfficeResult> {
  const { command, actor, device } = submission
  const stream = streamOf(command.body)
  await lockStream(transaction, stream)
  const hash = bodyHash(submission)
  const before = await answeredBefore(transaction, command.id)
  if (before) {
    return before.bodyHash === hash ? before.result : refused(command.id, { code: 'command-reused' })
  }
  const end = await readEnd(transaction, stream)
  const office = await readOffice(transaction, clock, submission)
  const decided = office.ok ? lasting(() => decideOffice(command.body, office.value)) : office
  if (!decided.ok) {
    const result = refused(command.id, decided.refusal)
    if (!passing.has(decided.refusal.code)) {
      await writeOffice(transaction, { submission, hash, stream, result, now: clock().toISOString() })
    }
    return result
  }
  const now = office.ok ? office.value.now : clock().toISOString()
  const recording = { stream, commandId: command.id, clientTime: command.clientTime, actor, device }
  const events = chained(
    end,
    decided.value.map((body) => ({ ...recording, serverTime: now, body })),
  )
  const result: OfficeResult = { id: command.id, outcome: 'accepted', events }
  await writeOffice(transaction, { submission, hash, stream, result, now })
  return result
}
