import type { Command } from '../../../shared/contract/letter.ts'
import type { RevisionEvidence } from '../../../shared/domain/decide.ts'
import type { Refusal } from '../../../shared/outcome.ts'
import type { PendingCommand } from './localView.ts'
import type { OutboxEntry } from './operations.ts'

/** A row of the outbox as it lies in the database. */
export interface OutboxRow {
  readonly id: string
  readonly letter_id: string
  readonly state: OutboxEntry['state']
  readonly since: string
  readonly command: string
  readonly evidence: string | null
  readonly refusal: string | null
}

/** The command of a row with what it is decided by. */
export const pendingOf = (row: OutboxRow): PendingCommand => ({
  command: JSON.parse(row.command) as Command,
  evidence: row.evidence === null ? null : (JSON.parse(row.evidence) as RevisionEvidence),
})

/** A row as an entry; `subject` is its letter's, as far as it is known. */
export function entryOf(row: OutboxRow, subject: string | undefined): OutboxEntry {
  const command = JSON.parse(row.command) as Command
  return {
    command,
    state: row.state,
    since: row.since,
    refusal: row.refusal === null ? null : (JSON.parse(row.refusal) as Refusal),
    subject: subject ?? (command.body.type === 'draft' ? command.body.subject : ''),
  }
}
