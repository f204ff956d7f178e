import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Tables } from './tables.ts'

/** How every app server names its connections, so that they can be counted. */
export const APPLICATION_NAME = 'saraban-server'

const INT8 = 20
const DATE = 1082

/** An open database with its pool; `end` closes both. */
export interface OpenDatabase {
  readonly kysely: Kysely<Tables>
  readonly connectionString: string
  /** How many connections there are, how many of them idle, and how many queries wait for one. */
  pool(): { readonly total: number; readonly idle: number; readonly waiting: number }
  end(): Promise<void>
}

/** Opens a pool on `connectionString`. Whole numbers come as numbers and days as `YYYY-MM-DD`. */
export function connect(connectionString: string, onIdleError: (error: Error) => void): OpenDatabase {
  const types: pg.CustomTypesConfig = {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
      if (oid === INT8) return Number
      if (oid === DATE) return String
      return format === 'binary' ? pg.types.getTypeParser(oid, format) : pg.types.getTypeParser(oid)
    }) as typeof pg.types.getTypeParser,
  }
  const pool = new pg.Pool({ connectionString, application_name: APPLICATION_NAME, max: 10, types })
  pool.on('error', onIdleError)
  // A connection that breaks between two statements of a transaction tells nobody but its own listeners, and without
  // any the process would end; the next statement fails on it, and its transaction with that.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    // Event bodies are data, not rows: their keys stay as they are.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  const counts = () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount })
  return { kysely, connectionString, pool: counts, end: () => kysely.destroy() }
}
