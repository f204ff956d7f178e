import type { Folder } from '../../../shared/contract/ipc.ts'
import { currentRevision, type Letter } from '../../../shared/domain/letter.ts'
import type { LetterRecords } from './letterRecords.ts'
import type { KeptFile, StoreOperations } from './operations.ts'
import { addFile, type OutboxOperations } from './outboxOperations.ts'
import { entryOf, type OutboxRow } from './outboxRows.ts'
import { receiveLogs } from './receiveLogs.ts'
import type { SearchOperations } from './searchOperations.ts'
import { applySnapshot, placeOf } from './snapshot.ts'
import type { Statements } from './statements.ts'

type LetterOperations = Omit<
  StoreOperations,
  'open' | 'close' | keyof OutboxOperations | keyof SearchOperations
>

/** A letter's row as lists read it. */
export interface ListRow {
  readonly json: string
  readonly confirmed_version: number
  readonly read_version: number | null
  readonly waiting: number
}

interface FileRow {
  readonly sha256: string
  readonly bytes: number
  readonly name: string
  readonly page_count: number
  readonly signatures: number
}

/** Letters, lists, the feed's cursor and the record of files. */
export function letterOperations(
  statements: Statements,
  letters: LetterRecords,
  personId: string,
): LetterOperations {
  return {
    organisation: letters.organisation,
    keepOrganisation: (organisation) => {
      letters.keepOrganisation(organisation)
      return null
    },

    cursor: () => Number(statements.get<{ value: string }>('meta.get', 'cursor')?.value ?? 0),
    epoch: () => statements.get<{ value: string }>('meta.get', 'epoch')?.value ?? null,
    beginEpoch: (epoch) => {
      letters.forgetAll()
      statements.run('meta.set', 'cursor', '0')
      statements.run('meta.remove', 'snapshot')
      statements.run('meta.set', 'epoch', epoch)
      return null
    },
    keepEpoch: (epoch) => {
      statements.run('meta.set', 'epoch', epoch)
      return null
    },
    letterCount: () => statements.get<{ count: number }>('letter.count')?.count ?? 0,

    applyPage: ({ entries, next, organisation }) => {
      if (organisation !== null) letters.keepOrganisation(organisation)
      const letterIds = new Set<string>()
      const receiving = receiveLogs(statements, letters)
      for (const entry of entries) {
        if (entry.kind === 'organisation') continue
        letterIds.add(entry.letterId)
        if (entry.kind === 'retract') letters.retract(entry.letterId)
        else receiving.receive(entry.letterId, entry.events)
      }
      for (const letterId of receiving.end()) letterIds.add(letterId)
      statements.run('meta.set', 'cursor', String(next))
      return { letterIds: [...letterIds] }
    },

    snapshotPlace: () => placeOf(statements),
    applySnapshot: (input) => applySnapshot(statements, letters, input),

    counts: () => statements.all<{ tray: string; folder: Folder; count: number }>('placement.counts'),

    letters: ({ tray, folder }) =>
      statements.all<ListRow>('letter.inFolder', tray, folder).map((row) => {
        const letter = JSON.parse(row.json) as Letter
        return { letter, waiting: row.waiting, unread: isUnread(letter, row, personId) }
      }),

    letter: (letterId) => {
      const letter = letters.view(letterId)
      if (letter === undefined) return null
      const rows = statements.all<OutboxRow>('outbox.ofLetter', letterId)
      const revision = currentRevision(letter)
      return {
        letter,
        events: letters.confirmed(letterId),
        outbox: rows.map((row) => entryOf(row, letter.subject)),
        fileHere: revision !== undefined && statements.get('file.get', revision.sha256) !== undefined,
      }
    },

    markRead: (letterId) => {
      const row = statements.get<{ confirmed_version: number }>('letter.get', letterId)
      if (row !== undefined) statements.run('readMark.set', letterId, row.confirmed_version)
      return null
    },

    keepFile: (file) => {
      addFile(statements, file)
      return null
    },
    forgetFile: (sha256) => {
      statements.run('file.remove', sha256)
      return null
    },
    file: (sha256) => {
      const row = statements.get<FileRow>('file.get', sha256)
      return row === undefined ? null : keptFile(row)
    },
    filesWanted: (limit) =>
      statements
        .all<{ current_file: string }>('letter.filesWanted', limit)
        .map(({ current_file }) => current_file),
  }
}

/**
 * A letter is unread when its confirmed log is longer than what this person has opened, unless they wrote it last.
 * Evidence that the server put to its signatures is nothing to read.
 */
export function isUnread(letter: Letter, row: ListRow, personId: string): boolean {
  const own = letter.authorId === personId && letter.legs.length <= 1 && letter.signatures.length === 0
  const isEvidence = letter.augmented?.version === row.confirmed_version
  const toRead = isEvidence ? row.confirmed_version - 1 : row.confirmed_version
  return !own && toRead > (row.read_version ?? 0)
}

const keptFile = ({ page_count, ...row }: FileRow): KeptFile => ({ ...row, pageCount: page_count })
