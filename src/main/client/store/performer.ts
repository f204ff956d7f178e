import type Database from 'better-sqlite3-multiple-ciphers'
import type { Log } from '../log.ts'
import { letterOperations } from './letterOperations.ts'
import { letterRecords } from './letterRecords.ts'
import type { StoreOperation } from './operations.ts'
import { outboxOperations } from './outboxOperations.ts'
import { type SearchBackground, searchBackground } from './searchBackground.ts'
import { searchOperations } from './searchOperations.ts'
import { prepareStatements } from './statements.ts'

/** The store of one person over an open database. */
export interface Performer {
  /** Performs one of StoreOperations as one transaction. */
  perform(name: StoreOperation, input: unknown): unknown
  readonly background: SearchBackground
}

/** What the server has and gives again: a power cut may take it back, with its cursor. */
const fromServer: ReadonlySet<StoreOperation> = new Set(['applyPage', 'applySnapshot'])

/** Puts the operations together over a database that is open. */
export function performer(database: Database, personId: string, log: Log): Performer {
  const statements = prepareStatements(database, log)
  const letters = letterRecords(statements, personId)
  const background = searchBackground(statements, letters, log)
  const operations = {
    ...outboxOperations(statements, letters),
    ...letterOperations(statements, letters, personId),
    ...searchOperations(statements, letters, personId, background.unindexed),
  } as Record<string, (input: unknown) => unknown>
  return {
    perform: (name, input) => {
      const work = () => operations[name]?.(input)
      return fromServer.has(name) ? statements.background(work) : statements.transaction(work)
    },
    background,
  }
}
