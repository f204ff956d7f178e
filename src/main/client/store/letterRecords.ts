import type { LetterEvent } from '../../../shared/contract/letter.ts'
import type { Organisation } from '../../../shared/contract/organisation.ts'
import { evolve } from '../../../shared/domain/evolve.ts'
import { currentRevision, type Letter } from '../../../shared/domain/letter.ts'
import { type Directory, directoryOf } from '../../../shared/domain/organisation.ts'
import { foldView, type LocalActor, type PendingCommand, withoutGap } from './localView.ts'
import { type OutboxRow, pendingOf } from './outboxRows.ts'
import { placementsOf } from './placement.ts'
import { clearIndex, removeFromIndex } from './searchIndex.ts'
import type { Statements } from './statements.ts'

/** Keeps letters as events and as the view folded from them; the view is always rewritten with its events. */
export interface LetterRecords {
  organisation(): Organisation | null
  keepOrganisation(organisation: Organisation): void
  /** Who decides here, once the organisation is known. */
  actor(): LocalActor | undefined
  confirmed(letterId: string): LetterEvent[]
  view(letterId: string): Letter | undefined
  addEvents(events: readonly LetterEvent[]): void
  /**
   * Adds events to a letter about which nothing waits, and moves its view on by them alone; false, with nothing done,
   * where its log has a gap or they do not follow it.
   */
  advance(letterId: string, events: readonly LetterEvent[]): boolean
  /** Folds a letter's view anew from its events and the waiting commands. */
  refold(letterId: string): void
  /** Forgets a letter that is no longer for this person. Commands about it stay in the outbox. */
  retract(letterId: string): void
  /** Forgets every letter; the views of those in the outbox are folded from the waiting commands alone. */
  forgetAll(): void
}

/** The letter records of `personId` in an open store. */
export function letterRecords(statements: Statements, personId: string): LetterRecords {
  let directory: Directory | undefined

  const organisation = () => {
    const row = statements.get<{ json: string }>('organisation.get')
    return row === undefined ? null : (JSON.parse(row.json) as Organisation)
  }
  const actor = () => {
    if (directory === undefined) {
      const kept = organisation()
      if (kept !== null) directory = directoryOf(kept)
    }
    return directory && { personId, directory }
  }
  const confirmed = (letterId: string) =>
    withoutGap(
      statements
        .all<{ json: string }>('event.ofLetter', letterId)
        .map(({ json }) => JSON.parse(json) as LetterEvent),
    )
  const waiting = (letterId: string): PendingCommand[] =>
    statements
      .all<OutboxRow>('outbox.ofLetter', letterId)
      .filter((row) => row.state !== 'refused')
      .map(pendingOf)

  const write = (letter: Letter, confirmedVersion: number) => {
    const sha256 = currentRevision(letter)?.sha256 ?? ''
    statements.run('letter.set', letter.id, confirmedVersion, sha256, JSON.stringify(letter))
    for (const { tray, folder } of placementsOf(letter, personId)) {
      statements.run('placement.add', letter.id, tray, folder, letter.changedAt)
    }
  }

  const refold = (letterId: string) => {
    const deciding = actor()
    const events = confirmed(letterId)
    const letter = deciding && foldView(events, waiting(letterId), deciding)
    statements.run('placement.removeLetter', letterId)
    if (letter === undefined) {
      statements.run('letter.remove', letterId)
      removeFromIndex(statements, letterId)
    } else {
      write(letter, events.length)
      statements.run('search.queue', letterId)
    }
  }

  const addEvents = (events: readonly LetterEvent[]) => {
    for (const event of events) {
      statements.run('event.add', event.letterId, event.version, JSON.stringify(event))
    }
  }

  const advance = (letterId: string, events: readonly LetterEvent[]): boolean => {
    if (actor() === undefined) return false
    const last = statements.get<{ version: number | null }>('event.last', letterId)?.version ?? 0
    const row = statements.get<{ confirmed_version: number; json: string }>('letter.get', letterId)
    if ((row?.confirmed_version ?? 0) !== last) return false
    const added = events.filter(({ version }) => version > last)
    if (added.some(({ version }, index) => version !== last + 1 + index)) return false
    if (added.length === 0) return true
    const before = last === 0 || row === undefined ? undefined : (JSON.parse(row.json) as Letter)
    addEvents(added)
    const letter = added.reduce<Letter | undefined>((folded, event) => evolve(folded, event), before)
    if (letter === undefined) return false
    if (row !== undefined) statements.run('placement.removeLetter', letterId)
    write(letter, letter.version)
    statements.run('search.queue', letterId)
    return true
  }

  return {
    organisation,
    keepOrganisation: (kept) => {
      statements.run('organisation.set', JSON.stringify(kept))
      directory = directoryOf(kept)
    },
    actor,
    confirmed,
    view: (letterId) => {
      const row = statements.get<{ json: string }>('letter.get', letterId)
      return row && (JSON.parse(row.json) as Letter)
    },
    addEvents,
    advance,
    refold,
    retract: (letterId) => {
      statements.run('event.removeLetter', letterId)
      statements.run('readMark.remove', letterId)
      refold(letterId)
    },
    forgetAll: () => {
      for (const name of ['event.removeAll', 'letter.removeAll', 'placement.removeAll'] as const) {
        statements.run(name)
      }
      clearIndex(statements)
      const waitedFor = statements.all<OutboxRow>('outbox.all').map((row) => row.letter_id)
      for (const letterId of new Set(waitedFor)) refold(letterId)
    },
  }
}
