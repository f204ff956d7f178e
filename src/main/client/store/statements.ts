import type Database from 'better-sqlite3-multiple-ciphers'
import type { Log } from '../log.ts'
import { type StatementName, sql } from './sql.ts'

type Value = string | number | null

/** Runs the store's named statements, each prepared once and timed; a slow one is logged by its name alone. */
export interface Statements {
  get<Row>(name: StatementName, ...values: Value[]): Row | undefined
  all<Row>(name: StatementName, ...values: Value[]): Row[]
  /** Returns how many rows were changed. */
  run(name: StatementName, ...values: Value[]): number
  /** Runs `work` whole or not at all, also across a crash. */
  transaction<Result>(work: () => Result): Result
  /**
   * As `transaction`, without waiting for the disk: a power cut may take it back, but whole, and never one that came
   * after it. For what can be made anew.
   */
  background<Result>(work: () => Result): Result
  /** Rows changed since the store was opened, those in the index's own tables included. */
  changes(): number
}

const SLOW_MS = 50

/** The statements over an open database. */
export function prepareStatements(database: Database, log: Log): Statements {
  const prepared = new Map<StatementName, Database.Statement<Value[]>>()

  const timed = <Result>(name: StatementName, act: (statement: Database.Statement<Value[]>) => Result) => {
    let statement = prepared.get(name)
    if (statement === undefined) {
      statement = database.prepare<Value[]>(sql[name])
      prepared.set(name, statement)
    }
    const started = performance.now()
    const result = act(statement)
    const milliseconds = Math.round(performance.now() - started)
    if (milliseconds > SLOW_MS) log('store.slow', { statement: name, milliseconds })
    return result
  }

  return {
    get: <Row>(name: StatementName, ...values: Value[]) =>
      timed(name, (statement) => statement.get(...values)) as Row | undefined,
    all: <Row>(name: StatementName, ...values: Value[]) =>
      timed(name, (statement) => statement.all(...values)) as Row[],
    run: (name, ...values) => timed(name, (statement) => statement.run(...values)).changes,
    transaction: (work) => database.transaction(work).immediate(),
    background: (work) => {
      database.pragma('synchronous = NORMAL')
      try {
        return database.transaction(work).immediate()
      } finally {
        database.pragma('synchronous = FULL')
      }
    },
    changes: () => (database.prepare<[]>('SELECT total_changes() AS count').get() as { count: number }).count,
  }
}
