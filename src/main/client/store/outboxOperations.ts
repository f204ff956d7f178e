import { accept, refuse } from '../../../shared/outcome.ts'
import type { LetterRecords } from './letterRecords.ts'
import { decideLocally, waitsForServer } from './localView.ts'
import type { StoreOperations } from './operations.ts'
import { entryOf, type OutboxRow } from './outboxRows.ts'
import type { Statements } from './statements.ts'

/** What the store does for the outbox. */
export type OutboxOperations = Pick<
  StoreOperations,
  | 'enqueue'
  | 'toSend'
  | 'markSent'
  | 'markUnsent'
  | 'settle'
  | 'withdraw'
  | 'discard'
  | 'outbox'
  | 'outboxSummary'
>

/** The outbox: commands in their order until the server has answered each. */
export function outboxOperations(statements: Statements, letters: LetterRecords): OutboxOperations {
  const entries = (rows: OutboxRow[]) => rows.map((row) => entryOf(row, letters.view(row.letter_id)?.subject))

  return {
    enqueue: ({ command, evidence, file }) => {
      const actor = letters.actor()
      if (actor === undefined) return refuse('store-locked')
      const decided = decideLocally(letters.view(command.letterId), { command, evidence }, actor)
      if (!decided.ok && !waitsForServer(decided)) return decided
      if (file !== null) addFile(statements, file)
      statements.run(
        'outbox.add',
        command.id,
        command.letterId,
        command.clientTime,
        JSON.stringify(command),
        evidence && JSON.stringify(evidence),
      )
      letters.refold(command.letterId)
      return accept(null)
    },

    toSend: (limit) => entries(statements.all<OutboxRow>('outbox.toSend', limit)),

    markSent: (commandIds) => commandIds.filter((id) => statements.run('outbox.markSent', id) > 0),

    markUnsent: (commandIds) => {
      for (const id of commandIds) statements.run('outbox.markUnsent', id)
      return null
    },

    settle: (results) => {
      const letterIds = new Set<string>()
      for (const result of results) {
        const row = statements.get<OutboxRow>('outbox.get', result.id)
        if (row === undefined) continue
        letterIds.add(row.letter_id)
        if (result.outcome === 'accepted') {
          letters.addEvents(result.events)
          statements.run('outbox.remove', result.id)
        } else {
          statements.run('outbox.refuse', JSON.stringify(result.refusal), result.id)
        }
      }
      for (const letterId of letterIds) letters.refold(letterId)
      return { letterIds: [...letterIds] }
    },

    withdraw: (commandId) => {
      const row = statements.get<OutboxRow>('outbox.get', commandId)
      if (row === undefined || statements.run('outbox.removeInState', commandId, 'waiting') === 0)
        return false
      letters.refold(row.letter_id)
      return true
    },

    discard: (commandId) => {
      const row = statements.get<OutboxRow>('outbox.get', commandId)
      if (row === undefined) return { letterIds: [] }
      const removed = statements.run('outbox.removeInState', commandId, 'refused')
      return { letterIds: removed === 0 ? [] : [row.letter_id] }
    },

    outbox: () => entries(statements.all<OutboxRow>('outbox.all')),

    outboxSummary: () =>
      statements.get<ReturnType<StoreOperations['outboxSummary']>>('outbox.summary') ?? {
        waiting: 0,
        refused: 0,
        oldest: null,
      },
  }
}

/** Records that a file's bytes are kept. One that was pulled without a name gets it when it is imported here. */
export const addFile = (statements: Statements, file: Parameters<StoreOperations['keepFile']>[0]) =>
  statements.run('file.add', file.sha256, file.bytes, file.name, file.pageCount, file.signatures)
