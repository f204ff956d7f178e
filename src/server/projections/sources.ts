import { type Insertable, type RawBuilder, sql, type Transaction } from 'kysely'
import type { LetterEvent } from '../../shared/contract/letter.ts'
import type { OfficeEvent } from '../../shared/contract/office.ts'
import type { Register } from '../../shared/contract/organisation.ts'
import { firstBrokenLink } from '../../shared/domain/eventChain.ts'
import { foldLetter } from '../../shared/domain/evolve.ts'
import type { Tables } from '../database/tables.ts'
import { inBatches } from '../keeping/batches.ts'
import type { Report } from '../keeping/findings.ts'
import { letterRows } from './letterRows.ts'
import { officeLogRows } from './officeLogRows.ts'

/** The tables that can be made again from the logs; those that others refer to first. */
export const projectionTables = [
  'letter',
  'letterFile',
  'registerEntry',
  'reservation',
  'registerCounter',
  'disposal',
  'organisation',
] as const

/** The name of a table that can be made again. */
export type ProjectionTable = (typeof projectionTables)[number]

/** Rows of some projections. */
export type ProjectionRows = { readonly [Table in ProjectionTable]?: readonly Insertable<Tables[Table]>[] }

/** How much of the logs was read. */
export interface LogsRead {
  letters: number
  /** Events of letters, and of the office's own logs. */
  events: number
}

const EVENTS_AT_ONCE = 1000

/**
 * Reads every log once and gives the rows that follow from it, a few letters at a time. A log that is broken or
 * cannot be folded is reported; its letter gives no rows in the latter case.
 */
export async function* rowsFromLogs(
  transaction: Transaction<Tables>,
  report: Report,
  read: LogsRead,
): AsyncGenerator<ProjectionRows> {
  yield* rowsFromOfficeLogs(transaction, report, read)
  const query = sql<LoggedEvent<LetterEvent>>`
    select letter_id::text as stream, event from letter_event order by letter_id, version`
  for await (const logs of wholeLogs(transaction, query)) {
    const rows = logs.flatMap(({ stream, log }) => {
      read.letters += 1
      read.events += log.length
      const letter = letterOf(stream, log, report)
      return letter === undefined ? [] : [letterRows(letter)]
    })
    yield {
      letter: rows.flatMap(({ letter }) => letter),
      letterFile: rows.flatMap(({ letterFile }) => letterFile),
      registerEntry: rows.flatMap(({ registerEntry }) => registerEntry),
    }
  }
}

function letterOf(letter: string, log: readonly LetterEvent[], report: Report) {
  const version = firstBrokenLink(log)
  if (version !== undefined) report({ code: 'log-broken-link', detail: { letter, version } })
  try {
    return foldLetter(log)
  } catch {
    report({ code: 'log-unreadable', detail: { letter } })
    return undefined
  }
}

/** Reads the logs of the organisation, then those of its registers and disposals. */
async function* rowsFromOfficeLogs(
  transaction: Transaction<Tables>,
  report: Report,
  read: LogsRead,
): AsyncGenerator<ProjectionRows> {
  const query = sql<LoggedEvent<OfficeEvent>>`
    select stream, event from office_event order by stream <> 'organisation', stream, version`
  let registers: readonly Register[] = []
  for await (const logs of wholeLogs(transaction, query)) {
    for (const { stream, log } of logs) {
      read.events += log.length
      const version = firstBrokenLink(log)
      if (version !== undefined) report({ code: 'office-log-broken-link', detail: { stream, version } })
      try {
        const rows = officeLogRows(stream, log, registers)
        registers = rows.registers ?? registers
        yield rows.projections
      } catch {
        report({ code: 'office-log-unreadable', detail: { stream } })
      }
    }
  }
}

interface LoggedEvent<Event> {
  readonly stream: string
  readonly event: Event
}

interface Log<Event> {
  readonly stream: string
  readonly log: Event[]
}

/** Whole logs, as many as come with about a thousand events; `query` gives each one's events together, in order. */
async function* wholeLogs<Event>(
  transaction: Transaction<Tables>,
  query: RawBuilder<LoggedEvent<Event>>,
): AsyncGenerator<Log<Event>[]> {
  let open: Log<Event> | undefined
  for await (const rows of inBatches(transaction, query, EVENTS_AT_ONCE)) {
    const whole: Log<Event>[] = []
    for (const { stream, event } of rows) {
      if (open?.stream !== stream) {
        if (open) whole.push(open)
        open = { stream, log: [] }
      }
      open.log.push(event)
    }
    yield whole
  }
  if (open) yield [open]
}
